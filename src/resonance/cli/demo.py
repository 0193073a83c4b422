"""`resonance demo`: synthesise the demo library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def demo(
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to fill; DATA_DIR/demo without it.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same music.")] = 1,
    tracks: Annotated[int, typer.Option("--tracks", min=1, max=200, help="How many tracks.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make about thirty short tracks with known tempo, key and loudness."""
    from resonance import settings as configuration

    settings = configuration.load()
    folder = out or settings.data_dir / "demo"
    count = make(folder, settings.ffmpeg_path, seed=seed, tracks=tracks, quiet=as_json)
    if as_json:
        print(json.dumps({"folder": str(folder), "tracks": count}))
    else:
        print(f"{count} tracks are in {folder}")


def make(folder: Path, ffmpeg: Path | None, *, seed: int = 1, tracks: int = 30, quiet: bool = False) -> int:
    """Fill `folder`, with a bar on a terminal; how many tracks it holds."""
    from rich.console import Console
    from rich.progress import Progress

    from resonance.demo.generate import generate

    with Progress(transient=True, disable=quiet, console=Console(stderr=True)) as bar:
        task = bar.add_task("Making music", total=tracks)
        made = generate(
            folder,
            seed,
            tracks,
            on_progress=lambda done, total, _title: bar.update(task, completed=done, total=total),
            ffmpeg=str(ffmpeg) if ffmpeg else None,
        )
    return len(made)
