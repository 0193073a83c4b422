"""Making the demo library: sound, files, tags, covers, manifest."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from resonance.audio.ffmpeg import find_ffmpeg
from resonance.core.errors import Unavailable
from resonance.demo.plan import ALBUMS, DemoTrack, plan

MANIFEST = "resonance-demo.json"
VERSION = 1  # of the generator: a new one makes old demo libraries be made again

_ENCODERS = {
    "mp3": ["-c:a", "libmp3lame", "-b:a", "192k"],
    "flac": ["-c:a", "flac", "-compression_level", "5"],
    "opus": ["-c:a", "libopus", "-b:a", "112k"],
    "m4a": ["-c:a", "aac", "-b:a", "160k", "-movflags", "+faststart"],
}

Progress = Callable[[int, int, str], None]


def generate(
    out: Path,
    seed: int = 1,
    tracks: int = 30,
    on_progress: Progress | None = None,
    *,
    ffmpeg: str | None = None,
) -> list[DemoTrack]:
    """Write the library below `out` and answer what was written; `on_progress(done, total, title)`.

    Same seed: same sound and tags, to the sample (encoded bytes may differ between versions of ffmpeg).
    A complete library of the same seed and size is left as it is. Raises Unavailable without ffmpeg.
    """
    planned = plan(seed, tracks)
    program = find_ffmpeg(ffmpeg)
    if _is_complete(out, seed, planned):
        return planned
    out.mkdir(parents=True, exist_ok=True)
    _folder_covers(out, seed, planned)
    done = 0
    # Fresh processes: the caller may run threads, which do not survive a fork.
    workers = max(1, min(len(planned), os.cpu_count() or 1, 4))
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        for track in pool.map(_make, [(str(out), program, seed, track) for track in planned]):
            done += 1
            if on_progress:
                on_progress(done, len(planned), track.title)
    _write_manifest(out, seed, planned)
    return planned


def read_manifest(out: Path) -> dict[str, Any] | None:
    """The manifest of an existing demo library: {version, seed, tracks: [...]}; None when there is none."""
    try:
        found = json.loads((out / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _is_complete(out: Path, seed: int, planned: list[DemoTrack]) -> bool:
    manifest = read_manifest(out)
    if manifest is None or (manifest.get("version"), manifest.get("seed")) != (VERSION, seed):
        return False
    paths = [entry.get("path") for entry in manifest.get("tracks", [])]
    return paths == [track.path for track in planned] and all(
        (out / track.path).is_file() for track in planned
    )


def _write_manifest(out: Path, seed: int, planned: list[DemoTrack]) -> None:
    content = {"version": VERSION, "seed": seed, "tracks": [track.as_json() for track in planned]}
    partial = out / (MANIFEST + ".part")
    partial.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    partial.replace(out / MANIFEST)


def _folder_covers(out: Path, seed: int, planned: list[DemoTrack]) -> None:
    from resonance.demo.covers import cover

    for track in {t.album_index: t for t in planned if t.folder_cover}.values():
        folder = (out / track.path).parent
        if track.disc_total > 1:
            folder = folder.parent
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "cover.jpg").write_bytes(cover(track.album_index, seed))


def _make(job: tuple[str, str, int, DemoTrack]) -> DemoTrack:
    """One track, in a worker process."""
    from resonance.demo.arrange import render
    from resonance.demo.covers import cover
    from resonance.demo.tagging import tag

    out, program, seed, track = job
    path = Path(out) / track.path
    path.parent.mkdir(parents=True, exist_ok=True)
    encode(program, pcm(render(track), track), path, track.format)
    tag(path, track, cover(track.album_index, seed) if track.embedded_cover else None)
    return track


def pcm(sound: Any, track: DemoTrack) -> bytes:
    """Interleaved 16-bit little-endian samples, dithered."""
    import numpy as np

    rng = np.random.default_rng([*track.seed, 2])
    dither = rng.random(sound.shape, np.float32) - rng.random(sound.shape, np.float32)
    scaled = np.rint(sound * np.float32(32_767) + dither).clip(-32_768, 32_767)
    return bytes(scaled.astype("<i2").T.tobytes())


def encode(program: str, samples: bytes, path: Path, audio_format: str) -> None:
    """Stereo 44.1 kHz PCM into a file without tags. Raises Unavailable with ffmpeg's last words."""
    partial = path.with_name(path.name + ".part")
    container = {"m4a": "ipod", "opus": "opus"}.get(audio_format, audio_format)
    command = [
        program,
        "-nostdin",
        "-hide_banner",
        "-v",
        "error",
        "-y",
        "-f",
        "s16le",
        "-ar",
        "44100",
        "-ac",
        "2",
        "-i",
        "pipe:0",
        "-map_metadata",
        "-1",
        "-fflags",
        "+bitexact",
        "-flags:a",
        "+bitexact",
        "-threads",
        "1",
        *_ENCODERS[audio_format],
        "-f",
        container,
        f"file:{partial}",
    ]
    command.remove("-nostdin")  # the samples come in there
    done = subprocess.run(command, input=samples, capture_output=True, check=False)
    if done.returncode:
        partial.unlink(missing_ok=True)
        words = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        raise Unavailable("ffmpeg", f"ffmpeg could not write {path.name}: {words[-1]}")
    partial.replace(path)


def album_count() -> int:
    """How many albums the whole demo library has."""
    return len(ALBUMS)
