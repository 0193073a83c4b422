"""The XML form of the typed model, derived from its types.

A scalar field becomes an attribute, a struct a child element, a list repeated child elements. A struct names
in TEXT the field that is its text, and in ELEMENTS the scalars that are child elements. None is left out.
`plain` leaves out the child elements in BEYOND, which OpenSubsonic added to what was empty before: apps from
before it (Clementine) give up at an element they do not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

Write = Callable[[Any, list[str]], None]

_TO_ESCAPE = re.compile('[&<>"\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


def escape(text: str) -> str:
    """Text safe in attributes and elements; characters that XML 1.0 cannot carry are dropped."""
    if _TO_ESCAPE.search(text) is None:
        return text
    return _TO_ESCAPE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if "\x7f" <= character <= "\x9f":
        return f"&#{ord(character)};"
    return _ESCAPES.get(character, "")


def scalar(value: object) -> str:
    """A str, bool, int or float as XML text."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def element(name: str, value: object, *, plain: bool = False) -> str:
    """`value` (a struct, a list of them, or a scalar) as element `name`, repeated for each item of a list."""
    out: list[str] = []
    _write(value, name, plain, out)
    return "".join(out)


@cache
def _writer(struct: type[msgspec.Struct], name: str, plain: bool) -> Write:
    """A function that appends one `struct` as element `name`; made once for each pair."""
    text_field = getattr(struct, "TEXT", None)
    as_elements: frozenset[str] = getattr(struct, "ELEMENTS", frozenset())
    left_out: frozenset[str] = getattr(struct, "BEYOND", frozenset()) if plain else frozenset()
    attributes: list[tuple[str, str]] = []
    children: list[tuple[str, str]] = []
    hints = get_type_hints(struct)
    for field in msgspec.structs.fields(struct):
        if field.name == text_field or field.name in left_out:
            continue
        simple = _is_scalar(hints[field.name]) and field.name not in as_elements
        if simple:
            attributes.append((field.name, f' {field.encode_name}="'))
        else:
            children.append((field.name, field.encode_name))

    def write(item: Any, out: list[str]) -> None:
        out.append(f"<{name}")
        for attribute, opening in attributes:
            value = getattr(item, attribute)
            if value is not None:
                out.append(opening)
                out.append(escape(value) if type(value) is str else scalar(value))
                out.append('"')
        mark = len(out)
        out.append(">")
        if text_field is not None:
            out.append(scalar(getattr(item, text_field)))
        for child, tag in children:
            value = getattr(item, child)
            if value is not None:
                _write(value, tag, plain, out)
        if len(out) == mark + 1:
            out[mark] = "/>"
        else:
            out.append(f"</{name}>")

    return write


def _write(value: Any, tag: str, plain: bool, out: list[str]) -> None:
    for item in value if isinstance(value, list | tuple) else (value,):
        if isinstance(item, msgspec.Struct):
            _writer(type(item), tag, plain)(item, out)
        else:
            out.append(f"<{tag}>{scalar(item)}</{tag}>")


def _is_scalar(hint: Any) -> bool:
    if get_origin(hint) in (Union, UnionType):
        return all(_is_scalar(part) for part in get_args(hint) if part is not NoneType)
    return hint in (str, int, float, bool)
