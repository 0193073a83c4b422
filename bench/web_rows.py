"""The database of a big library without files: `python bench/web_rows.py FILE [--tracks 200000]`.

`web/e2e/speed/lists.test.mjs` starts a server over it, to look at lists. Nothing is done when FILE is there.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from catalogue_rows import Synthesis

from resonance.db import migrate
from resonance.db.engine import Database


def main() -> None:
    """Make it under another name first: a half-made one is never taken for whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--tracks", type=int, default=200_000)
    options = parser.parse_args()
    if options.file.exists():
        return
    options.file.parent.mkdir(parents=True, exist_ok=True)
    making = options.file.with_suffix(".making")
    making.unlink(missing_ok=True)
    database = Database(f"sqlite:///{making}")
    migrate.upgrade(database)
    Synthesis(1).fill(database, options.tracks)
    database.close()
    making.rename(options.file)


if __name__ == "__main__":
    main()
