"""Words for music with one letter wrong, and German words that are made of two of them."""

from __future__ import annotations

from functools import cache, lru_cache

from resonance.search.meaning import feelings, genres

SHORTEST = 6  # a shorter word is too near to others
SHORTEST_PART = 4


@lru_cache(maxsize=4096)
def corrected(word: str) -> str | None:
    """The word for music that a folded word was surely to be; None for a right one and for any other."""
    if len(word) < SHORTEST or not word.isalpha() or word in _by_gap().get(word, ()):
        return None
    near = {known for gap in _gaps(word) for known in _by_gap().get(gap, ()) if _one_off(word, known)}
    return min(near, default=None)


@lru_cache(maxsize=4096)
def apart(word: str) -> tuple[str, str] | None:
    """The two words that a folded one is made of ("sonntagmorgen"); None where it is not."""
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        first, last = word[:at], word[at:]
        if _known(last) and (_known(first) or (first.endswith("s") and _known(first := first[:-1]))):
            return first, last
    return None


def _known(word: str) -> bool:
    return len(word) >= SHORTEST_PART and (
        word in feelings.SENSES or word in genres.GENRES or word in ("musik", "lieder")
    )


@cache
def _by_gap() -> dict[str, tuple[str, ...]]:
    """The words under themselves and under themselves less each letter."""
    words = {
        word for word in (*feelings.SENSES, *genres.GENRES) if word.isalpha() and len(word) >= SHORTEST - 1
    }
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        for gap in _gaps(word):
            found.setdefault(gap, []).append(word)
    return {gap: tuple(words) for gap, words in found.items()}


def _gaps(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _one_off(word: str, known: str) -> bool:
    """Whether one letter is exchanged, missing, too many, or two stand in each other's place.

    The first is right, and the last, too: another ending is another word ("recorded", "recorder").
    """
    if word[0] != known[0] or abs(len(word) - len(known)) > 1:
        return False
    same = next(
        (at for at, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known))
    )
    a, b = word[same:], known[same:]
    if len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]:
        return True
    return word[-1] == known[-1] and (a[1:] == b[1:] or a[1:] == b or a == b[1:])
