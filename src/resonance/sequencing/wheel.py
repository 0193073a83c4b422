"""What going from one key to another is to a DJ, by the Camelot wheel."""

from __future__ import annotations

from typing import TypeAlias

Key: TypeAlias = tuple[int, str]

COMPATIBLE = frozenset({"same", "relative", "up_one", "down_one"})


def relation(a: Key, b: Key) -> str:
    """same, relative, up_one, down_one, diagonal, energy_boost or none. ValueError for what is no key."""
    (from_number, from_mode), (to_number, to_mode) = place(a), place(b)
    steps = (to_number - from_number) % 12
    if from_mode != to_mode:
        return "relative" if steps == 0 else "diagonal" if steps in (1, 11) else "none"
    return {0: "same", 1: "up_one", 11: "down_one", 2: "energy_boost", 7: "energy_boost"}.get(steps, "none")


def place(key: Key) -> tuple[int, str]:
    """Where a key lies on the wheel: number 0..11 (one step is a fifth) and mode."""
    tonic, mode = key
    if not 0 <= tonic < 12 or mode not in ("major", "minor"):
        raise ValueError(f"no key: {key!r}")
    of_major = (tonic + 3) % 12 if mode == "minor" else tonic
    return of_major * 7 % 12, mode
