"""Write docs/settings.md and .env.example from the settings themselves; a test keeps them in step."""

from __future__ import annotations

import sys
import types
import typing
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from resonance.settings import Settings

ROOT = Path(__file__).parent.parent

HEAD = """# Settings

Every setting is an environment variable. A TOML file can hold the same names in lower case: name it in
`RESONANCE_CONFIG`. The environment wins. Lists are comma-separated. A wrong value stops the start; all wrong
values are named at once.

`MUSIC_LIBRARY_PATH`, `DATA_DIR`, `PORT` and `HOST` are enough for most machines.

| Setting | Default | Meaning |
|---|---|---|
"""


def default(name: str, field: FieldInfo) -> str:
    """The default as a person writes it."""
    if name == "data_dir":
        return "`~/.local/share/resonance`"
    value = field.default
    if value is None or value is PydanticUndefined or value == ():
        return ""
    if isinstance(value, tuple):
        return f"`{','.join(value)}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`"


def choices(annotation: Any) -> str:
    """ " One of a, b." where the type is a choice."""
    if typing.get_origin(annotation) is Literal:
        return " One of: " + ", ".join(f"`{word}`" for word in typing.get_args(annotation)) + "."
    return ""


def secret(annotation: Any) -> bool:
    """Whether the value must stay out of logs."""
    parts = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    return SecretStr in parts


def settings_page() -> str:
    """docs/settings.md."""
    rows = []
    for name, field in Settings.model_fields.items():
        meaning = (field.description or "") + choices(field.annotation)
        meaning += " Never logged." if secret(field.annotation) else ""
        rows.append(f"| `{name.upper()}` | {default(name, field)} | {meaning} |")
    return HEAD + "\n".join(rows) + "\n"


def env_example() -> str:
    """.env.example: every setting, commented out at its default."""
    lines = ["# Copy to .env and uncomment what you change. Explained in docs/settings.md.", ""]
    for name, field in Settings.model_fields.items():
        lines += [f"# {field.description}", f"# {name.upper()}={default(name, field).strip('`')}", ""]
    return "\n".join(lines)


PAGES = {"docs/settings.md": settings_page, ".env.example": env_example}


def main() -> int:
    """Write the pages; with --check only say which are behind."""
    behind = [name for name, make in PAGES.items() if not _same(ROOT / name, make())]
    if "--check" in sys.argv:
        print("\n".join(f"{name} is behind the code; run `make docs`" for name in behind))
        return 1 if behind else 0
    for name in behind:
        (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


def _same(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    raise SystemExit(main())
