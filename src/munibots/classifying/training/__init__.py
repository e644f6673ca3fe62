"""Fitting classifiers, for the shipped recipes and for a city's own machine. Needs the extra ``train``."""
