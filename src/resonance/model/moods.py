"""The moods a track may have, and who may say so."""

from __future__ import annotations

MOODS = ("happy", "sad", "aggressive", "relaxed", "party", "acoustic")
# The most believed one first; a person's own word counts for that person only.
SOURCES = ("user", "tags", "audio_model", "language_model")
