"""Reading what is known of tracks, and which tracks changed since their vectors were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Row, Select, and_, cast, exists, func, or_, select, update

from resonance.db import traits
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import features, mood, track_edit, trait
from resonance.db.tables.library import album, genre, lyrics, track, track_genre
from resonance.db.tables.vectors import embedding
from resonance.model.moods import SOURCES
from resonance.search.meaning.ports import TrackDocument
from resonance.search.vectors.ports import Space

CHUNK = 500
LYRICS = 600  # letters
STAMP = 13  # digits of a time in milliseconds

_COLUMNS = (
    *(track.c.id, track.c.title, track.c.artist_display, track.c.genres, track.c.mood_tags, track.c.year),
    *(album.c.title.label("album"), trait.c.bpm, trait.c.bpm_confidence, trait.c.key_tonic, trait.c.key_mode),
    *(trait.c.key_confidence, trait.c.energy, features.c.danceability, features.c.brightness),
    *(features.c.acousticness_proxy, features.c.lufs_i, features.c.lra, features.c.onset_rate),
)
_KNOWN: Select[Any] = select(*_COLUMNS).select_from(
    track.outerjoin(album, album.c.id == track.c.album_id)
    .outerjoin(trait, traits.own(track.c.id))
    .outerjoin(features, features.c.track_id == track.c.id)
)


def documents(
    uow: UnitOfWork, track_ids: Sequence[str], *, user_id: str | None = None, with_lyrics: bool = False
) -> list[TrackDocument]:
    """What is known of these tracks, in their order; ids of no track are left out.

    With `user_id` that person's own moods count first; nobody else's ever do.
    """
    found: dict[str, TrackDocument] = {}
    for part in _chunks(track_ids):
        moods = moods_of(uow, part, user_id)
        texts = _lyrics(uow, part) if with_lyrics else {}
        for row in uow.execute(_KNOWN.where(track.c.id.in_(part))):
            found[row.id] = _document(row, moods.get(row.id, ()), texts.get(row.id, ""))
    return [found[id_] for id_ in track_ids if id_ in found]


def moods_of(
    uow: UnitOfWork, track_ids: Sequence[str], user_id: str | None = None
) -> dict[str, tuple[tuple[str, float, str], ...]]:
    """(mood, value, source), one of each mood: the most believed source that the user may know of."""
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for part in _chunks(track_ids):
        seen = or_(mood.c.source != "user", mood.c.user_id == (user_id or ""))
        for row in uow.execute(select(mood).where(mood.c.track_id.in_(part), seen)):
            held = found.get((row.track_id, row.mood))
            if held is None or SOURCES.index(row.source) < SOURCES.index(held[1]):
                found[row.track_id, row.mood] = (row.value, row.source)
    merged: dict[str, list[tuple[str, float, str]]] = defaultdict(list)
    for (track_id, name), (value, source) in sorted(found.items()):
        merged[track_id].append((name, value, source))
    return {track_id: tuple(values) for track_id, values in merged.items()}


def said_by(uow: UnitOfWork, user_id: str, moods: Sequence[str], limit: int) -> list[str]:
    """Tracks of which the user said that they have one of these moods, most of it first."""
    mine = and_(
        mood.c.source == "user", mood.c.user_id == user_id, mood.c.mood.in_(moods), mood.c.value > 0.5
    )
    rows = select(mood.c.track_id).where(mine).order_by(mood.c.value.desc(), mood.c.track_id).limit(limit)
    return list(dict.fromkeys(uow.execute(rows).scalars())) if moods else []


def own_moods(uow: UnitOfWork, track_ids: Sequence[str], user_id: str) -> list[tuple[str, str, float]]:
    """(track id, mood, value) of what one person said of these tracks."""
    mine = and_(mood.c.source == "user", mood.c.user_id == user_id)
    found: list[tuple[str, str, float]] = []
    for part in _chunks(track_ids):
        rows = select(mood.c.track_id, mood.c.mood, mood.c.value).where(mine, mood.c.track_id.in_(part))
        found += [(row.track_id, row.mood, row.value) for row in uow.execute(rows)]
    return found


class ExactFacts(NamedTuple):
    """What exact conditions are about, with how sure it is (None: told, not measured)."""

    track_id: str
    bpm: float | None
    bpm_confidence: float | None
    key_confidence: float | None


def exact_facts(uow: UnitOfWork, track_ids: Sequence[str]) -> list[ExactFacts]:
    """Of these tracks, in any order."""
    columns = (track.c.id, trait.c.bpm, trait.c.bpm_confidence, trait.c.key_confidence)
    known = select(*columns).select_from(track.outerjoin(trait, traits.own(track.c.id)))
    return [
        ExactFacts(*row)
        for part in _chunks(track_ids)
        for row in uow.execute(known.where(track.c.id.in_(part)))
    ]


def genre_names(uow: UnitOfWork) -> list[tuple[str, str]]:
    """(id, name) of every genre of the library."""
    return [(row.id, row.name) for row in uow.execute(select(genre.c.id, genre.c.name))]


def of_genres(uow: UnitOfWork, track_ids: Sequence[str], genre_ids: Iterable[str]) -> set[str]:
    """Those of the tracks that have one of the genres."""
    wanted = sorted(genre_ids)
    found: set[str] = set()
    for part in _chunks(track_ids) if wanted else ():
        rows = select(track_genre.c.track_id, track_genre.c.genre_id).where(track_genre.c.track_id.in_(part))
        chosen = set(wanted)
        found.update(row.track_id for row in uow.execute(rows) if row.genre_id in chosen)
    return found


def mark(stamp: int, document: TrackDocument) -> str:
    """The source mark of a vector: when its facts were read (ms), and a digest of them."""
    return f"{stamp:0{STAMP}d}.{document.mark()}"


def behind(uow: UnitOfWork, space: Space, limit: int) -> list[str]:
    """Present tracks without a vector of this version, or touched since its facts were read."""
    own = and_(
        embedding.c.track_id == track.c.id,
        embedding.c.space == space.name,
        embedding.c.version == space.version,
    )
    read_at = cast(func.substr(embedding.c.source_mark, 1, STAMP), BigInteger)
    touched = or_(
        embedding.c.track_id.is_(None),
        read_at < track.c.updated_at,
        read_at < func.coalesce(features.c.analysed_at, 0),
        read_at < func.coalesce(track_edit.c.changed_at, 0),
        exists().where(mood.c.track_id == track.c.id, mood.c.source != "user", mood.c.set_at > read_at),
    )
    joined = (
        track.outerjoin(embedding, own)
        .outerjoin(features, features.c.track_id == track.c.id)
        .outerjoin(track_edit, track_edit.c.track_id == track.c.id)
    )
    statement = select(track.c.id).select_from(joined).where(track.c.missing_at.is_(None), touched)
    return list(uow.execute(statement.order_by(track.c.id).limit(limit)).scalars())


def restamp(uow: UnitOfWork, space: Space, marks: Mapping[str, str]) -> None:
    """Note that the facts of these vectors were read again and are the same. No index need know."""
    for track_id, written in marks.items():
        here = and_(embedding.c.space == space.name, embedding.c.track_id == track_id)
        uow.execute(update(embedding).where(here).values(source_mark=written))


def _document(row: Row[Any], moods: tuple[tuple[str, float, str], ...], text: str) -> TrackDocument:
    genres, words = _split(row.genres), _split(row.mood_tags)
    return TrackDocument(
        track_id=row.id,
        title=row.title,
        artist=row.artist_display,
        album=row.album or "",
        genres=genres,
        year=row.year,
        moods=moods,
        words=words,
        bpm=row.bpm,
        bpm_confidence=row.bpm_confidence,
        key_tonic=row.key_tonic,
        key_mode=row.key_mode,
        key_confidence=row.key_confidence,
        energy=row.energy,
        danceability=row.danceability,
        brightness=row.brightness,
        acousticness=row.acousticness_proxy,
        loudness_lufs=row.lufs_i,
        loudness_range=row.lra,
        onset_rate=row.onset_rate,
        instrumental=True if any("instrumental" in name.lower() for name in (*genres, *words)) else None,
        lyrics=text,
    )


def _lyrics(uow: UnitOfWork, track_ids: Sequence[str]) -> dict[str, str]:
    rows = select(lyrics.c.track_id, lyrics.c.body).where(lyrics.c.track_id.in_(track_ids))
    found: dict[str, str] = {}
    for row in uow.execute(rows.order_by(lyrics.c.track_id, lyrics.c.source, lyrics.c.language)):
        found.setdefault(row.track_id, _words_only(row.body))
    return found


def _words_only(body: str) -> str:
    lines = (line.rpartition("]")[2].strip() if line.startswith("[") else line for line in body.splitlines())
    return " ".join(" ".join(line for line in lines if line).split())[:LYRICS]


def _split(joined: str) -> tuple[str, ...]:
    return tuple(part for part in joined.split(";") if part)


def _chunks(items: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
