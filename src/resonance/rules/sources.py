"""Where each field lies in the tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import and_, func, or_, select

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
from resonance.model.moods import MOODS
from resonance.rules.fields import FIELDS
from resonance.rules.own import mood, personal, played, said
from resonance.rules.portable import Code, tested
from resonance.rules.rows import Column, Form, Rows, Source
from resonance.rules.scope import Scope


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
    "tag": personal(listens.track_tag, listens.track_tag.c.tag),
    "note": personal(listens.track_note, listens.track_note.c.note),
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
    **{f"mood_{name}": mood(name) for name in MOODS},
}
for _kind in ("track", "album", "artist"):
    _name = "" if _kind == "track" else f"{_kind}_"
    SOURCES_OF |= {
        f"{_name}liked": said(listens.like, _kind, listens.like.c.liked_at, "flag"),
        f"{_name}liked_at": said(listens.like, _kind, listens.like.c.liked_at, "ms"),
        f"{_name}rating": said(listens.rating, _kind, listens.rating.c.stars, "number"),
        f"{_name}rated_at": said(listens.rating, _kind, listens.rating.c.rated_at, "ms"),
        f"{_name}play_count": played(_kind, "play_count", "number"),
        f"{_name}last_played": played(_kind, "last_played_at", "ms"),
    }
