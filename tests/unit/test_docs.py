"""Documentation under test."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TEXTS = [text for folder in ("*.md", "docs/**/*.md", "web/*.md", "bench/*.md") for text in ROOT.glob(folder)]


def test_the_generated_pages_are_in_step() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/write_docs.py", "--check"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_relative_link_leads_somewhere() -> None:
    dead = [
        f"{text.relative_to(ROOT)} -> {target}"
        for text in TEXTS
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text.read_text(encoding="utf-8"))
        if not (text.parent / target).exists()
    ]
    assert dead == []


def test_every_make_target_named_in_a_text_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {
        name for text in TEXTS for name in re.findall(r"`make ([a-z-]+)", text.read_text(encoding="utf-8"))
    }
    assert named <= targets


def test_lock_files_name_no_address() -> None:
    locks = [*(ROOT / "requirements").glob("*.lock"), ROOT / "web/package-lock.json"]
    with_address = [lock.name for lock in locks if re.search(r"https?://", _dependencies(lock))]
    assert with_address == []


def _dependencies(lock: Path) -> str:
    """The lock without npm's funding notes, which are addresses of projects, not of a registry."""
    text = lock.read_text(encoding="utf-8")
    return re.sub(r'"funding": (\{[^}]*\}|\[[^\]]*\]|"[^"]*"),?', "", text)
