"""A track as fragments for the player: access, the right file, and where each fragment comes from."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from resonance.analysis import sound as measured
from resonance.audio import fmp4
from resonance.audio.ffmpeg import find_ffmpeg
from resonance.core.errors import Conflict, NotFound, Unavailable
from resonance.db.engine import Database
from resonance.library.remote.bytes import RemoteBytes
from resonance.model.caller import Caller
from resonance.playback import source as sources
from resonance.playback.fragment_cache import FragmentCache
from resonance.playback.manifest import (
    Playable,
    Playables,
    PlaybackManifest,
    levelled,
    manifest,
    version_of,
)
from resonance.playback.places import Places
from resonance.playback.remote import as_file
from resonance.playback.runs import Runs, Work, past_end
from resonance.playback.source import Source
from resonance.playback.tiers import Sound, Tier, init_of

MEDIA_TYPES = {"fmp4": "audio/mp4", "mp3": "audio/mpeg", "adts": "audio/aac"}


@dataclass(frozen=True, slots=True)
class Fragment:
    """Bytes for MediaSource."""

    data: bytes
    media_type: str


class Playback:
    """Manifests and fragments. Access is checked at each call; no connection is held while bytes are made."""

    def __init__(
        self,
        db: Database,
        cache: FragmentCache,
        places: Places,
        ffmpeg: Path | None = None,
        *,
        remote: Callable[[], RemoteBytes] | None = None,
    ) -> None:
        self._db, self._cache, self._remote = db, cache, remote
        self._runs = Runs(cache, places, ffmpeg)
        self._playables = Playables(lambda: find_ffmpeg(str(ffmpeg) if ffmpeg else None))

    def manifest(self, caller: Caller, track_id: str) -> PlaybackManifest:
        """What the player has to know. NotFound, Unavailable (file, ffmpeg), Undecodable (no sound)."""
        source, playable = self._playable(caller, track_id)
        with self._db.read(caller.user_id) as uow:
            facts = measured.known(uow, source.carrier_id, playable.version)
            gain = levelled(uow, source)
        return manifest(source, playable, facts, gain)

    def init(self, caller: Caller, track_id: str, tier: str, version: str) -> Fragment:
        """The init segment of a tier that has one."""
        _, playable, wanted = self._wanted(caller, track_id, tier, version)
        if not wanted.init:
            raise NotFound("This form has no init segment.", code="no_init")
        return Fragment(init_of(wanted, playable.sound), MEDIA_TYPES[wanted.container])

    def fragment(self, caller: Caller, track_id: str, tier: str, number: int, version: str) -> Fragment:
        """Fragment `number`. NotFound (code fragment_past_end) behind the last one; else as Runs.fragment."""
        source, playable, wanted = self._wanted(caller, track_id, tier, version)
        if number >= wanted.fragments:
            raise past_end()
        if wanted.original:
            data = _own(playable.sound, wanted, number)
        else:
            folder = self._cache.folder(track_id, version, tier)
            work = Work(source.path, playable.sound, wanted, folder)
            data = self._runs.fragment(caller.user_id, work, number)
        return Fragment(data, MEDIA_TYPES[wanted.container])

    def close(self) -> None:
        """End what is encoded."""
        self._runs.close()

    def _wanted(
        self, caller: Caller, track_id: str, tier: str, version: str
    ) -> tuple[Source, Playable, Tier]:
        source, playable = self._playable(caller, track_id, version)
        if tier not in playable.tiers:
            raise NotFound("The track is not to be had in this form.", code="unknown_tier")
        return source, playable, playable.tiers[tier]

    def _playable(self, caller: Caller, track_id: str, version: str | None = None) -> tuple[Source, Playable]:
        with self._db.read(caller.user_id) as uow:
            source = sources.find(uow, caller, track_id)
        source = as_file(self._remote, source)
        now = version_of(sources.present(source))
        if version is not None and version != now:
            raise Conflict("The file has changed.", code="file_changed")
        return source, self._playables.remembered(source, now) or self._read(caller, source, now)

    def _read(self, caller: Caller, source: Source, version: str) -> Playable:
        with self._db.read(caller.user_id) as uow:
            facts = measured.known(uow, source.carrier_id, version)
        try:
            playable = self._playables.read(source, version, facts)
        except OSError as fault:
            raise _away() from fault
        if playable.counted and facts is None:
            # The scan may have taken the file away meanwhile.
            with suppress(IntegrityError), self._db.write(caller.user_id) as uow:
                length = playable.sound.length
                measured.keep_counted(uow, source.carrier_id, version, length, "decoded")
        return playable


def _away() -> Unavailable:
    return Unavailable("library", "The music file cannot be read right now.")


def _own(sound: Sound, tier: Tier, number: int) -> bytes:
    """The file's own frames."""
    start, stop = number * tier.fragment_samples, (number + 1) * tier.fragment_samples
    try:
        if sound.mp3 is not None:
            frame = sound.mp3.form.frame_samples
            data = sound.mp3.read(start // frame, stop // frame)
            if not data:
                raise past_end()
            return data
        assert sound.flac is not None
        piece = sound.flac.read(start, stop)
    except OSError as fault:
        raise _away() from fault
    if piece is None:
        raise past_end()
    return fmp4.fragment(number + 1, piece.start, piece.sizes, piece.durations, piece.data)
