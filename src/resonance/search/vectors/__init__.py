"""Tracks as vectors: what is near what, among the tracks that a caller may hear."""
