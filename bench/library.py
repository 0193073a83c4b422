"""The bench's library of tagged files: made once, the same for the same size and seed.

A few dozen clips of 1.5 s a format are encoded with ffmpeg; each file is a copy of one with tags of its own. That
flatters every scanner whose tag reader walks frames: say so beside a figure. One noise FLAC of 30 MiB is added for
throughput.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from bench import library_tags
from bench.library_plan import FORMATS, Album, Planner

CLIPS = 24
SECONDS = 1.5
LONG_TITLE, LONG_SECONDS = "Resonance Bench Noise", 180
LONG_FILE = Path("Bench/2001 - Noise/01 Noise.flac")
SUFFIXES = {".mp3", ".flac", ".ogg", ".opus", ".m4a", ".wav"}
_ENCODERS = {
    "mp3": "-c:a libmp3lame -b:a 64k",
    "flac": "-c:a flac",
    "ogg": "-c:a libvorbis -q:a 0",
    "opus": "-c:a libopus -b:a 32k",
    "m4a": "-c:a aac -b:a 48k -movflags +faststart",
}
_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|\0', "_"))


def prepared(cache: Path, files: int, seed: int) -> Path:
    """The folder of the library, made when it is not there yet."""
    folder = cache / f"library-{files}-{seed}"
    if folder.is_dir():
        return folder
    if shutil.which("ffmpeg") is None:
        sys.exit("bench: the library is made with ffmpeg, which is not installed")
    print(f"making a library of {files} files, once: {folder}", flush=True)
    unfinished = folder.with_name(folder.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    make(unfinished, files, seed)
    unfinished.rename(folder)
    return folder


def audio_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def make(folder: Path, files: int, seed: int) -> None:
    albums = Planner(files, seed).plan()
    with tempfile.TemporaryDirectory() as name:
        clips = Path(name)
        encode_clips(clips)
        with ProcessPoolExecutor() as pool:
            list(
                pool.map(partial(write_album, clips, seed), albums_with_folders(folder, albums), chunksize=8)
            )
    long = folder / LONG_FILE
    long.parent.mkdir(parents=True)
    tags = {"title": LONG_TITLE, "artist": "Bench", "album": "Noise", "date": "2001"}
    options = [option for key, value in tags.items() for option in ("-metadata", f"{key}={value}")]
    sound = f"anoisesrc=d={LONG_SECONDS}:r=44100:seed={seed}"
    ffmpeg("-i", sound, "-ac", "2", "-sample_fmt", "s16", *options, str(long))
    (folder / ".bench.json").write_text(
        json.dumps({"files": files + 1, "seed": seed, "albums": len(albums) + 1})
    )


def encode_clips(folder: Path) -> None:
    for kind in FORMATS:
        for number in range(CLIPS):
            tone = f"0.3*sin({200 + 31 * number}*2*PI*t)+0.02*sin({8000 + 61 * number}*2*PI*t)"
            source = f"aevalsrc={tone}:d={SECONDS + number * 0.01}:s=44100"
            exact = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")
            ffmpeg("-i", source, *exact, *_ENCODERS[kind].split(), str(folder / f"{number}.{kind}"))


def ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", *arguments], check=True)


def albums_with_folders(root: Path, albums: list[Album]) -> list[tuple[Path, Album]]:
    taken: set[Path] = set()
    placed = []
    for album in albums:
        folder = root / safe(album.artist) / safe(f"{album.date[:4]} - {album.title}")
        if folder in taken:
            folder = folder.with_name(f"{folder.name} [{album.number}]")
        taken.add(folder)
        placed.append((folder, album))
    return placed


def safe(name: str) -> str:
    return name.translate(_FORBIDDEN).strip(". ")[:90] or "_"


def write_album(clips: Path, seed: int, placed: tuple[Path, Album]) -> None:
    folder, album = placed
    cover = png(random.Random(seed * 1_000_003 + album.number)) if album.cover != "none" else None
    folder.mkdir(parents=True)
    if cover and album.cover != "embedded":
        (folder / "cover.png").write_bytes(cover)
    for track in album.tracks:
        inside = folder / f"Disc {track.disc}" if album.discs > 2 else folder
        inside.mkdir(exist_ok=True)
        path = inside / f"{safe(f'{track.disc}-{track.number:02} {track.title}')}.{album.format}"
        clip = (album.number * 7 + track.disc * 5 + track.number) % CLIPS
        shutil.copyfile(clips / f"{clip}.{album.format}", path)
        library_tags.write(path, album, track, cover if album.cover in ("embedded", "both") else None)
        if track.lyrics == "file":
            path.with_suffix(".lrc").write_text(library_tags.lrc(track))
        os.utime(path, (1_600_000_000 + album.number,) * 2)


def png(dice: random.Random, side: int = 300) -> bytes:
    """A picture of a few tens of KiB: a gradient with stripes of noise."""
    colour = dice.randbytes(3)
    rows = bytearray()
    for y in range(side):
        plain = bytes(((colour[0] + y) % 256, colour[1], colour[2])) * side
        rows += b"\0" + (dice.randbytes(side * 3) if y % 6 == 0 else plain)
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
