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
    from resonance.demo import generate as generator

    folder = out or configuration.load().data_dir / "demo"
    if as_json:
        made = generator.generate(folder, seed, tracks)
        print(json.dumps({"folder": str(folder), "tracks": len(made)}))
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task("Making music", total=tracks)
        made = generator.generate(
            folder,
            seed,
            tracks,
            on_progress=lambda done, total, _: bar.update(task, completed=done, total=total),
        )
    print(f"{len(made)} tracks are in {folder}")
