"""Where each field lies in the tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from sqlalchemy import and_, case, func, literal, or_, select

from resonance.db import traits
from resonance.db.tables import analysis, listens
from resonance.db.tables.library import (
    album,
    album_artist,
    artist,
    carrier,
    genre,
    library,
    track,
    track_artist,
    track_genre,
)
from resonance.model.moods import MOODS, SOURCES
from resonance.rules.fields import FIELDS
from resonance.rules.portable import Code, tested
from resonance.rules.rows import Column, Rows
from resonance.rules.scope import Scope

# How a value is written: `folded` by core.text, `ascii` compared without the case of A-Z, `small` the same
# and stored so already, `raw` text that must be folded in Python, `ms` since 1970, `day` a date as precise as
# known.
Form: TypeAlias = Literal["folded", "ascii", "small", "raw", "number", "ms", "day", "flag", "place"]


@dataclass(frozen=True)
class Source:
    """Where a field lies: in a column of `track`, or in rows beside it. `signs` is what was folded.

    `joined` texts hold several values with ";" between them. `indexed`: an index leads from a track to it.
    """

    form: Form
    column: Column = None
    rows: Callable[[Scope], Rows] | None = None
    signs: Column = None
    joined: bool = False
    nullable: bool = True
    indexed: bool = False


def _own(form: Form, column: Column, *, nullable: bool = True, **more: Any) -> Source:
    return Source(form, column, nullable=nullable, **more)


def _beside(form: Form, table: Any, key: Column, value: Column, *where: Column, **more: Any) -> Source:
    shape = {name: more.pop(name) for name in ("of", "once", "best") if name in more}
    rows = Rows(table, key, value, where, **shape)
    return Source(form, rows=lambda _scope: rows, **more)


def _album(form: Form, value: Column, **more: Any) -> Source:
    return _beside(form, album, album.c.id, value, of="album", **more)


def _credit(role: str, form: Form = "folded", value: Column = artist.c.name_folded) -> Source:
    rows = Rows(
        *(track_artist, track_artist.c.track_id, value, (track_artist.c.role == role,)),
        once=False,
        link=track_artist.c.artist_id,
        link_key=artist.c.id,
        link_table=artist,
    )
    return Source(form, rows=lambda _scope: rows)


def _album_credit(form: Form, value: Column) -> Source:
    rows = Rows(
        *(album_artist, album_artist.c.album_id, value),
        of="album",
        once=False,
        link=album_artist.c.artist_id,
        link_key=artist.c.id,
        link_table=artist,
    )
    return Source(form, rows=lambda _scope: rows)


def _genre() -> Source:
    rows = Rows(
        *(track_genre, track_genre.c.track_id, genre.c.name_folded),
        once=False,
        link=track_genre.c.genre_id,
        link_key=genre.c.id,
        link_table=genre,
    )
    return Source("folded", rows=lambda _scope: rows)


def _of_artists(value: Column, table: Any, key: Column, *where: Column) -> Rows:
    """What is known of the artists of a track, from rows of `table` about artists."""
    return Rows(
        *(track_artist, track_artist.c.track_id, value, (track_artist.c.role == "artist",)),
        once=False,
        best="max",
        link=track_artist.c.artist_id,
        link_key=key,
        link_table=table,
        link_where=where,
    )


def _file(form: Form, value: Column, *, best: Literal["min", "max"] = "max", indexed: bool = False) -> Source:
    def rows(scope: Scope) -> Rows:
        return Rows(carrier, carrier.c.track_id, value, present(scope), once=False, best=best)

    return Source(form, rows=rows, indexed=indexed)


def _library(form: Form, value: Column) -> Source:
    """What is known of the libraries in which a track lies."""

    def rows(scope: Scope) -> Rows:
        files = Rows(carrier, carrier.c.track_id, value, present(scope), once=False, best="max")
        return replace(files, link=carrier.c.library_id, link_key=library.c.id, link_table=library)

    return Source(form, rows=rows, indexed=True)


def present(scope: Scope) -> tuple[Column, ...]:
    """Conditions on the files that the person may hear. Most are, so no index shall lead to them."""
    here = (tested(carrier.c.missing_at).is_(None),)
    if scope.libraries is None:
        return here
    return (*here, tested(carrier.c.library_id).in_(sorted(scope.libraries)))


def _measured(value: Column, form: Form = "number") -> Source:
    return _beside(form, analysis.features, analysis.features.c.track_id, value)


def _trait(value: Column, form: Form = "number") -> Source:
    return _beside(form, analysis.trait, analysis.trait.c.track_id, value)


def _year(day: Column) -> Column:
    """The year of a date. Counted from its digits, for no cast fails alike on both databases."""
    zero = ord("0")
    digits = [(Code(func.substr(day, place, 1)) - zero) * 10 ** (4 - place) for place in range(1, 5)]
    return digits[0] + digits[1] + digits[2] + digits[3]


def _said(table: Any, kind: str, value: Column, form: Form) -> Source:
    """Likes and ratings of a track, its album or its artists."""
    if kind != "artist":
        of: Literal["track", "album"] = "album" if kind == "album" else "track"
        return Source(
            form,
            rows=lambda scope: Rows(
                table,
                table.c.item_id,
                value,
                (table.c.user_id == scope.user_id, table.c.item_kind == kind),
                of,
                few=True,
            ),
        )
    return Source(
        form,
        rows=lambda scope: _of_artists(
            value, table, table.c.item_id, table.c.user_id == scope.user_id, table.c.item_kind == "artist"
        ),
    )


def _played(kind: str, name: Literal["play_count", "last_played_at"], form: Form) -> Source:
    """Plays of a track; of all tracks of its album; of all tracks of an artist."""
    stat = listens.track_stat
    gather = func.sum if name == "play_count" else func.max

    def rows(scope: Scope) -> Rows:
        mine = stat.c.user_id == scope.user_id
        if kind == "track":
            return Rows(stat, stat.c.track_id, stat.c[name], (mine,), few=True)
        other = track.alias("played")
        if kind == "album":
            found = (
                select(other.c.album_id.label("key"), gather(stat.c[name]).label("value"))
                .select_from(stat.join(other, other.c.id == stat.c.track_id))
                .where(mine, other.c.album_id.is_not(None))
                .group_by(other.c.album_id)
                .subquery()
            )
            return Rows(found, found.c.key, found.c.value, of="album", few=True)
        theirs = track_artist.alias("theirs")
        each = (
            select(theirs.c.artist_id.label("key"), gather(stat.c[name]).label("value"))
            .select_from(stat.join(theirs, theirs.c.track_id == stat.c.track_id))
            .where(mine, theirs.c.role == "artist")
            .group_by(theirs.c.artist_id)
            .subquery()
        )
        return _of_artists(each.c.value, each, each.c.key)

    return Source(form, rows=rows)


def _personal(table: Any, value: Column) -> Source:
    once = table is listens.track_note
    return Source(
        "raw",
        rows=lambda scope: Rows(
            table, table.c.track_id, value, (table.c.user_id == scope.user_id,), once=once, few=True
        ),
    )


def _mood(name: str) -> Source:
    """What the most believed one says of a mood, of those whom the person may hear."""
    said, other = analysis.mood.alias("said"), analysis.mood.alias("better")

    def rows(scope: Scope) -> Rows:
        def seen(row: Any) -> Column:
            return and_(row.c.mood == name, or_(row.c.source != "user", row.c.user_id == scope.user_id))

        better = select(literal(1)).where(
            other.c.track_id == said.c.track_id, seen(other), _rank(other) < _rank(said)
        )
        return Rows(said, said.c.track_id, said.c.value, (seen(said), ~better.correlate(said).exists()))

    return Source("number", rows=rows)


def _rank(row: Any) -> Column:
    return case(
        {source: place for place, source in enumerate(SOURCES)}, value=row.c.source, else_=len(SOURCES)
    )


def _cover() -> Column:
    from_album = select(album.c.id).where(album.c.cover_id.is_not(None))
    return or_(
        track.c.cover_id.is_not(None), and_(track.c.album_id.is_not(None), track.c.album_id.in_(from_album))
    )


_f = analysis.features.c
SOURCES_OF: dict[str, Source] = {
    "title": _own("folded", track.c.title_folded, signs=track.c.title, nullable=False),
    "artist": _credit("artist"),
    "album": _album("folded", album.c.title_folded, signs=album.c.title),
    "album_artist": _album_credit("folded", artist.c.name_folded),
    "genre": _genre(),
    "year": _own("number", track.c.year),
    "date": _own("day", track.c.date),
    "original_year": _own("number", _year(track.c.original_date)),
    "original_date": _own("day", track.c.original_date),
    "duration": _own("number", track.c.duration_s, nullable=False),
    "number": _own("number", track.c.number),
    "disc": _own("number", track.c.disc),
    "disc_subtitle": _own("raw", track.c.disc_subtitle),
    "comment": _own("raw", track.c.comment),
    "mood_tag": _own("raw", track.c.mood_tags, joined=True),
    "explicit": _own("flag", track.c.explicit, nullable=False),
    "has_lyrics": _own("flag", track.c.has_lyrics, nullable=False),
    "has_cover": _own("flag", _cover(), nullable=False),
    "isrc": _own("ascii", track.c.isrc),
    "recording_mbid": _own("ascii", track.c.recording_mbid),
    "track_mbid": _own("ascii", track.c.track_mbid),
    "sort_title": _own("folded", track.c.title_sort, nullable=False),
    "sort_artist": _own("folded", track.c.artist_sort, nullable=False),
    "gain_track": _own("number", track.c.gain_track_db),
    "peak_track": _own("number", track.c.peak_track),
    "gain_album": _own("number", track.c.gain_album_db),
    "peak_album": _own("number", track.c.peak_album),
    "added": _own("ms", track.c.added_at, nullable=False),
    "changed": _own("ms", track.c.updated_at, nullable=False),
    "label": _album("raw", album.c.labels, joined=True),
    "release_type": _album("raw", album.c.release_types, joined=True),
    "release_year": _album("number", album.c.year),
    "release_date": _album("day", album.c.date),
    "compilation": _own("flag", track.c.compilation, nullable=False),
    "catalog_number": _album("raw", album.c.catalog_number),
    "album_version": _album("raw", album.c.version),
    "album_mbid": _album("ascii", album.c.mbid),
    "release_group_mbid": _album("ascii", album.c.release_group_mbid),
    "sort_album": _album("folded", album.c.title_sort),
    "sort_album_artist": _album("folded", album.c.artist_sort),
    "album_duration": _album("number", album.c.duration_s),
    "album_tracks": _album("number", album.c.track_count),
    "album_added": _album("ms", album.c.added_at),
    "album_changed": _album("ms", album.c.updated_at),
    **{
        name: _credit(name)
        for name, field in FIELDS.items()
        if field.group == "people" and field.kind == "text" and not field.exact
    },
    "artist_mbid": _credit("artist", "ascii", artist.c.mbid),
    "album_artist_mbid": _album_credit("ascii", artist.c.mbid),
    "path": _file("ascii", carrier.c.path, best="min"),
    "folder": _file("ascii", carrier.c.folder, best="min"),
    "file_type": _file("small", carrier.c.format, best="min"),
    "codec": _file("small", carrier.c.codec, best="min", indexed=True),
    "bit_rate": _file("number", carrier.c.bit_rate_kbps, indexed=True),
    "sample_rate": _file("number", carrier.c.sample_rate_hz),
    "bit_depth": _file("number", carrier.c.bit_depth),
    "channels": _file("number", carrier.c.channels),
    "size": _file("number", carrier.c.size),
    "library": _library("raw", library.c.name),
    "library_number": _library("number", library.c.number),
    "tag": _personal(listens.track_tag, listens.track_tag.c.tag),
    "note": _personal(listens.track_note, listens.track_note.c.note),
    "bpm": _trait(traits.BPM),
    "key": _trait(traits.KEY_PLACE, "place"),
    "energy": _trait(traits.ENERGY),
    "danceability": _measured(_f.danceability),
    "brightness": _measured(_f.brightness),
    "acousticness": _measured(_f.acousticness_proxy),
    "valence": _measured(_f.valence_proxy),
    "loudness": _measured(_f.lufs_i),
    "loudness_range": _measured(_f.lra),
    "dynamics": _measured(_f.dynamic_complexity),
    "true_peak": _measured(_f.true_peak_dbtp),
    "onset_rate": _measured(_f.onset_rate),
    "bpm_stability": _measured(_f.bpm_stability),
    "analysed": _beside(
        "flag", analysis.features, _f.track_id, _f.track_id, _f.timbre_version > 0, _f.problem.is_(None)
    ),
    **{f"mood_{name}": _mood(name) for name in MOODS},
}
for _kind in ("track", "album", "artist"):
    _name = "" if _kind == "track" else f"{_kind}_"
    SOURCES_OF |= {
        f"{_name}liked": _said(listens.like, _kind, listens.like.c.liked_at, "flag"),
        f"{_name}liked_at": _said(listens.like, _kind, listens.like.c.liked_at, "ms"),
        f"{_name}rating": _said(listens.rating, _kind, listens.rating.c.stars, "number"),
        f"{_name}rated_at": _said(listens.rating, _kind, listens.rating.c.rated_at, "ms"),
        f"{_name}play_count": _played(_kind, "play_count", "number"),
        f"{_name}last_played": _played(_kind, "last_played_at", "ms"),
    }
