"""Tracks of the library as the entries of a crate: everything that exchange formats can tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Row

from resonance.core.clock import iso
from resonance.db.engine import Database, UnitOfWork
from resonance.library import paths
from resonance.library.catalogue.access import chunks
from resonance.listens import cues as cue_service
from resonance.model.caller import Caller
from resonance.model.quality import soundness
from resonance.playlists.exchange import source_store
from resonance.playlists.exchange.clock import Clock, ahead_s, moved
from resonance.playlists.exchange.crate import Cue, Entry

_AT_ONCE = 500
_MIX = re.compile(
    r"[(\[]([^()\[\]]*\b(?:mix|remix|edit|version|dub|rework|bootleg|vip)\b[^()\[\]]*)[)\]]", re.I
)
_SAME_TEMPO = 0.01  # a tempo this near to the measured one, or to its half or double, lies on its beats
_RECOUNTED = ("mp3", "aac")  # codecs that programs count from different zeros

Mapped = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a track: what is told of it, and where it lies here."""

    row: Row[Any]
    path: str
    here: str | None  # for the `os` module, None where the file is elsewhere


def stream(
    db: Database, caller: Caller, track_ids: Sequence[str], mapped: Mapped, clock: Clock | None
) -> Iterator[Entry]:
    """An entry for each of these tracks that the caller can see, in order; some hundreds are held at a time.

    `mapped` makes the path to be written of the path here. With a `clock`, cues are counted as its program
    counts. A caller who is no admin gets the library's name in place of its folder.
    """
    for ids in chunks(track_ids, _AT_ONCE):
        with db.read(caller.user_id) as uow:
            found = _Batch(uow, caller, ids)
        for id_ in ids:
            row = found.rows.get(id_)
            if row is not None:
                yield found.entry(row, mapped, clock)


@dataclass(frozen=True, slots=True)
class Place:
    """A track's file for who brings cues: where it lies here, what it is, and the grid heard in it."""

    here: str | None
    format: str
    codec: str
    grid: Cue | None


def placed(
    uow: UnitOfWork, caller: Caller, ids: Sequence[str], formats: Mapping[str, str]
) -> dict[str, Place]:
    """The file of each track, one of the format that is named for it before others."""
    files = _files(uow, caller, ids)
    found: dict[str, Place] = {}
    for row in source_store.tracks(uow, caller, ids):
        alike = [file for file in files.get(row.id, ()) if file.row.format == formats.get(row.id)]
        file = _best(alike or files.get(row.id, ()), row.measured_file)
        if file is not None:
            found[row.id] = Place(file.here, file.row.format, file.row.codec, _measured_grid(row))
    return found


class _Batch:
    """What the database knows of some tracks."""

    def __init__(self, uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> None:
        self.rows = {row.id: row for row in source_store.tracks(uow, caller, ids)}
        self._files = _files(uow, caller, ids)
        self._cues = cue_service.of_tracks(uow, caller, ids)
        self._people = source_store.people(uow, ids)
        self._tags = source_store.tags(uow, caller, ids)

    def entry(self, row: Row[Any], mapped: Mapped, clock: Clock | None) -> Entry:
        """One of them."""
        file = _best(self._files.get(row.id, ()), row.measured_file)
        people = self._people.get(row.id, {})
        mix = _MIX.findall(row.title)
        made = Entry(
            key=row.id,
            path=mapped(file.path) if file else "",
            title=row.title,
            artist=row.artist_display,
            album=row.album_title or "",
            album_artist=row.album_artist or "",
            genre=_joined(row.genres),
            composer=_joined(row.composers),
            remixer=", ".join(people.get("remixer", ())),
            producer=", ".join(people.get("producer", ())),
            label=_joined(row.labels or ""),
            mix=mix[-1].strip() if mix else "",
            grouping=", ".join(self._tags.get(row.id, ())),
            comment=row.comment or row.note or "",
            year=row.year,
            date=row.date,
            disc=row.disc,
            number=row.number,
            duration_s=row.duration_s,
            added=_day(row.added_at),
            last_played=_day(row.last_played_at),
            play_count=row.play_count or 0,
            stars=row.stars or 0,
            bpm=row.bpm,
            tonality=None if row.key_tonic is None else (row.key_tonic, row.key_mode),
            energy=row.energy,
            isrc=row.isrc,
            catalog_number=row.catalog_number,
            recording_mbid=row.recording_mbid,
            cues=tuple(self._marks(row)),
        )
        return made if file is None else _with_file(made, file, clock)

    def _marks(self, row: Row[Any]) -> Iterator[Cue]:
        own = self._cues.get(row.id, [])
        if not any(cue.kind == "grid" for cue in own):
            grid = _measured_grid(row)
            if grid is not None:
                yield grid
        yield from own


def _with_file(made: Entry, file: _File, clock: Clock | None) -> Entry:
    row = file.row
    shift = 0.0
    if clock and made.cues and file.here is not None and row.codec in _RECOUNTED:
        shift = ahead_s(file.here, row.format, row.codec, clock)
    return replace(
        made,
        size=row.size,
        format=row.format,
        codec=row.codec,
        bit_rate_kbps=row.bit_rate_kbps,
        sample_rate_hz=row.sample_rate_hz,
        modified=_day(row.mtime_ns // 1_000_000),
        cues=moved(made.cues, shift),
    )


def _measured_grid(row: Row[Any]) -> Cue | None:
    """The beat grid that was heard, in the tempo that counts; None where that tempo is another one."""
    if row.beat_offset_s is None or not row.measured_bpm or not row.bpm:
        return None
    for factor in (1.0, 2.0, 0.5):
        heard = row.measured_bpm * factor
        if abs(row.bpm / heard - 1) <= _SAME_TEMPO:
            # A tag is rounded; what somebody set is meant.
            return Cue(
                kind="grid", start_s=row.beat_offset_s, bpm=row.bpm if row.bpm_source == "user" else heard
            )
    return None


def _files(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> dict[str, list[_File]]:
    found: dict[str, list[_File]] = defaultdict(list)
    for row in source_store.files(uow, caller, ids):
        root = row.root if caller.is_admin else "/" + row.name.replace("/", "_")
        here = paths.absolute(row.root, row.path) if row.kind == "file" else None
        found[row.track_id].append(_File(row, f"{root.rstrip('/')}/{row.path}", here))
    return found


def _best(files: Sequence[_File], measured: str | None) -> _File | None:
    """The file that the grid is of, where it is there, else the one that sounds best."""
    return max(files, key=lambda file: _worth(file.row, measured), default=None)


def _worth(row: Row[Any], measured: str | None) -> tuple[bool, bool, Any]:
    sounds = soundness(row.codec, row.bit_rate_kbps, row.sample_rate_hz, row.bit_depth)
    return row.kind == "file", row.id == measured, sounds


def _joined(several: str) -> str:
    return ", ".join(part.strip() for part in several.split(";") if part.strip())


def _day(ms: int | None) -> str | None:
    return None if ms is None else iso(ms)[:10]
