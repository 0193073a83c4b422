"""The order and the end of a list in an .nsp file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any as Json

from resonance.core.errors import Invalid
from resonance.rules import tree
from resonance.rules.fields import FIELDS, RANDOM
from resonance.rules.nsp_words import NAMES
from resonance.rules.tree import Limit, Rule, Sort

_TITLE = (Sort("title"),)  # Navidrome's order where a file says none


def read_sorts(beside: Mapping[str, Json]) -> tuple[tuple[Sort, ...], list[str]]:
    """The order that a file says, and what of it means nothing here."""
    text, order = beside.get("sort") or "", beside.get("order") or ""
    strange: list[str] = []
    if not isinstance(text, str) or not isinstance(order, str):
        return _TITLE, ["sort: this is no text"]
    found: list[Sort] = []
    for part in (piece.strip() for piece in text.split(",")):
        if not part:
            continue
        name = part.lstrip("+-").strip().lower()
        field = FIELDS.get(NAMES.get(name, ""))
        if name != RANDOM and (field is None or not field.sortable):
            strange.append(f"sort: {part[:60]}")
            continue
        down = part.startswith("-") != (order.strip().lower() == "desc")
        found.append(Sort(RANDOM if field is None else field.name, down))
    if order.strip().lower() not in ("", "asc", "desc"):
        strange.append(f"order: {order[:60]}")
    return tuple(found[: tree.MAX_SORTS]) or _TITLE, strange


def read_limit(beside: Mapping[str, Json]) -> tuple[Limit | None, list[str]]:
    """The end that a file says, and what of it means nothing here."""
    amount = beside.get("limit")
    if amount in (None, 0):
        return None, []
    try:
        return tree.limit({"tracks": amount}), []
    except Invalid as fault:
        return None, [f"limit: {fault.message}"]


def write_sorts(rule: Rule, lost: list[str]) -> dict[str, Json]:
    """An order as a file says it; `lost` gains what it cannot say."""
    parts: list[tuple[str, bool]] = []
    for sort in rule.sort:
        name = RANDOM if sort.by == RANDOM else FIELDS[sort.by].nsp
        if name is None:
            lost.append(f"sort {sort.by} has no counterpart")
        else:
            parts.append((name, sort.descending))
    if len(parts) == 1:
        return {"sort": parts[0][0], "order": "desc" if parts[0][1] else "asc"}
    return {"sort": ",".join(("-" if down else "") + name for name, down in parts)} if parts else {}


def same(one: Json, other: Json) -> bool:
    """Whether two are the same JSON: 1 is not true there."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
