"""Plays: what counts as one, the totals they add to, the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from resonance.core.clock import iso, now_ms
from resonance.core.errors import Invalid
from resonance.core.ids import hashed_id, is_id
from resonance.core.inputs import one_line
from resonance.core.paging import Page
from resonance.db import changes
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue import tracks_by_ids
from resonance.library.catalogue.pages import page
from resonance.listens import store
from resonance.model.caller import Caller
from resonance.model.catalogue import TrackItem

MOST_AT_ONCE = 500
ENOUGH_S = 240.0
EARLIEST_MS = 946_684_800_000  # 2000-01-01
AHEAD_MS = 5 * 60_000  # how far a client's clock may run ahead


@dataclass(frozen=True, slots=True)
class NewPlay:
    """A play as a client reports it.

    `id` is the client's own name for it, so that sending it again counts once. `played_s` None means that the
    client has judged for itself that it counts.
    """

    track_id: str
    started_at: int
    played_s: float | None = None
    id: str | None = None
    client: str = ""


class Recorded(Struct, frozen=True):
    """`accepted` plays count (`new` of them were not known yet); the others were too short or unknown."""

    accepted: int
    new: int


class PlayItem(Struct, frozen=True):
    """One line of the history."""

    id: str
    track: TrackItem
    started_at: str
    played_s: float | None
    client: str


def record(uow: UnitOfWork, caller: Caller, plays: Sequence[NewPlay]) -> Recorded:
    """Keep the plays that count, and their totals.

    A play counts after half the track or four minutes. Invalid for a time before 2000 or in the future.
    """
    caller.must_write()
    if len(plays) > MOST_AT_ONCE:
        raise Invalid(f"Up to {MOST_AT_ONCE} plays can be sent at once.", field="items")
    latest = now_ms() + AHEAD_MS
    if any(not EARLIEST_MS <= one.started_at <= latest for one in plays):
        raise Invalid("A play starts neither before 2000 nor in the future.", field="started_at")
    durations = store.durations(uow, caller, (one.track_id for one in plays if is_id(one.track_id)))
    rows = {
        _key(caller, one): {
            "id": _key(caller, one),
            "user_id": caller.user_id,
            "track_id": one.track_id,
            "started_at": one.started_at,
            "played_s": one.played_s,
            "client": one_line(one.client or caller.client, field="client", longest=100, blank=True),
        }
        for one in plays
        if one.track_id in durations and counts(one.played_s, durations[one.track_id])
    }
    new = store.add_plays(uow, list(rows.values()))
    for row in new:
        store.count_play(uow, caller.user_id, row["track_id"], row["started_at"])
    if new:
        store.touched(uow, caller.user_id)
        changes.note(uow, "plays", [row["track_id"] for row in new], caller.user_id)
    return Recorded(len(rows), len(new))


def counts(played_s: float | None, duration_s: float) -> bool:
    """Whether that much of a track is a play. Where its length is unknown the client is believed."""
    if played_s is None:
        return True
    return played_s > 0 if duration_s <= 0 else played_s >= min(duration_s / 2, ENOUGH_S)


def history(
    uow: UnitOfWork, caller: Caller, *, cursor: str | None = None, limit: int = 100
) -> Page[PlayItem]:
    """The caller's plays, newest first; those of tracks out of sight are left out."""
    rows, following = page(
        uow,
        store.plays(caller.user_id),
        store.NEWEST_PLAYS,
        name="plays",
        descending=True,
        cursor=cursor,
        limit=limit,
    )
    tracks = {item.id: item for item in tracks_by_ids(uow, caller, list({row.track_id for row in rows}))}
    items = [
        PlayItem(row.id, tracks[row.track_id], iso(row.started_at), row.played_s, row.client)
        for row in rows
        if row.track_id in tracks
    ]
    return Page(items, following)


def _key(caller: Caller, one: NewPlay) -> str:
    """The row's id. It holds the user, so that nobody can occupy the ids of another person's plays."""
    if one.id is not None:
        return hashed_id("play", caller.user_id, one.id)
    return hashed_id("play at", caller.user_id, one.track_id, str(one.started_at))
