"""Listeners of a run: masking of logs, masked pictures of failures. ``run_bot`` has them on."""
