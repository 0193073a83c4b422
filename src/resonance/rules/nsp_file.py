"""The JSON of an .nsp file, which may have comments and come in several encodings."""

from __future__ import annotations

import json
import re
from typing import Any as Json

from resonance.core.errors import Invalid

LONGEST = 500_000  # characters
_COMMENT_OR_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"?|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)


def document(file: str | bytes) -> dict[str, Json]:
    """What a file says. Raises Invalid for what is no JSON object, or cannot be stored."""
    text = _decoded(file) if isinstance(file, bytes) else file.removeprefix("\ufeff")
    if len(text) > LONGEST:
        raise Invalid(f"A file may have up to {LONGEST} characters.", field="nsp", code="nsp")
    try:
        found = json.loads(_uncommented(text), parse_constant=_no_constant)
        json.dumps(found, allow_nan=False, ensure_ascii=False).encode()  # as it will be stored
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        says = fault.msg.removesuffix(" at")
        raise Invalid(f"This is no valid JSON ({where}): {says}.", field="nsp", code="nsp") from None
    except (RecursionError, ValueError):
        raise Invalid("This is no valid JSON for a rule.", field="nsp", code="nsp") from None
    if not isinstance(found, dict):
        raise Invalid("A smart playlist is a JSON object.", field="nsp", code="nsp")
    return found


def _no_constant(name: str) -> Json:
    raise ValueError(name)


def _decoded(data: bytes) -> str:
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    coding = next((name for mark, name in marks.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(coding)
    except UnicodeDecodeError:
        raise Invalid("This is no text in UTF-8 or UTF-16.", field="nsp", code="nsp") from None


def _uncommented(text: str) -> str:
    """Comments as blanks, so that places in the text stay right."""

    def blank(found: re.Match[str]) -> str:
        return found[0] if found[0].startswith('"') else re.sub(r"[^\n]", " ", found[0])

    return _COMMENT_OR_TEXT.sub(blank, text)
