"""Handlers: shares. Their address is the page that opens the link."""

from __future__ import annotations

from collections.abc import Sequence

from resonance.api.app_password_card import server_url
from resonance.api.subsonic import shapes, store
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import missing
from resonance.api.subsonic.model import Share, Shares
from resonance.core.errors import NotFound
from resonance.db.engine import UnitOfWork
from resonance.model.lists import ShareItem
from resonance.playlists import playlists, share_store


def get_shares(call: Call, uow: UnitOfWork) -> Answer:
    """One's own links whose time is not over."""
    found = [item for item in call.services.shares.mine(uow, call.caller) if not item.expired]
    return _shares(call, uow, found)


def create_share(call: Call, uow: UnitOfWork) -> Answer:
    """A link to one playlist, or to songs and albums."""
    params, ids = call.params, call.params.all("id")
    if not ids:
        raise missing("id")
    playlist_id, track_ids = _what(call, uow, ids)
    made = call.services.shares.create(
        uow,
        call.caller,
        playlist_id=playlist_id,
        track_ids=track_ids,
        label=params.text("description") or "",
        expires_at=params.optional_number("expires") or None,
    )
    return _shares(call, uow, [made])


def update_share(call: Call, uow: UnitOfWork) -> Answer:
    """Another description or end; `expires` 0 takes the end away."""
    params = call.params
    expires = params.optional_number("expires")
    call.services.shares.change(
        uow,
        call.caller,
        params.required("id"),
        label=params.text("description"),
        expires_at=expires or None,
        for_ever=expires == 0,
    )
    return None


def delete_share(call: Call, uow: UnitOfWork) -> Answer:
    """End a link."""
    call.services.shares.end(uow, call.caller, call.params.required("id"))
    return None


def _what(call: Call, uow: UnitOfWork, ids: Sequence[str]) -> tuple[str | None, list[str]]:
    """The one playlist, or the songs with those of the albums."""
    if len(ids) == 1:
        try:
            return playlists.item(uow, call.caller, ids[0]).id, []
        except NotFound:
            pass
    songs: list[str] = []
    for id_ in ids:
        songs += [row[0] for row in store.tracks_of_album(uow, call.caller, id_)] or [id_]
    return None, songs


def _shares(call: Call, uow: UnitOfWork, items: Sequence[ShareItem]) -> Fragment:
    return Fragment("shares", Shares(share=[_share(call, uow, item) for item in items]))


def _share(call: Call, uow: UnitOfWork, item: ShareItem) -> Share:
    row = share_store.one(uow, item.id)
    ids = [one.id for one in share_store.tracks(uow, row, call.caller)]
    return Share(
        id=item.id,
        url=f"{server_url(call.request)}/share#{item.secret or ''}",
        description=item.label or item.name,
        username=call.caller.name,
        created=item.created_at,
        expires=item.expires_at,
        last_visited=item.opened_at,
        visit_count=item.opened,
        entry=shapes.songs(uow, call.caller, ids),
    )
