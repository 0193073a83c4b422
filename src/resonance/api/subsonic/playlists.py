"""Handlers: playlists."""

from __future__ import annotations

from resonance.api.subsonic import shapes
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import Code, SubsonicFault, missing
from resonance.api.subsonic.model import Playlist, Playlists, PlaylistWithSongs, fields
from resonance.api.subsonic.params import as_number
from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.model.playlist import PlaylistItem
from resonance.playlists import playlists


def get_playlists(call: Call, uow: UnitOfWork) -> Answer:
    """One's own and the public ones. With `username`, for admins, those of another that are public."""
    found = playlists.readable(uow, call.caller)
    name = call.params.text("username")
    if name and fold(name) != fold(call.caller.name):
        call.caller.must_be_admin()
        found = [item for item in found if fold(item.owner.name) == fold(name)]
    return Fragment("playlists", Playlists(playlist=[_playlist(item) for item in found]))


def get_playlist(call: Call, uow: UnitOfWork) -> Answer:
    """One playlist with its songs."""
    return _with_songs(call, uow, call.params.required("id"))


def create_playlist(call: Call, uow: UnitOfWork) -> Answer:
    """A new playlist; with `playlistId` that one gets exactly these songs."""
    params, events = call.params, call.services.events
    songs, name, playlist_id = params.all("songId"), params.text("name"), params.text("playlistId")
    if playlist_id:
        if name:
            playlists.change(uow, events, call.caller, playlist_id, name=name)
        playlists.replace(uow, events, call.caller, playlist_id, songs)
        return _with_songs(call, uow, playlist_id)
    if not name:
        raise missing("name")
    made = playlists.create(uow, events, call.caller, name, track_ids=songs)
    return _with_songs(call, uow, made.id)


def update_playlist(call: Call, uow: UnitOfWork) -> Answer:
    """Rename, describe, publish, take out by index (as the list was before this call), add at the end."""
    params, events = call.params, call.services.events
    playlist_id = params.required("playlistId")
    going = [_index(text) for text in params.all("songIndexToRemove")]
    coming = params.all("songIdToAdd")
    name = params.text("name") or None
    comment, public = params.text("comment"), params.flag("public")
    if going:
        playlists.remove(uow, events, call.caller, playlist_id, indexes=going)
    if coming:
        playlists.add(uow, events, call.caller, playlist_id, coming)
    if name is not None or comment is not None or public is not None or not (going or coming):
        playlists.change(uow, events, call.caller, playlist_id, name=name, comment=comment, public=public)
    return None


def _index(text: str) -> int:
    index = as_number(text)
    if index is None:
        raise SubsonicFault(Code.GENERIC, "Parameter 'songIndexToRemove' must be a whole number.")
    return index


def delete_playlist(call: Call, uow: UnitOfWork) -> Answer:
    """Delete a playlist of one's own."""
    playlists.delete(uow, call.services.events, call.caller, call.params.required("id"))
    return None


def _with_songs(call: Call, uow: UnitOfWork, playlist_id: str) -> Fragment:
    detail = playlists.detail(uow, call.caller, playlist_id)
    songs = shapes.songs(uow, call.caller, [entry.track.id for entry in detail.entries])
    return Fragment("playlist", PlaylistWithSongs(**fields(_playlist(detail)), entry=songs))


def _playlist(item: PlaylistItem) -> Playlist:
    """The id names the picture too: a few apps show no playlist without one."""
    return Playlist(
        id=item.id,
        name=item.name,
        comment=item.comment or None,
        owner=item.owner.name,
        public=item.public,
        song_count=item.track_count,
        duration=shapes.seconds(item.duration_s),
        created=item.created_at,
        changed=item.changed_at,
        cover_art=item.id,
        readonly=item.smart or not item.mine,
        valid_until=item.valid_until,
    )
