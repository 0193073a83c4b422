"""What a person, a device and a label may be called."""

from __future__ import annotations

import unicodedata

from resonance.core.errors import Invalid
from resonance.core.text import fold

LONGEST = 64


def user_name(given: str) -> tuple[str, str]:
    """(name as shown, folded name that must be unique). Invalid unless 1-64 visible characters."""
    name = unicodedata.normalize("NFC", given).strip()
    if not 1 <= len(name) <= LONGEST:
        raise Invalid(f"A name has 1 to {LONGEST} characters.", field="name")
    if any(c != " " and unicodedata.category(c)[0] in "CZ" for c in name):
        raise Invalid("A name has only visible characters.", field="name")
    return name, folded(name)


def folded(name: str) -> str:
    """The form in which names are compared; names made only of symbols keep them."""
    # Half surrogate pairs and NUL come from broken clients and do not fit into every database.
    text = name.encode("utf-8", "replace").decode().replace("\0", "")
    return fold(text) or unicodedata.normalize("NFC", text).strip().casefold()


def plain(text: str, longest: int) -> str:
    """`text` on one line without control characters, cut to `longest`. For what clients call themselves."""
    shown = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(shown.split())[:longest].strip()


def label(given: str) -> str:
    """A label that a person chose for a device or key. Invalid when nothing visible is left."""
    text = plain(given, LONGEST)
    if not text:
        raise Invalid("Give it a label, such as the name of the device.", field="label")
    return text


def device(given: str | None, user_agent: str) -> str:
    """A name for a session: the one given, else a guess such as "Firefox on Linux"."""
    named = plain(given or "", LONGEST)
    if named:
        return named
    browsers = (
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    )
    browser = next((shown for mark, shown in browsers if mark in user_agent), None)
    system = next((shown for mark, shown in systems if mark in user_agent), None)
    if browser and system:
        return f"{browser} on {system}"
    return plain(user_agent.partition("/")[0], LONGEST) or "Unknown device"
