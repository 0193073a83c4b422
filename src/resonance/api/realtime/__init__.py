"""Pushes to browsers: /ws."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from resonance.api.realtime.socket import router

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["install", "router"]


def install(app: FastAPI) -> None:
    """Make room for counting each user's sockets."""
    app.state.open_sockets = Counter()
