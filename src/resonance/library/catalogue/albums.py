"""Albums: one, some by id, pages in every order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, cover, track
from resonance.library.catalogue import store
from resonance.library.catalogue.access import album_seen, not_found, track_seen
from resonance.model.caller import Caller
from resonance.model.catalogue import AlbumDetail, AlbumItem, Disc, Quality, TrackItem
from resonance.model.quality import LOSSLESS


def albums_by_ids(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> list[AlbumItem]:
    """The albums of `ids` in that order; those the caller cannot see are left out."""
    rows = store.rows_by_ids(uow, caller, store.ALBUMS, album.c.id, album_seen(caller), ids)
    return store.album_items(uow, rows)


def album_detail(uow: UnitOfWork, caller: Caller, album_id: str) -> AlbumDetail:
    """One album with its discs. NotFound when the caller cannot see it."""
    more = (
        album.c.labels,
        album.c.release_types,
        album.c.catalog_number,
        album.c.date,
        album.c.original_date,
        album.c.version,
        album.c.release_group_mbid,
        cover.c.palette,
    )
    statement = store.ALBUMS.add_columns(*more).where(album.c.id == album_id, *album_seen(caller))
    row = uow.execute(statement, {"me": caller.user_id}).one_or_none()
    if row is None:
        raise not_found("album")
    labels, types, catalog_number, date, original, version, group, palette = row[-len(more) :]
    tracks, subtitles = _tracks_of(uow, caller, album_id)
    return AlbumDetail(
        **store.album_fields(row, store.album_credits(uow, [album_id])),
        discs=_discs(tracks, subtitles),
        labels=store.split(labels),
        release_types=store.split(types),
        catalog_number=catalog_number,
        date=date,
        original_date=original,
        version=version,
        release_group_mbid=group,
        palette=None if palette is None else msgspec.json.decode(palette),
        quality=_quality(tracks),
        play_count=sum(item.play_count for item in tracks),
        last_played_at=max((item.last_played_at for item in tracks if item.last_played_at), default=None),
    )


def _tracks_of(uow: UnitOfWork, caller: Caller, album_id: str) -> tuple[list[TrackItem], dict[int, str]]:
    statement = store.TRACKS.add_columns(track.c.disc_subtitle).where(
        track.c.album_id == album_id, *track_seen(caller)
    )
    rows = uow.execute(statement.order_by(*store.ALBUM_ORDER), {"me": caller.user_id}).all()
    subtitles = {_disc(row.disc): row.disc_subtitle for row in reversed(rows) if row.disc_subtitle}
    return store.track_items(uow, caller, rows), subtitles


def _disc(number: int | None) -> int:
    return 1 if number is None else number


def _discs(tracks: list[TrackItem], subtitles: dict[int, str]) -> list[Disc]:
    """Tracks without a disc number lie on the first; it stays unnumbered where none of its tracks has one."""
    discs: list[Disc] = []
    for number, members in groupby(tracks, key=lambda item: _disc(item.disc)):
        some = list(members)
        named = any(item.disc is not None for item in some)
        discs.append(Disc(number if named else None, subtitles.get(number), some))
    return discs


def _quality(tracks: list[TrackItem]) -> Quality | None:
    heard = [item for item in tracks if item.format is not None]
    if not heard:
        return None
    return Quality(
        formats=sorted({item.format for item in heard if item.format}),
        lossless=all(item.codec in LOSSLESS for item in heard),
        sample_rate_hz=max((item.sample_rate_hz for item in heard if item.sample_rate_hz), default=None),
        bit_depth=max((item.bit_depth for item in heard if item.bit_depth), default=None),
        bit_rate_kbps=max((item.bit_rate_kbps for item in heard if item.bit_rate_kbps), default=None),
        size=sum(item.size or 0 for item in heard),
    )
