"""What smart playlists need from rooms above this one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller


class Likeness(Protocol):
    """Knows what sounds like what."""

    def like_item(
        self, uow: UnitOfWork, caller: Caller, kind: str, item_id: str, at_least: float
    ) -> Mapping[str, float]:
        """Tracks the caller may hear that sound like a track, an album or an artist, with the degree 0..1.

        Of two sounds 1 is the same, a half unrelated; only those of `at_least` and more. Empty for what is
        gone, out of sight, or has not been listened to yet.
        """

    def like_words(self, uow: UnitOfWork, caller: Caller, text: str, at_least: float) -> Mapping[str, float]:
        """Tracks that fit words ("rainy night"), as in `like_item`. May wait for a model."""
