"""Text that people type, checked once before it is kept."""

from __future__ import annotations

import unicodedata

from resonance.core.errors import Invalid

_KEPT = {"\n", "\t"}


def one_line(value: str, *, field: str, longest: int, blank: bool = False) -> str:
    """`value` with runs of white space made one. Invalid when too long, or empty without `blank`."""
    text = " ".join(_printable(value).split())
    return _sized(text, field, longest, blank)


def lines(value: str, *, field: str, longest: int) -> str:
    """`value` with its line breaks, trimmed. Invalid when too long."""
    text = _printable(value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return _sized(text, field, longest, blank=True)


def _printable(value: str) -> str:
    # Control characters have no place in names; NUL and lone surrogates cannot even be stored everywhere.
    return "".join(
        letter for letter in value if letter in _KEPT or unicodedata.category(letter) not in ("Cc", "Cs")
    )


def _sized(text: str, field: str, longest: int, blank: bool) -> str:
    if len(text) > longest:
        raise Invalid(f"This may have up to {longest} characters.", field=field)
    if not text and not blank:
        raise Invalid("This must not be empty.", field=field)
    return text
