"""What words say of music, for this room: search/meaning's reading, with the denials of whole requests."""

from __future__ import annotations

import re
from functools import lru_cache

from resonance.search.meaning.question import Question, understand

# "nothing aggressive" denies as "no" does; a question for tracks never says so.
_DENIALS = re.compile(r"(?<!\w)(?:nothing|avoid|skip|nichts|keinerlei|nix)(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=2048)
def understood(text: str) -> Question:
    """The question in these words."""
    return understand(_DENIALS.sub("no", text))
