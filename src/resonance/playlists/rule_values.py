"""Values that the library has of a field, for whoever types a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import case, exists, select

from resonance.core.errors import Invalid
from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, artist, carrier, library, track, track_artist
from resonance.library import catalogue
from resonance.library.catalogue.access import album_seen, artist_seen, mask, track_seen
from resonance.listens import tags
from resonance.model.caller import Caller
from resonance.model.smart import RuleSuggestion
from resonance.rules.fields import FIELDS

MOST = 20
Values = list[RuleSuggestion]


def suggestions(uow: UnitOfWork, caller: Caller, field: str, q: str) -> Values:
    """Up to MOST values that the caller's music has and in which `q` occurs, those that begin so first.

    Invalid for a field that is not in SUGGESTS.
    """
    source = SUGGESTS.get(field)
    if source is None:
        raise Invalid(f"Values of {field[:40]} are not suggested.", field="field")
    return source(uow, caller, fold(q.strip()))


def _best(words: str, values: Iterable[RuleSuggestion]) -> Values:
    fitting = [(fold(one.value), one) for one in values if words in fold(one.value)]
    fitting.sort(key=lambda pair: (not pair[0].startswith(words), -(pair[1].tracks or 0), pair[0]))
    return [one for _, one in fitting[:MOST]]


def _genres(uow: UnitOfWork, caller: Caller, words: str) -> Values:
    every = catalogue.genres(uow, caller)
    return _best(words, (RuleSuggestion(one.name, one.track_count) for one in every))


def _people(role: str) -> Callable[[UnitOfWork, Caller, str], Values]:
    def find(uow: UnitOfWork, caller: Caller, words: str) -> Values:
        conditions = [artist.c.name_folded.contains(words, autoescape=True), *artist_seen(caller)]
        if role == "album":
            conditions.append(artist.c.album_count > 0)
        elif role != "artist":
            theirs = track_artist.c.artist_id == artist.c.id, track_artist.c.role == role
            conditions.append(exists().where(*theirs))
        begins = case((artist.c.name_folded.startswith(words, autoescape=True), 0), else_=1)
        statement = select(artist.c.name, artist.c.track_count).where(*conditions)
        rows = uow.execute(statement.order_by(begins, artist.c.track_count.desc(), artist.c.id).limit(MOST))
        counted = role == "artist"
        return [RuleSuggestion(row.name, row.track_count if counted else None) for row in rows]

    return find


def _albums(uow: UnitOfWork, caller: Caller, words: str) -> Values:
    begins = case((album.c.title_folded.startswith(words, autoescape=True), 0), else_=1)
    fits = album.c.title_folded.contains(words, autoescape=True)
    statement = select(album.c.title, album.c.track_count).where(fits, *album_seen(caller))
    rows = uow.execute(statement.order_by(begins, album.c.title_sort, album.c.id).limit(2 * MOST))
    return list({row.title: RuleSuggestion(row.title, row.track_count) for row in rows}.values())[:MOST]


def _joined(column: Any, seen: Callable[[Caller], list[Any]]) -> Callable[[UnitOfWork, Caller, str], Values]:
    """Of columns that hold several values with ";" between them."""

    def find(uow: UnitOfWork, caller: Caller, words: str) -> Values:
        rows = uow.execute(select(column).distinct().where(column != "", *seen(caller))).scalars()
        names = {part.strip() for row in rows for part in row.split(";") if part.strip()}
        return _best(words, map(RuleSuggestion, names))

    return find


def _of_files(column: Any) -> Callable[[UnitOfWork, Caller, str], Values]:
    def find(uow: UnitOfWork, caller: Caller, words: str) -> Values:
        statement = select(column).distinct().where(carrier.c.missing_at.is_(None))
        if (mine := mask(caller)) is not None:
            statement = statement.where(carrier.c.library_id.in_(mine))
        return _best(words, map(RuleSuggestion, uow.execute(statement).scalars()))

    return find


def _libraries(uow: UnitOfWork, caller: Caller, words: str) -> Values:
    statement = select(library.c.name)
    if (mine := mask(caller)) is not None:
        statement = statement.where(library.c.id.in_(mine))
    return _best(words, map(RuleSuggestion, uow.execute(statement).scalars()))


def _tags(uow: UnitOfWork, caller: Caller, words: str) -> Values:
    return _best(words, (RuleSuggestion(one.tag, one.track_count) for one in tags.all_tags(uow, caller)))


_ROLES = [name for name, field in FIELDS.items() if field.group == "people" and field.kind == "text"]
SUGGESTS: dict[str, Callable[[UnitOfWork, Caller, str], Values]] = {
    "genre": _genres,
    "artist": _people("artist"),
    "album_artist": _people("album"),
    **{name: _people(name) for name in _ROLES if not name.endswith("_mbid")},
    "album": _albums,
    "label": _joined(album.c.labels, album_seen),
    "release_type": _joined(album.c.release_types, album_seen),
    "mood_tag": _joined(track.c.mood_tags, track_seen),
    "codec": _of_files(carrier.c.codec),
    "file_type": _of_files(carrier.c.format),
    "library": _libraries,
    "tag": _tags,
}
