"""Repeats every published figure on this machine: ``munibots bench NAME``."""
