"""Why two things are near each other, in a few true words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from resonance.model import camelot
from resonance.model.similar import SharedTrait
from resonance.recommend.store import Facts

MOST = 4
SAME_TEMPO = 0.012  # shares of the tempo
NEAR_TEMPO = 0.05
ALIKE = 0.6  # cosine of standardised timbre: chance pairs reach it in one of a thousand cases
NEAR_ENERGY = 0.06


def between(one: Facts, other: Facts, likeness: float | None) -> list[SharedTrait]:
    """What two tracks share, the strongest first; `likeness` is the cosine of their sound."""
    found: list[SharedTrait] = []
    if likeness is not None and likeness >= ALIKE:
        found.append(SharedTrait("sound", "sounds much alike" if likeness >= 0.8 else "sounds alike"))
    for text, kind in (
        (_artist(one, other), "artist"),
        (_tempo(one.bpm, other.bpm), "tempo"),
        (_key(one.key, other.key), "key"),
        (_genre(one, other), "genre"),
        (_year(one.year, other.year), "year"),
        (_energy(one.energy, other.energy), "energy"),
    ):
        if text:
            found.append(SharedTrait(kind, text))
    return found[:MOST]


def _artist(one: Facts, other: Facts) -> str | None:
    shared = dict(one.artists).keys() & dict(other.artists).keys()
    return next((f"also by {name}" for id_, name in other.artists if id_ in shared), None)


def _tempo(one: float | None, other: float | None) -> str | None:
    if not one or not other:
        return None
    low, high = sorted((one, other))
    if high / low - 1 <= SAME_TEMPO:
        return f"same tempo: {other:.0f} BPM"
    if high / low - 1 <= NEAR_TEMPO:
        return f"near in tempo: {one:.0f} and {other:.0f} BPM"
    if abs(high / low / 2 - 1) <= SAME_TEMPO:
        return f"{'double' if other > one else 'half'} the tempo: {one:.0f} and {other:.0f} BPM"
    return None


def _key(one: tuple[int, str] | None, other: tuple[int, str] | None) -> str | None:
    if one is None or other is None:
        return None
    if one == other:
        return f"same key: {camelot.camelot(one)}"
    if other in camelot.compatible_with(one):
        return f"compatible key: {camelot.camelot(one)}-{camelot.camelot(other)}"
    return None


def _genre(one: Facts, other: Facts) -> str | None:
    shared = {id_ for id_, _ in one.genres} & {id_ for id_, _ in other.genres}
    return next((f"both {name}" for id_, name in one.genres if id_ in shared), None)


def _year(one: int | None, other: int | None) -> str | None:
    if one is None or other is None:
        return None
    if one == other:
        return f"both from {one}"
    return f"both from the {one // 10 * 10}s" if one // 10 == other // 10 else None


def _energy(one: float | None, other: float | None) -> str | None:
    return (
        "similar energy"
        if one is not None and other is not None and abs(one - other) <= NEAR_ENERGY
        else None
    )


def between_many(ours: Sequence[Facts], theirs: Sequence[Facts], likeness: float | None) -> list[SharedTrait]:
    """What two albums or artists share; a genre or decade must be that of a third of the tracks of each."""
    found: list[SharedTrait] = []
    if likeness is not None and likeness >= ALIKE:
        found.append(SharedTrait("sound", "sounds much alike" if likeness >= 0.8 else "sounds alike"))
    artists = _shared([one.artists for one in ours], [one.artists for one in theirs])
    found += [SharedTrait("artist", f"also by {name}") for name in artists[:1]]
    genres = _shared([one.genres for one in ours], [one.genres for one in theirs])
    found += [SharedTrait("genre", f"both {name}") for name in genres[:2]]
    tempo = _tempo(_middle([one.bpm for one in ours]), _middle([one.bpm for one in theirs]))
    if tempo:
        found.append(SharedTrait("tempo", tempo.replace("tempo", "typical tempo", 1)))
    decades = _shared(
        *([(_decade(one.year),) if one.year else () for one in side] for side in (ours, theirs))
    )
    found += [SharedTrait("year", f"both from the {decade}") for decade in decades[:1]]
    return found[:MOST]


def _decade(year: int) -> tuple[str, str]:
    return (f"{year // 10}", f"{year // 10 * 10}s")


def _shared(
    ours: Sequence[Sequence[tuple[str, str]]], theirs: Sequence[Sequence[tuple[str, str]]]
) -> list[str]:
    """Names that at least a third of each side have, the commonest of ours first."""
    often = Counter(pair for row in ours for pair in set(row))
    other = Counter(pair for row in theirs for pair in set(row))
    return [
        pair[1]
        for pair, count in sorted(often.items(), key=lambda item: (-item[1], item[0]))
        if count * 3 >= len(ours) and other[pair] * 3 >= len(theirs)
    ]


def _middle(values: Sequence[float | None]) -> float | None:
    known = sorted(value for value in values if value)
    return known[len(known) // 2] if len(known) * 2 > len(values) else None
