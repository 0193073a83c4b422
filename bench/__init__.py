"""Measurements against peers and floors: `python -m bench`."""
