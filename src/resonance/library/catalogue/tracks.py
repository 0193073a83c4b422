"""Tracks: one with everything known, some by id."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, carrier, track
from resonance.db.tables.listens import track_note, track_tag
from resonance.library.catalogue import store
from resonance.library.catalogue.access import not_found, track_seen
from resonance.model.caller import Caller
from resonance.model.catalogue import CarrierItem, TrackDetail, TrackItem, TrackMbids

MAX_IDS = 10_000


def tracks_by_ids(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> list[TrackItem]:
    """The tracks of `ids` in that order, repeated as named; those the caller cannot see are left out."""
    rows = store.rows_by_ids(uow, caller, store.TRACKS, track.c.id, track_seen(caller), ids)
    return store.track_items(uow, caller, rows)


def track_detail(uow: UnitOfWork, caller: Caller, track_id: str) -> TrackDetail:
    """One track. NotFound when the caller cannot see it."""
    more = (
        track.c.comment,
        track.c.composers,
        track.c.isrc,
        track.c.date,
        track.c.original_date,
        track.c.track_mbid,
        album.c.mbid.label("album_mbid"),
        album.c.release_group_mbid,
    )
    statement = store.TRACKS.add_columns(*more).where(track.c.id == track_id, *track_seen(caller))
    row = uow.execute(statement, {"me": caller.user_id}).one_or_none()
    if row is None:
        raise not_found("track")
    comment, composers, isrc, date, original, track_mbid, album_mbid, group = row[-len(more) :]
    best = store.best_carriers(uow, caller, [track_id])
    fields = store.track_fields(row, store.track_credits(uow, [track_id]), best, caller)
    carriers = _carriers(uow, caller, track_id)
    return TrackDetail(
        **fields,
        path=next((item.path for item in carriers if not item.missing), None),
        comment=comment,
        composers=store.split(composers),
        isrc=isrc,
        date=date,
        original_date=original,
        mbids=TrackMbids(
            recording=row.recording_mbid, track=track_mbid, album=album_mbid, release_group=group
        ),
        tags=_tags(uow, caller, track_id),
        note=_note(uow, caller, track_id),
        carriers=carriers,
    )


def _carriers(uow: UnitOfWork, caller: Caller, track_id: str) -> list[CarrierItem]:
    statement = select(carrier).where(carrier.c.track_id == track_id)
    if caller.libraries is not None:
        statement = statement.where(carrier.c.library_id.in_(sorted(caller.libraries)))
    return [
        CarrierItem(
            id=row.id,
            library_id=row.library_id,
            kind=row.kind,
            path=row.path if caller.is_admin else None,
            format=row.format,
            codec=row.codec,
            size=row.size,
            bit_rate_kbps=row.bit_rate_kbps,
            sample_rate_hz=row.sample_rate_hz,
            bit_depth=row.bit_depth,
            channels=row.channels,
            duration_s=row.duration_s,
            missing=row.missing_at is not None,
        )
        for row in uow.execute(statement.order_by(carrier.c.added_at, carrier.c.id))
    ]


def _tags(uow: UnitOfWork, caller: Caller, track_id: str) -> list[str]:
    statement = select(track_tag.c.tag).where(
        track_tag.c.user_id == caller.user_id, track_tag.c.track_id == track_id
    )
    return list(uow.execute(statement.order_by(track_tag.c.tag)).scalars())


def _note(uow: UnitOfWork, caller: Caller, track_id: str) -> str:
    statement = select(track_note.c.note).where(
        track_note.c.user_id == caller.user_id, track_note.c.track_id == track_id
    )
    return uow.execute(statement).scalar() or ""
