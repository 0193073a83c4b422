"""Frozen facts that rooms hand to each other."""
