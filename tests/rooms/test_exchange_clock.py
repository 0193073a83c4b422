"""Beat grids in exported files: on the beat as each program counts time, from real files of every kind."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from resonance.audio.ear.analyse import quick
from resonance.audio.mp3_start import Header, _sum, start_of
from resonance.db.engine import Database
from resonance.db.tables.analysis import features
from resonance.listens import cues
from resonance.model.caller import Role
from resonance.model.cue import Cue
from resonance.playlists.exchange import export
from resonance.playlists.exchange.clock import ahead_s, moved
from resonance.playlists.exchange.crate import Crate
from resonance.playlists.exchange.formats import FORMATS
from tests.fixtures.rows import Rows
from tests.rooms.ear_kit import Sound, song, write

BPM, LEAD_S, RATE = 124.0, 0.2, 44_100
SKIP_MANUAL = 1 << 29


def beats(seconds: float = 16.0) -> Sound:
    return np.concatenate([np.zeros((round(LEAD_S * RATE), 2), np.float32), song(seconds, BPM)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same song in files that programs count differently."""
    made, sound = tmp_path_factory.mktemp("clock"), beats()
    write(made / "xing.mp3", sound, RATE, "-b:a", "128k")
    write(made / "plain.mp3", sound, RATE, "-b:a", "128k", "-write_xing", "0")
    write(made / "vbr.mp3", sound, RATE, "-q:a", "6")
    write(made / "long.mp3", beats(140.0), RATE, "-q:a", "6")  # its middle is measured
    write(made / "song.flac", sound, RATE)
    write(made / "song.m4a", sound, RATE, "-c:a", "aac", "-b:a", "160k")
    (made / "lame.mp3").write_bytes(by_lame((made / "xing.mp3").read_bytes()))
    (made / "doubtful.mp3").write_bytes(by_lame((made / "xing.mp3").read_bytes(), right=False))
    return made


def by_lame(data: bytes, *, right: bool = True) -> bytes:
    """ffmpeg's file with the fields that LAME itself writes, and its checksum."""
    tag = data.index(b"Info")
    frame, fields = tag - 36, tag + 120
    made = bytearray(data)
    made[fields : fields + 9] = b"LAME3.100"
    total = _sum(bytes(made[frame : fields + 34])) if right else 0
    made[fields + 34 : fields + 36] = total.to_bytes(2, "big")
    return bytes(made)


def undone(path: Path, header_counts: bool) -> np.ndarray:
    """What a program hears that leaves no delay out, and perhaps takes the table for music."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        stream.codec_context.flags2 |= SKIP_MANUAL
        decoded = [
            frame.to_ndarray()[0]
            for packet in container.demux(stream)
            for frame in stream.codec_context.decode(packet)
        ]
    return np.concatenate([np.zeros(1152 if header_counts else 0), *decoded])


def begins_at_s(heard: np.ndarray) -> float:
    """Where the song lies in it: the lag of the best correlation with what was encoded."""
    wanted, length = beats()[:, 0].astype(np.float64), 4 * RATE
    size = 2 * length
    spectrum = np.fft.rfft(heard[:length], size) * np.conj(np.fft.rfft(wanted[:length], size))
    return float(np.argmax(np.fft.irfft(spectrum)[:length])) / RATE


HEADERS: dict[str, Header] = {
    "xing.mp3": "bare",
    "vbr.mp3": "bare",
    "long.mp3": "bare",
    "plain.mp3": "none",
    "lame.mp3": "lame",
    "doubtful.mp3": "doubtful",
}


def test_what_stands_before_the_music_is_known(folder: Path) -> None:
    for name, header in HEADERS.items():
        start = start_of(folder / name)
        assert start is not None and (start.header, start.rate) == (header, RATE), name
        assert start.cut == (0 if header == "none" else 1105)
    assert (
        start_of(folder / "song.flac") is None
        or ahead_s(folder / "song.flac", "flac", "flac", "traktor") == 0
    )


# Which of the programs takes the frame with the table for music, by kind of file.
COUNTED = {
    "xing.mp3": (False, True),
    "vbr.mp3": (False, True),
    "long.mp3": (False, True),
    "plain.mp3": (False, False),
    "lame.mp3": (True, True),
    "doubtful.mp3": (False, True),
}


@pytest.mark.parametrize("name", [*HEADERS, "song.flac", "song.m4a"])
def test_the_grid_written_is_on_the_beat_for_us_and_for_the_program(
    database: Database, folder: Path, name: str
) -> None:
    heard = quick(folder / name, ["tempo"])
    assert heard.bpm is not None and heard.beat_offset_s is not None and abs(heard.bpm - BPM) < 0.05
    # Our decoder's first beat is where the song has it; only an undeclared delay stays in, for everybody.
    undeclared = 1105 / RATE if name == "plain.mp3" else 0.0
    assert near_beat(heard.beat_offset_s, LEAD_S + undeclared) < 0.005
    track_id, caller = in_library(database, folder, name, heard)
    with database.write() as uow:
        cues.replace(uow, caller, track_id, [Cue(kind="cue", start_s=2.0, number=0)])
    for place, format in enumerate(("rekordbox", "nml")):
        wanted = export.wish(format)
        document = b"".join(export.of_tracks(database, caller, "x", [track_id], wanted).pieces)
        (entry,) = FORMATS[format].read(io.BytesIO(document)).tracks
        grid, _ = entry.cues
        assert grid.kind == "grid" and grid.bpm is not None and abs(grid.bpm - BPM) < 0.05
        lies = LEAD_S
        if name in COUNTED:
            lies += begins_at_s(undone(folder / name, COUNTED[name][place]))
        elif name == "song.m4a" and format == "rekordbox":
            lies += begins_at_s(undone(folder / name, False))
        assert near_beat(grid.start_s, lies) < 0.005, (format, grid.start_s, lies)
        # Taken back to our clock, both are where they were.
        back = moved(entry.cues, -ahead_s(folder / name, *kind(name), str(wanted.format.clock)))
        assert near_beat(back[0].start_s, heard.beat_offset_s) < 0.0001
        assert abs(back[1].start_s - 2.0) < 0.0001
        plain = export.wish(format, program_times=False)
        document = b"".join(export.of_tracks(database, caller, "x", [track_id], plain).pieces)
        (entry,) = FORMATS[format].read(io.BytesIO(document)).tracks
        assert abs(entry.cues[0].start_s - heard.beat_offset_s) < 0.00001 and entry.cues[1].start_s == 2.0


def near_beat(time_s: float, beat_s: float) -> float:
    """How far a time is from the grid through `beat_s`."""
    length = 60 / BPM
    away = (time_s - beat_s) % length
    return min(away, length - away)


def kind(name: str) -> tuple[str, str]:
    suffix = name.rpartition(".")[2]
    return suffix, "aac" if suffix == "m4a" else suffix


def in_library(database: Database, folder: Path, name: str, heard: Any) -> tuple[str, Any]:
    with database.write() as uow:
        rows = Rows(uow)
        library = rows.library()
        from resonance.db.tables.library import library as table
        from resonance.library import traits

        uow.execute(table.update().values(path=str(folder)))
        caller = rows.user("ada", role=Role.ADMIN)
        format, codec = kind(name)
        track = rows.track("Song")
        carrier = rows.carrier(track, library, path=name, format=format, codec=codec)
        columns = heard.columns()
        rows.insert(features, track_id=track, carrier_id=carrier, etag="x", analysed_at=1, **columns)
        traits.refresh(uow, [track])
    return track, caller


def test_what_would_lie_before_the_start() -> None:
    marks = (
        Cue(kind="cue", start_s=0.01, number=0),
        Cue(kind="grid", start_s=0.01, bpm=120.0, beat=1, beats=4),
        Cue(kind="loop", start_s=0.0, end_s=2.0),
    )
    cue, grid, loop = moved(marks, -0.05)
    assert cue.start_s == 0 and (loop.start_s, loop.end_s) == (0, 1.95)
    assert abs(grid.start_s - 0.46) < 1e-9 and grid.beat == 2
    assert moved(marks, 0.0) is marks


def test_an_unreadable_file_is_counted_as_we_do(tmp_path: Path) -> None:
    assert ahead_s(tmp_path / "gone.mp3", "mp3", "mp3", "rekordbox") == 0
    (tmp_path / "no.mp3").write_bytes(b"no frames here")
    assert ahead_s(tmp_path / "no.mp3", "mp3", "mp3", "traktor") == 0


def test_an_empty_crate_is_a_whole_document() -> None:
    for format in ("rekordbox", "nml"):
        crate = FORMATS[format].read(io.BytesIO(b"".join(FORMATS[format].write(Crate([], 0)))))
        assert (list(crate.tracks), crate.playlists) == ([], ())
