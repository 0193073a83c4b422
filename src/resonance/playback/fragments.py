"""A track as fragments for the player: access, the right file, and where each fragment comes from."""

from __future__ import annotations

from dataclasses import dataclass

from resonance.audio import fmp4
from resonance.audio.flac_frames import FlacFile
from resonance.core.errors import Conflict, NotFound, Unavailable
from resonance.db.engine import Database
from resonance.model.caller import Caller
from resonance.playback import source as sources
from resonance.playback.manifest import Playable, Playables, PlaybackManifest, manifest, version_of
from resonance.playback.source import Source
from resonance.playback.tiers import Tier

MEDIA_TYPES = {"fmp4": "audio/mp4", "mp3": "audio/mpeg", "adts": "audio/aac"}


@dataclass(frozen=True, slots=True)
class Fragment:
    """Bytes for MediaSource."""

    data: bytes
    media_type: str


class Playback:
    """Manifests and fragments. Access is checked at each call; no connection is held while bytes are made."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._playables = Playables()

    def manifest(self, caller: Caller, track_id: str) -> PlaybackManifest:
        """What the player has to know. NotFound, Unavailable (the file), BrokenFile (no sound in it)."""
        source = self._source(caller, track_id)
        return manifest(source, self._playable(source))

    def init(self, caller: Caller, track_id: str, tier: str, version: str) -> Fragment:
        """The init segment of a tier that has one."""
        _, playable, wanted = self._wanted(caller, track_id, tier, version)
        if playable.sound.flac is None or not wanted.original:
            raise NotFound("This tier has no init segment.")
        info = playable.sound.flac.info
        entry = fmp4.flac_entry(info.raw, info.sample_rate_hz, info.channels, info.bit_depth)
        return Fragment(fmp4.init_segment(entry, info.sample_rate_hz), MEDIA_TYPES["fmp4"])

    def fragment(self, caller: Caller, track_id: str, tier: str, number: int, version: str) -> Fragment:
        """Fragment `number`. NotFound (code fragment_past_end) behind the last one."""
        _, playable, wanted = self._wanted(caller, track_id, tier, version)
        if number >= wanted.fragments:
            raise past_end()
        assert playable.sound.flac is not None
        return Fragment(_own_flac(playable.sound.flac, wanted, number), MEDIA_TYPES[wanted.container])

    def _wanted(
        self, caller: Caller, track_id: str, tier: str, version: str
    ) -> tuple[Source, Playable, Tier]:
        source = self._source(caller, track_id)
        playable = self._playable(source)
        if version != playable.version:
            raise Conflict("The file has changed.", code="file_changed")
        if tier not in playable.tiers:
            raise NotFound("The track is not to be had in this form.", code="unknown_tier")
        return source, playable, playable.tiers[tier]

    def _source(self, caller: Caller, track_id: str) -> Source:
        with self._db.read(caller.user_id) as uow:
            return sources.find(uow, caller, track_id)

    def _playable(self, source: Source) -> Playable:
        stat = sources.present(source)
        try:
            return self._playables.of(source, version_of(stat))
        except OSError as fault:
            raise Unavailable("library", "The music file cannot be read right now.") from fault


def past_end() -> NotFound:
    """The music is over before this fragment."""
    return NotFound("The track ends before this fragment.", code="fragment_past_end")


def _own_flac(flac: FlacFile, tier: Tier, number: int) -> bytes:
    try:
        piece = flac.read(number * tier.fragment_samples, (number + 1) * tier.fragment_samples)
    except OSError as fault:
        raise Unavailable("library", "The music file cannot be read right now.") from fault
    if piece is None:
        raise past_end()
    return fmp4.fragment(number + 1, piece.start, piece.sizes, piece.durations, piece.data)
