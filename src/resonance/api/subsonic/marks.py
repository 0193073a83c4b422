"""Handlers: likes, ratings, plays, and who plays what now."""

from __future__ import annotations

from collections.abc import Iterable

from resonance.api.subsonic import shapes
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import Code, SubsonicFault, missing, not_found
from resonance.api.subsonic.model import NowPlaying, NowPlayingEntry, fields
from resonance.api.subsonic.params import as_number
from resonance.core.clock import now_ms
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import KINDS, Kind, visible
from resonance.listens import likes, plays, ratings
from resonance.listens.plays import NewPlay

# A few clients send whole seconds where the protocol says milliseconds; no play is older than 2000.
SECONDS_BEFORE_MS = plays.EARLIEST_MS // 1000


def star(call: Call, uow: UnitOfWork) -> Answer:
    """Like songs, albums and artists. `id` may be any of them: folder clients know no difference."""
    for kind, ids in _named(call, uow).items():
        likes.set(uow, call.services.events, call.caller, kind, ids)
    return None


def unstar(call: Call, uow: UnitOfWork) -> Answer:
    """Take likes back."""
    for kind, ids in _named(call, uow).items():
        likes.unset(uow, call.services.events, call.caller, kind, ids)
    return None


def _named(call: Call, uow: UnitOfWork) -> dict[Kind, list[str]]:
    params = call.params
    named: dict[Kind, list[str]] = {"album": params.all("albumId"), "artist": params.all("artistId")}
    named["track"] = []
    given = params.all("id")
    if not given and not any(named.values()):
        raise missing("id")
    kinds = _kinds(call, uow, given)
    for item in given:
        if item not in kinds:
            raise not_found("Item")
        named[kinds[item]].append(item)
    return {kind: ids for kind, ids in named.items() if ids}


def _kinds(call: Call, uow: UnitOfWork, ids: Iterable[str]) -> dict[str, Kind]:
    """What each of the ids is, as far as the caller may see it."""
    left = dict.fromkeys(ids)
    found: dict[str, Kind] = {}
    for kind in KINDS:
        for item in visible(uow, call.caller, kind, left):
            found[item] = kind
            del left[item]
    return found


def set_rating(call: Call, uow: UnitOfWork) -> Answer:
    """1 to 5 stars for a song, album or artist; 0 takes them away."""
    item, stars = call.params.required("id"), call.params.required_number("rating")
    if not 0 <= stars <= ratings.MOST_STARS:
        raise SubsonicFault(Code.GENERIC, "A rating is 0 to 5.")
    kinds = _kinds(call, uow, [item])
    if item not in kinds:
        raise not_found("Item")
    ratings.set(uow, call.services.events, call.caller, kinds[item], item, stars)
    return None


def scrobble(call: Call) -> Answer:
    """A play that counts, or with submission=false what plays now.

    The client decides that a play counts, as the protocol has it. `time` may lie ahead by a wrong clock.
    """
    ids = call.params.all("id")
    if not ids:
        raise missing("id")
    if call.params.flag("submission") is False:
        with call.services.db.read(call.user_id) as uow:
            call.services.now_playing.report(uow, call.caller, ids[-1])
        return None
    now = now_ms()
    times = [as_number(text) for text in call.params.all("time")]
    times += [None] * (len(ids) - len(times))
    new = [NewPlay(item, _started(at, now)) for item, at in zip(ids, times, strict=False)]
    with call.services.db.write(call.user_id) as uow:
        if plays.record(uow, call.caller, new).accepted == 0:
            raise not_found("Song")
    return None


def _started(at: int | None, now: int) -> int:
    if at is None:
        return now
    if SECONDS_BEFORE_MS <= at < plays.EARLIEST_MS:
        at *= 1000
    return min(at, now)


def get_now_playing(call: Call, uow: UnitOfWork) -> Answer:
    """What everybody plays, as far as the caller may see it."""
    playing = call.services.now_playing.everyone(uow, call.caller)
    songs = {song.id: song for song in shapes.songs(uow, call.caller, [one.track.id for one in playing])}
    entries = [
        NowPlayingEntry(
            **fields(songs[one.track.id]),
            username=one.user_name,
            minutes_ago=one.minutes_ago,
            player_id=number,
            player_name=one.client or None,
        )
        for number, one in enumerate(playing, 1)
        if one.track.id in songs
    ]
    return Fragment("nowPlaying", NowPlaying(entry=entries))
