"""What /rest reads, in as few statements as a page needs: rows for ids.

Subsonic shows fields that no other surface has (contributors, release dates, paths), so it has statements of
its own. `viewer` is the caller, narrowed to the music folders that were asked for; what they may see is
decided by `library.catalogue.access`, as on every surface. The statements of hot pages are built once for
each set of libraries: putting one together costs more than running it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from resonance.core.text import fold
from resonance.db import traits
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import trait
from resonance.db.tables.library import (
    album,
    album_artist,
    artist,
    carrier,
    library,
    scan,
    track,
    track_artist,
)
from resonance.db.tables.listens import like, rating, track_stat
from resonance.library.catalogue import access
from resonance.model.caller import Caller, Role
from resonance.model.quality import soundness

AnyRow = Row[*tuple[Any, ...]]
Rows = Sequence[AnyRow]
Libraries = frozenset[str] | None
ME: BindParameter[str] = bindparam("me")
ONE: BindParameter[str] = bindparam("one")
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
per_libraries = lru_cache(maxsize=64)


def libraries(uow: UnitOfWork, viewer: Caller) -> Rows:
    """id, number and name of each library, by number."""
    wanted = select(library.c.id, library.c.number, library.c.name).order_by(library.c.number)
    if viewer.libraries is not None:
        wanted = wanted.where(library.c.id.in_(viewer.libraries))
    return uow.execute(wanted).all()


def album_rows(uow: UnitOfWork, viewer: Caller, ids: Sequence[str]) -> Rows:
    """The visible ones of these albums in the order of `ids`, with the user's like and rating."""
    return _in_order(_rows(uow, _albums(viewer.libraries), ids, me=viewer.user_id), ids)


@per_libraries
def _albums(libraries: Libraries) -> Select[Any]:
    return (
        select(album, like.c.liked_at, rating.c.stars)
        .outerjoin(like, _mine(like, "album", album.c.id))
        .outerjoin(rating, _mine(rating, "album", album.c.id))
        .where(album.c.id.in_(IDS), *access.album_seen(_someone(libraries)))
    )


def artists_of_albums(uow: UnitOfWork, ids: Collection[str]) -> Rows:
    """album_id, id and name of each album artist, in credited order."""
    return _rows(uow, _ALBUM_ARTISTS, ids)


_ALBUM_ARTISTS = (
    select(album_artist.c.album_id, artist.c.id, artist.c.name)
    .join(artist, artist.c.id == album_artist.c.artist_id)
    .where(album_artist.c.album_id.in_(IDS))
    .order_by(album_artist.c.album_id, album_artist.c.position)
)


def plays_of_albums(uow: UnitOfWork, viewer: Caller, ids: Sequence[str]) -> Rows:
    """album_id, plays and played_at of the user's plays of its tracks; only of albums with plays."""
    return _rows(uow, _ALBUM_PLAYS, ids, me=viewer.user_id)


_ALBUM_PLAYS = (
    select(
        track.c.album_id,
        func.sum(track_stat.c.play_count).label("plays"),
        func.max(track_stat.c.last_played_at).label("played_at"),
    )
    .join(track_stat, and_(track_stat.c.track_id == track.c.id, track_stat.c.user_id == ME))
    .where(track.c.album_id.in_(IDS))
    .group_by(track.c.album_id)
)


def track_rows(uow: UnitOfWork, viewer: Caller, ids: Sequence[str]) -> Rows:
    """The visible ones of these tracks in the order of `ids`, as rows of `_TRACK`."""
    return _in_order(_best_files(_rows(uow, _tracks_by_id(viewer.libraries), ids, me=viewer.user_id)), ids)


def tracks_of_album(uow: UnitOfWork, viewer: Caller, album_id: str) -> Rows:
    """The visible tracks of one album in playing order, as rows of `_TRACK`."""
    whose = {"me": viewer.user_id, "one": album_id}
    return _best_files(uow.execute(_tracks_of_album(viewer.libraries), whose).all())


@per_libraries
def _tracks_by_id(libraries: Libraries) -> Select[Any]:
    return _tracks(libraries).where(track.c.id.in_(IDS))


@per_libraries
def _tracks_of_album(libraries: Libraries) -> Select[Any]:
    order = (func.coalesce(track.c.disc, 1), func.coalesce(track.c.number, 0), track.c.title_sort, track.c.id)
    return _tracks(libraries).where(track.c.album_id == ONE).order_by(*order)


# `shapes` takes these rows apart by position, which costs a third of asking for names.
_TRACK = (
    track.c.id,
    track.c.album_id,
    track.c.title,
    track.c.title_sort,
    track.c.artist_display,
    track.c.disc,
    track.c.number,
    track.c.duration_s,
    track.c.year,
    track.c.genres,
    track.c.composers,
    track.c.comment,
    track.c.isrc,
    track.c.recording_mbid,
    track.c.explicit,
    track.c.gain_track_db,
    track.c.gain_album_db,
    track.c.peak_track,
    track.c.peak_album,
    track.c.added_at,
    func.coalesce(track.c.cover_id, album.c.cover_id).label("cover_id"),
    album.c.title.label("album_title"),
    album.c.artist_display.label("album_artist_display"),
    track_stat.c.play_count,
    track_stat.c.last_played_at,
    like.c.liked_at,
    rating.c.stars,
    carrier.c.path,
    carrier.c.size,
    carrier.c.format,
    carrier.c.codec,
    carrier.c.bit_rate_kbps,
    carrier.c.sample_rate_hz,
    carrier.c.bit_depth,
    carrier.c.channels,
    carrier.c.id.label("carrier_id"),
    track.c.mood_tags,
    trait.c.bpm.label("bpm"),
)


def _tracks(libraries: Libraries) -> Select[Any]:
    """Tracks once for each of their present files in the libraries, and once where there is none."""
    mine = and_(track_stat.c.track_id == track.c.id, track_stat.c.user_id == ME)
    file = and_(carrier.c.track_id == track.c.id, carrier.c.missing_at.is_(None))
    if libraries is not None:
        file = and_(file, access.tested(carrier.c.library_id).in_(libraries))
    return (
        select(*_TRACK)
        .outerjoin(album, album.c.id == track.c.album_id)
        .outerjoin(track_stat, mine)
        .outerjoin(like, _mine(like, "track", track.c.id))
        .outerjoin(rating, _mine(rating, "track", track.c.id))
        .outerjoin(carrier, file)
        .outerjoin(trait, traits.own(track.c.id))
        .where(*access.track_seen(_someone(libraries)))
    )


def _best_files(rows: Rows) -> Rows:
    """Rows of `_TRACK`, of each track only the one with the file that `playback.source` would choose."""
    best: dict[str, AnyRow] = {}
    for row in rows:
        known = best.setdefault(row[0], row)
        if known is row:
            continue
        better, as_good = _preference(row), _preference(known)
        if better > as_good or (better == as_good and row.carrier_id < known.carrier_id):
            best[row[0]] = row
    return list(best.values())


def _preference(row: AnyRow) -> tuple[bool, int, int, int]:
    return soundness(row.codec, row.bit_rate_kbps, row.sample_rate_hz, row.bit_depth)


def artists_of_tracks(uow: UnitOfWork, ids: Sequence[str]) -> Rows:
    """track_id, role, id and name of everyone credited, in credited order."""
    return _rows(uow, _TRACK_ARTISTS, ids)


_TRACK_ARTISTS = (
    select(track_artist.c.track_id, track_artist.c.role, artist.c.id, artist.c.name)
    .join(artist, artist.c.id == track_artist.c.artist_id)
    .where(track_artist.c.track_id.in_(IDS))
    .order_by(track_artist.c.track_id, track_artist.c.role, track_artist.c.position)
)


def discs(uow: UnitOfWork, album_id: str) -> Rows:
    """disc and title of the album's discs that have a title."""
    return uow.execute(_DISCS, {"one": album_id}).all()


# PostgreSQL takes an expression for the same as the one grouped by only where it has no parameter.
_DISC = func.coalesce(track.c.disc, literal_column("1"))
_DISCS = (
    select(
        _DISC.label("disc"),
        func.min(track.c.disc_subtitle).label("title"),
    )
    .where(track.c.album_id == ONE, track.c.disc_subtitle.is_not(None), track.c.missing_at.is_(None))
    .group_by(_DISC)
    .order_by(_DISC)
)


def artist_rows(uow: UnitOfWork, viewer: Caller, ids: Sequence[str]) -> Rows:
    """The visible ones of these artists in the order of `ids`, with `albums` counted in the libraries."""
    return _in_order(_rows(uow, _artists(viewer.libraries), ids, me=viewer.user_id), ids)


@per_libraries
def _artists(libraries: Libraries) -> Select[Any]:
    return (
        select(
            artist.c.id,
            artist.c.name,
            artist.c.name_sort,
            artist.c.mbid,
            _album_count(libraries).label("albums"),
            like.c.liked_at,
            rating.c.stars,
        )
        .outerjoin(like, _mine(like, "artist", artist.c.id))
        .outerjoin(rating, _mine(rating, "artist", artist.c.id))
        .where(artist.c.id.in_(IDS), *access.artist_seen(_someone(libraries)))
    )


def all_album_artists(uow: UnitOfWork, viewer: Caller) -> Rows:
    """Everyone with an album of their own, sorted by name, with `albums` counted in the libraries."""
    counted = (
        select(album_artist.c.artist_id, func.count().label("albums"))
        .join(album, album.c.id == album_artist.c.album_id)
        .where(*access.album_seen(viewer))
        .group_by(album_artist.c.artist_id)
        .subquery()
    )
    return uow.execute(
        select(artist.c.id, artist.c.name, artist.c.name_sort, artist.c.mbid, counted.c.albums)
        .join(counted, counted.c.artist_id == artist.c.id)
        .order_by(artist.c.name_sort, artist.c.id)
    ).all()


def marks_on_artists(uow: UnitOfWork, viewer: Caller) -> dict[str, tuple[int | None, int | None]]:
    """liked_at and stars of every artist that the user liked or rated."""
    me = {"me": viewer.user_id}
    marks: dict[str, tuple[int | None, int | None]] = {}
    for row in uow.execute(_LIKED_ARTISTS, me):
        marks[row.item_id] = (row.liked_at, None)
    for row in uow.execute(_RATED_ARTISTS, me):
        marks[row.item_id] = (marks.get(row.item_id, (None, None))[0], row.stars)
    return marks


_LIKED_ARTISTS = select(like.c.item_id, like.c.liked_at).where(
    like.c.user_id == ME, like.c.item_kind == "artist"
)
_RATED_ARTISTS = select(rating.c.item_id, rating.c.stars).where(
    rating.c.user_id == ME, rating.c.item_kind == "artist"
)


def albums_of_artist(uow: UnitOfWork, viewer: Caller, artist_id: str) -> list[str]:
    """Ids of their own albums by year; of someone without any, the albums they appear on."""
    own, guest = _albums_of_artist(viewer.libraries)
    one = {"one": artist_id}
    return list(uow.execute(own, one).scalars()) or list(uow.execute(guest, one).scalars())


@per_libraries
def _albums_of_artist(libraries: Libraries) -> tuple[Select[Any], Select[Any]]:
    seen = access.album_seen(_someone(libraries))
    order = (func.coalesce(album.c.year, 9999), album.c.title_sort, album.c.id)
    own = select(album_artist.c.album_id).where(album_artist.c.artist_id == ONE)
    guest = (
        select(track.c.album_id)
        .join(track_artist, track_artist.c.track_id == track.c.id)
        .where(track_artist.c.artist_id == ONE, track.c.missing_at.is_(None))
    )
    ids = select(album.c.id).where(*seen).order_by(*order)
    return ids.where(album.c.id.in_(own)), ids.where(album.c.id.in_(guest))


def last_modified(uow: UnitOfWork) -> int:
    """When the catalogue last changed, in ms; 0 for an empty one."""
    changed = uow.execute(select(func.max(album.c.updated_at))).scalar() or 0
    scanned = uow.execute(select(func.max(scan.c.finished_at))).scalar() or 0
    return max(int(changed), int(scanned))


def artist_named(uow: UnitOfWork, viewer: Caller, name: str) -> str | None:
    """The visible artist of that name, however it is written; of several the one with most songs."""
    named = select(artist.c.id).where(artist.c.name_folded == fold(name), *access.artist_seen(viewer))
    most = named.order_by(artist.c.track_count.desc(), artist.c.id).limit(1)
    found: str | None = uow.execute(most).scalar()
    return found


def song_named(uow: UnitOfWork, viewer: Caller, artist_name: str, title: str) -> str | None:
    """A visible song of that title and artist, one with lyrics before one without."""
    named = (track.c.title_folded == fold(title), *access.track_seen(viewer))
    wanted = select(track.c.id).where(*named).order_by(track.c.has_lyrics.desc(), track.c.id)
    if artist_name:
        by = (
            select(track_artist.c.track_id)
            .join(artist, artist.c.id == track_artist.c.artist_id)
            .where(artist.c.name_folded == fold(artist_name))
        )
        wanted = wanted.where(track.c.id.in_(by))
    found: str | None = uow.execute(wanted.limit(1)).scalar()
    return found


def covers_of(uow: UnitOfWork, viewer: Caller, item_id: str) -> list[str]:
    """Cover ids that can stand for an album, a song or an artist (their newest albums first)."""
    of_track = (
        select(func.coalesce(track.c.cover_id, album.c.cover_id))
        .outerjoin(album, album.c.id == track.c.album_id)
        .where(track.c.id == item_id, *access.track_seen(viewer))
    )
    theirs = select(album_artist.c.album_id).where(album_artist.c.artist_id == item_id)
    of_album = (
        select(album.c.cover_id)
        .where(or_(album.c.id == item_id, album.c.id.in_(theirs)), album.c.cover_id.is_not(None))
        .where(*access.album_seen(viewer))
        .order_by(func.coalesce(album.c.year, 0).desc(), album.c.id)
        .limit(3)
    )
    found = [*uow.execute(of_album).scalars(), *uow.execute(of_track).scalars()]
    return [cover_id for cover_id in found if cover_id]


def scan_state(uow: UnitOfWork) -> tuple[bool, int, int | None]:
    """Whether a scan runs, the files it has seen (else the songs there are), and when the last one ended."""
    running = uow.execute(select(func.sum(scan.c.seen)).where(scan.c.state == "running")).scalar()
    last: int | None = uow.execute(select(func.max(scan.c.finished_at))).scalar()
    if running is not None:
        return True, int(running), last
    return False, uow.execute(select(func.count()).where(track.c.missing_at.is_(None))).scalar_one(), last


def _album_count(libraries: Libraries) -> ColumnElement[int]:
    if libraries is None:
        return artist.c.album_count
    return (
        select(func.count())
        .select_from(album_artist.join(album, album.c.id == album_artist.c.album_id))
        .where(album_artist.c.artist_id == artist.c.id, *access.album_seen(_someone(libraries)))
        .scalar_subquery()
    )


def _someone(libraries: Libraries) -> Caller:
    """Anybody who may see these libraries: the conditions depend on nothing else."""
    return Caller("", "", Role.USER, libraries)


def _mine(table: Any, kind: str, item_id: Any) -> ColumnElement[bool]:
    return and_(table.c.item_id == item_id, table.c.item_kind == kind, table.c.user_id == ME)


def _rows(uow: UnitOfWork, statement: Select[Any], ids: Collection[str], **parameters: str) -> Rows:
    """The rows of each of `ids`, in as many runs as a statement can name."""
    found: list[AnyRow] = []
    for some in access.chunks(list(dict.fromkeys(ids))):
        found += uow.execute(statement, {**parameters, "ids": some}).all()  # all at once is far cheaper
    return found


def _in_order(rows: Rows, ids: Sequence[str]) -> Rows:
    found = {row[0]: row for row in rows}
    return [found[item] for item in ids if item in found]
