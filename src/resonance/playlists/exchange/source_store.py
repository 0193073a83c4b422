"""The SQL of what exchange formats can tell of tracks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, select

from resonance.db import traits
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import features, trait
from resonance.db.tables.library import album, artist, carrier, library, track, track_artist
from resonance.db.tables.listens import rating, track_note, track_stat, track_tag
from resonance.library.catalogue.access import track_seen
from resonance.model.caller import Caller


def tracks(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> Sequence[Row[Any]]:
    """The tracks of `ids` that the caller can see, with what is measured and what is the caller's own."""
    me = caller.user_id
    statement = (
        select(
            *(track.c.id, track.c.title, track.c.artist_display, track.c.genres, track.c.composers),
            *(track.c.comment, track.c.year, track.c.date, track.c.disc, track.c.number, track.c.duration_s),
            *(track.c.added_at, track.c.isrc, track.c.recording_mbid),
            *(album.c.title.label("album_title"), album.c.artist_display.label("album_artist")),
            *(album.c.labels, album.c.catalog_number),
            *(trait.c.bpm, trait.c.bpm_source, trait.c.key_tonic, trait.c.key_mode, trait.c.energy),
            *(features.c.bpm.label("measured_bpm"), features.c.beat_offset_s),
            features.c.carrier_id.label("measured_file"),
            *(rating.c.stars, track_stat.c.play_count, track_stat.c.last_played_at, track_note.c.note),
        )
        .select_from(
            track.outerjoin(album, album.c.id == track.c.album_id)
            .outerjoin(trait, traits.own(track.c.id))
            .outerjoin(features, features.c.track_id == track.c.id)
            .outerjoin(
                rating,
                and_(rating.c.user_id == me, rating.c.item_kind == "track", rating.c.item_id == track.c.id),
            )
            .outerjoin(track_stat, and_(track_stat.c.user_id == me, track_stat.c.track_id == track.c.id))
            .outerjoin(track_note, and_(track_note.c.user_id == me, track_note.c.track_id == track.c.id))
        )
        .where(track.c.id.in_(ids), *track_seen(caller))
    )
    return uow.execute(statement).all()


def files(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> Sequence[Row[Any]]:
    """The present files of these tracks in the libraries that the caller has, with the library's `root`."""
    statement = (
        select(
            *(carrier.c.id, carrier.c.track_id, carrier.c.kind, carrier.c.path, carrier.c.format),
            *(carrier.c.codec, carrier.c.size, carrier.c.mtime_ns, carrier.c.bit_rate_kbps),
            *(carrier.c.sample_rate_hz, carrier.c.bit_depth, library.c.path.label("root"), library.c.name),
        )
        .join(library, library.c.id == carrier.c.library_id)
        .where(carrier.c.track_id.in_(ids), carrier.c.missing_at.is_(None))
        .order_by(carrier.c.id)
    )
    if caller.libraries is not None:
        statement = statement.where(carrier.c.library_id.in_(sorted(caller.libraries)))
    return uow.execute(statement).all()


def people(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """Names by track and role."""
    statement = (
        select(track_artist.c.track_id, track_artist.c.role, artist.c.name)
        .join(artist, artist.c.id == track_artist.c.artist_id)
        .where(track_artist.c.track_id.in_(ids), track_artist.c.role.in_(("remixer", "producer")))
        .order_by(track_artist.c.position, artist.c.id)
    )
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in uow.execute(statement):
        found[row.track_id][row.role].append(row.name)
    return found


def tags(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The caller's tags of each track."""
    mine = and_(track_tag.c.user_id == caller.user_id, track_tag.c.track_id.in_(ids))
    found: dict[str, list[str]] = defaultdict(list)
    for row in uow.execute(
        select(track_tag.c.track_id, track_tag.c.tag).where(mine).order_by(track_tag.c.tag)
    ):
        found[row.track_id].append(row.tag)
    return found
