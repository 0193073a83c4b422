"""Moods of tracks, 0..1, each with who says so: tags, people, or a model. Nobody says, nothing is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import and_, delete, exists, or_, select

from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.db import changes, versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import mood, mood_reading
from resonance.db.tables.library import track
from resonance.db.upsert import upsert
from resonance.library.catalogue.access import chunks, must_see
from resonance.model.caller import Caller
from resonance.model.moods import MOODS, SOURCES
from resonance.search.meaning.builtin import directions_of

VERSION_ROW = "features"  # moods are shown and listed beside what was measured
CLEARLY = 0.5  # a word that says less of a mood does not set it


class MoodItem(Struct, frozen=True):
    """How much of a mood there is (0..1) and who says so: tags, user, language_model, audio_model.

    Of people's moods everyone sees their own: `mine`.
    """

    mood: str
    value: float
    source: str
    model: str | None
    mine: bool


def of_track(uow: UnitOfWork, caller: Caller, track_id: str) -> list[MoodItem]:
    """Everything said of a track the caller may see, own word first. NotFound otherwise."""
    must_see(uow, caller, "track", [track_id])
    seen = or_(mood.c.source != "user", mood.c.user_id == caller.user_id)
    rows = uow.execute(select(mood).where(mood.c.track_id == track_id, seen))
    items = [MoodItem(r.mood, r.value, r.source, r.model, mine=r.source == "user") for r in rows]
    return sorted(items, key=_order)


def set_own(
    uow: UnitOfWork, caller: Caller, track_id: str, values: Mapping[str, float | None]
) -> list[MoodItem]:
    """Say what the caller hears; None takes a word back, what is not named stays. Everything said after it.

    Forbidden for guests, NotFound for a track the caller may not see, Invalid beyond 0..1.
    """
    caller.must_write()
    must_see(uow, caller, "track", [track_id])
    for name, value in values.items():
        if name not in MOODS:
            raise Invalid(f"The moods are {', '.join(MOODS)}.", field=name[:40])
        if value is not None and not 0 <= value <= 1:
            raise Invalid("A mood is between 0 and 1.", field=name)
    own = and_(mood.c.track_id == track_id, mood.c.source == "user", mood.c.user_id == caller.user_id)
    uow.execute(delete(mood).where(own, mood.c.mood.in_(list(values))))
    said = {name: value for name, value in values.items() if value is not None}
    _write(uow, [(track_id, name, value) for name, value in said.items()], "user", user_id=caller.user_id)
    changes.note(uow, "moods", [track_id], caller.user_id)
    versions.bump(uow, VERSION_ROW)
    return of_track(uow, caller, track_id)


def from_tags(words: Iterable[str]) -> dict[str, float]:
    """What explicit mood words say. Genres and comments say nothing here."""
    found: dict[str, float] = {}
    for word in words:
        for name, weight in directions_of(word):
            kind, _, feeling = name.partition(":")
            if kind == "mood" and feeling in MOODS and weight >= CLEARLY:
                found[feeling] = max(found.get(feeling, 0.0), weight)
    return found


def tags_differ(uow: UnitOfWork, track_ids: Sequence[str]) -> dict[str, dict[str, float]]:
    """Tracks whose moods by tags are not the stored ones, with what they should be."""
    wanted: dict[str, dict[str, float]] = {}
    stored: dict[str, dict[str, float]] = defaultdict(dict)
    for part in chunks(track_ids):
        for row in uow.execute(select(track.c.id, track.c.mood_tags).where(track.c.id.in_(part))):
            wanted[row.id] = from_tags(row.mood_tags.split(";")) if row.mood_tags else {}
        told = and_(mood.c.source == "tags", mood.c.track_id.in_(part))
        for row in uow.execute(select(mood.c.track_id, mood.c.mood, mood.c.value).where(told)):
            stored[row.track_id][row.mood] = row.value
    return {id_: moods for id_, moods in wanted.items() if moods != stored.get(id_, {})}


def follow_tags(uow: UnitOfWork, wanted: Mapping[str, Mapping[str, float]]) -> None:
    """Replace the moods by tags of these tracks."""
    _replace(uow, wanted, "tags", None)


def heard(uow: UnitOfWork, moods: Mapping[str, Mapping[str, float]], model: str) -> None:
    """Replace what an audio model says of these tracks. Values outside 0..1 are refused as Invalid."""
    _replace(uow, moods, "audio_model", model)


def read(uow: UnitOfWork, asked: Sequence[str], told: Mapping[str, Mapping[str, float]], model: str) -> None:
    """Replace what a language model says of the tracks it was `asked` about; of some it told nothing."""
    _replace(uow, told, "language_model", model)
    now = now_ms()
    for part in chunks(asked):
        present = uow.execute(select(track.c.id).where(track.c.id.in_(part))).scalars()
        rows = [{"track_id": id_, "model": model, "read_at": now} for id_ in present]
        if rows:
            upsert(uow, mood_reading, rows, keys=["track_id", "model"], update=["read_at"])


def unread(uow: UnitOfWork, model: str, after: str, limit: int) -> list[str]:
    """Present tracks with tags or lyrics to read that the model was not asked about since they changed."""
    asked = exists().where(
        mood_reading.c.track_id == track.c.id,
        mood_reading.c.model == model,
        mood_reading.c.read_at >= track.c.updated_at,
    )
    something = or_(track.c.genres != "", track.c.mood_tags != "", track.c.has_lyrics)
    statement = select(track.c.id).where(track.c.missing_at.is_(None), track.c.id > after, something, ~asked)
    return list(uow.execute(statement.order_by(track.c.id).limit(limit)).scalars())


def _replace(
    uow: UnitOfWork, moods: Mapping[str, Mapping[str, float]], source: str, model: str | None
) -> None:
    rows = [(id_, name, value) for id_, values in moods.items() for name, value in values.items()]
    for _, name, value in rows:
        if name not in MOODS or not 0 <= value <= 1:
            raise Invalid(f"{name[:40]} {value} is no mood.", field="moods")
    for part in chunks(list(moods)):
        uow.execute(delete(mood).where(mood.c.source == source, mood.c.track_id.in_(part)))
        known = set(uow.execute(select(track.c.id).where(track.c.id.in_(part))).scalars())
        _write(uow, [row for row in rows if row[0] in known], source, model=model)
        rows = [row for row in rows if row[0] not in known]
    if moods:
        changes.note(uow, "moods", moods)
        versions.bump(uow, VERSION_ROW)


def _write(
    uow: UnitOfWork,
    rows: Sequence[tuple[str, str, float]],
    source: str,
    *,
    user_id: str = "",
    model: str | None = None,
) -> None:
    now = now_ms()
    values = [
        {
            "track_id": track_id,
            "mood": name,
            "source": source,
            "user_id": user_id,
            "value": float(value),
            "model": model,
            "set_at": now,
        }
        for track_id, name, value in rows
    ]
    keys = ["track_id", "mood", "source", "user_id"]
    upsert(uow, mood, values, keys=keys, update=["value", "model", "set_at"])


def _order(item: MoodItem) -> tuple[int, bool, int, str]:
    return MOODS.index(item.mood), not item.mine, SOURCES.index(item.source), item.model or ""
