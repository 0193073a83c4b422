"""The stream decision: the file as it is, a finished transcode, or a running one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from resonance.audio.transcode import TARGETS, Transcoder, clamp_bit_rate, find_ffmpeg
from resonance.core.errors import Invalid
from resonance.db.engine import Database
from resonance.library.remote.bytes import RemoteBytes
from resonance.model.caller import Caller
from resonance.playback import source as sources
from resonance.playback.places import Place, Places
from resonance.playback.remote import PassedOn, as_file
from resonance.playback.source import Source
from resonance.playback.transcode_cache import Recording, TranscodeCache


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the client asked for. `format` None or "raw" is the file itself, unless it is above `max_kbps`."""

    format: str | None = None
    max_kbps: int | None = None
    offset_s: float = 0.0


@dataclass(frozen=True, slots=True)
class File:
    """Bytes that lie on disk, so every range of them can be had."""

    path: Path
    media_type: str
    etag: str


class Running:
    """A transcode in progress, kept in the cache if it comes to its end."""

    def __init__(
        self, encoding: Transcoder, media_type: str, recording: Recording | None, place: Place
    ) -> None:
        self.media_type = media_type
        self._encoding, self._recording, self._place = encoding, recording, place

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._encoding:
            if self._recording is not None:
                self._recording.write(chunk)
            yield chunk
        if self._recording is not None and self._encoding.complete:
            self._recording.finish()

    def close(self) -> None:
        """End the encoder and give the user's place back. Safe to call more than once."""
        self._place.release()
        self._encoding.close()
        if self._recording is not None:
            self._recording.abandon()


class Streams:
    """Opens tracks for playing. Holds no database connection while bytes flow."""

    def __init__(
        self,
        db: Database,
        cache: TranscodeCache,
        places: Places,
        ffmpeg: Path | None = None,
        *,
        remote: Callable[[], RemoteBytes] | None = None,
    ) -> None:
        self._db, self._cache, self._remote = db, cache, remote
        self._ffmpeg = str(ffmpeg) if ffmpeg else None
        self._places = places

    def source(self, caller: Caller, track_id: str) -> Source:
        """The file of a track; NotFound when the caller has none."""
        with self._db.read(caller.user_id) as uow:
            return sources.find(uow, caller, track_id)

    def open(self, caller: Caller, track_id: str, wanted: Wanted) -> File | Running | PassedOn:
        """The bytes to send. TooMany when the user's transcodes are all in use.

        Invalid (field `offset_s` or `format`) for a moment after the end and formats nobody makes.
        """
        source = self.source(caller, track_id)
        target = decide(source, wanted)
        if target is None:
            if source.remote and (passed := self._passed_on(source)):
                return passed
            source = as_file(self._remote, source)
            sources.present(source)
            return File(source.path, source.media_type, source.etag)
        if 0 < source.duration_s <= wanted.offset_s:
            raise Invalid("The track ends before that moment.", field="offset_s")
        return self._transcoded(caller, as_file(self._remote, source), target, wanted)

    def _passed_on(self, source: Source) -> PassedOn | None:
        """The stream of a song that is not at hand; None where its size is not known beforehand."""
        if self._remote is None or source.size <= 0:
            return None
        remote = self._remote()
        at_hand = remote.at_hand(remote.place(source.carrier_id))
        return None if at_hand is not None else PassedOn(remote, source)

    def _transcoded(self, caller: Caller, source: Source, target: str, wanted: Wanted) -> File | Running:
        kbps = clamp_bit_rate(target, wanted.max_kbps or None)
        media_type = TARGETS[target].content_type
        sources.present(source)
        kept = self._cache.path(source.track_id, source.etag, target, str(kbps))
        whole = wanted.offset_s <= 0
        if whole and self._cache.get(kept) is not None:
            return File(kept, media_type, f'"{kept.name}"')
        place = self._places.take(caller.user_id)
        try:
            program = find_ffmpeg(self._ffmpeg)
            encoding = Transcoder.open(
                str(source.path), target, kbps, max(0.0, wanted.offset_s), program=program
            )
        except BaseException:
            place.release()
            raise
        return Running(encoding, media_type, self._cache.start(kept) if whole else None, place)


def decide(source: Source, wanted: Wanted) -> str | None:
    """The format to transcode to; None to send the file as it is."""
    named = (wanted.format or "").lower()
    if named == "raw":
        return None
    limited = bool(wanted.max_kbps) and (source.bit_rate_kbps or 0) > (wanted.max_kbps or 0)
    if not named:
        if wanted.offset_s > 0 or limited:
            return "mp3"
        return None
    named = {"m4a": "aac", "ogg": "opus"}.get(named, named)
    if named not in TARGETS:
        raise Invalid(
            f"There is no transcoding to {named[:20]}. Choose one of: {', '.join(TARGETS)}.", field="format"
        )
    already = source.codec == named and source.format in (named, "m4a")
    return None if already and not limited and wanted.offset_s <= 0 else named
