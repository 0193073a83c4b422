"""Where ffmpeg is."""

from __future__ import annotations

import os
import shutil

from resonance.core.errors import Unavailable


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
