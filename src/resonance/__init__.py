"""Resonance: a self-hosted music platform."""

__version__ = "0.1.0"
