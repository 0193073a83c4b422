"""Where a server's files lie on this machine: a remote folder stands for a local one."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from resonance.core.errors import Invalid

MOST = 20
Mapping = tuple[str, str]  # remote folder, local folder


def decode(text: str) -> list[Mapping]:
    """As stored."""
    return [(str(one), str(two)) for one, two in json.loads(text or "[]")]


def checked(given: Sequence[Mapping]) -> list[Mapping]:
    """Mappings that can be kept. Invalid (field mappings) when a local folder is not there."""
    if len(given) > MOST:
        raise Invalid(f"Up to {MOST} folders can be mapped.", field="mappings")
    found: list[Mapping] = []
    for remote, local in given:
        far, near = remote.strip().replace("\\", "/").rstrip("/"), local.strip()
        if not far or "\0" in far + near or not os.path.isabs(near):
            raise Invalid(
                "Give the folder on the server and the full path of the same one here.", field="mappings"
            )
        if not Path(near).is_dir():
            raise Invalid(f"The folder {near} is not there.", field="mappings")
        found.append((far, os.path.normpath(near)))
    return found


def local_path(mappings: Sequence[Mapping], root: str, path: str) -> Path | None:
    """Where the file would lie; None when no mapping is for it or the path leads out of the local folder."""
    whole = path if path.startswith("/") else f"{root.rstrip('/')}/{path}"
    whole = whole.replace("\\", "/")
    for far, near in sorted(mappings, key=lambda pair: -len(pair[0])):
        if whole == far or not whole.startswith(f"{far}/"):
            continue
        found = Path(near, whole[len(far) + 1 :])
        if ".." in found.parts:
            return None
        return found
    return None


def present(found: Path | None, mappings: Sequence[Mapping], size: int | None) -> Path | None:
    """The file if it is there, of the size the server tells, and inside its mapped folder."""
    if found is None:
        return None
    try:
        real, stat = found.resolve(strict=True), found.stat()
    except OSError:
        return None
    inside = any(real.is_relative_to(Path(near).resolve()) for _, near in mappings)
    return found if inside and (not size or stat.st_size == size) else None
