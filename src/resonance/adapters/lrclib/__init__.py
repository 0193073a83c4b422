"""LRCLIB, a public library of synced lyrics: https://lrclib.net, or one of one's own."""

from __future__ import annotations

from resonance.adapters.lrclib.client import Lrclib

__all__ = ["Lrclib"]
