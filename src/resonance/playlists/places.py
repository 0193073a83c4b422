"""Where entries of an imported list belong in the playlist made of it, however that was edited since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from resonance.playlists.exchange.report import Line


def standing(lines: Iterable[Line], places: Sequence[tuple[str, str]]) -> dict[int, str]:
    """The entry of the playlist that each line has, by the line's number; lines that have none are left out.

    `places` are (entry id, track id) in order. Of a track that stands several times, the first line has the
    first entry.
    """
    listed = list(lines)
    entries = {entry_id for entry_id, _ in places}
    found = {line.number: line.entry_id for line in listed if line.entry_id in entries and line.entry_id}
    taken = set(found.values())
    free: dict[str, list[str]] = defaultdict(list)
    for entry_id, track_id in reversed(places):
        if entry_id not in taken:
            free[track_id].append(entry_id)
    for line in listed:
        if line.number not in found and line.track_id is not None and free[line.track_id]:
            found[line.number] = free[line.track_id].pop()
    return found


def laid(
    order: Sequence[str], stands: Mapping[int, str], changes: Mapping[int, str | None], numbers: Sequence[int]
) -> list[str]:
    """The entries of the playlist after `changes`: the new entry of a line, or None to take it out.

    A new entry stands where the line's old one did, else after the nearest line before it that stands, else
    before the nearest after it, else at the end. `numbers` are those of all lines in order.
    """
    instead = {stands[number]: new for number, new in changes.items() if number in stands}
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = defaultdict(list)
    last: str | None = None
    waiting: list[str] = []
    for number in numbers:
        entry, new = stands.get(number), changes.get(number)
        if entry is not None:
            last = entry
            if waiting:
                before[entry], waiting = waiting, []
        elif new is not None:
            (waiting if last is None else after[last]).append(new)
    made: list[str] = []
    for entry in order:
        kept = instead.get(entry, entry)
        made += before.get(entry, [])
        made += [] if kept is None else [kept]
        made += after.get(entry, [])
    return [*made, *waiting]
