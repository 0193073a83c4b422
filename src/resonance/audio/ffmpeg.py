"""Where ffmpeg is, and what it said at its end."""

from __future__ import annotations

import os
import shutil
from typing import IO

from resonance.core.errors import Unavailable

# Said after it has already said why.
_EMPTY_WORDS = ("Error marking filters", "Conversion failed", "Nothing was written")


def find_ffmpeg(setting: str | None = None) -> str:
    """The configured program, else the one on PATH, else the one of the imageio-ffmpeg package.

    Raises Unavailable with a sentence that says what to install.
    """
    if setting:
        found = shutil.which(os.path.expanduser(setting))  # noqa: PTH111 - may be a bare command name
        if not found:
            raise Unavailable("ffmpeg", f"The configured ffmpeg {setting!r} is not an executable program.")
        return found
    if found := shutil.which("ffmpeg"):
        return found
    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        return str(get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        raise Unavailable(
            "ffmpeg", "ffmpeg was not found. Install it (apt install ffmpeg, or pip install imageio-ffmpeg)."
        ) from None


def last_words(said: IO[bytes], path: str) -> str:
    """The line that tells why it failed, of what it `said` about the file at `path`; without the path.

    Where files lie is the server's own business.
    """
    said.seek(max(0, os.fstat(said.fileno()).st_size - 4_096))
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    telling = [line for line in lines if not line.startswith(_EMPTY_WORDS)] or lines
    return telling[-1].replace(path, "the file")[:300] if telling else "no message"
