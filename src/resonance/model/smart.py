"""What every surface shows of rules. A rule is JSON as in rules.tree."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from resonance.model.catalogue import TrackItem
from resonance.model.playlist import PlaylistItem


class RulePreview(Struct, frozen=True, kw_only=True):
    """What a rule finds right now: `count` tracks match, `kept` of them are in the list, for `duration_s`.

    `names` says what ids in the rule are called. `unknown` is what an .nsp said that means nothing here.
    """

    count: int
    kept: int
    duration_s: float
    rule: dict[str, Any]
    sentence: str
    text: str
    names: dict[str, str]
    unknown: list[str]
    items: list[TrackItem]
    took_ms: float


class PlaylistRule(Struct, frozen=True, kw_only=True):
    """The rule that a playlist follows, as JSON, as it is typed and in plain English.

    `not_in_nsp`: what of it Navidrome would not see in the .nsp file.
    """

    rule: dict[str, Any]
    sentence: str
    text: str
    names: dict[str, str]
    not_in_nsp: list[str]


class RuleFieldItem(Struct, frozen=True, kw_only=True):
    """A field that rules may ask about. `suggests`: the library's values of it can be asked for."""

    name: str
    label: str
    kind: str
    group: str
    operators: list[str]
    unit: str | None
    nsp: str | None
    personal: bool
    sortable: bool
    suggests: bool


class RuleSuggestion(Struct, frozen=True):
    """A value that the library has, and on how many tracks where that is cheap to know."""

    value: str
    tracks: int | None = None


class NspImport(Struct, frozen=True):
    """A playlist made of an .nsp file, and what of it means nothing here (it is kept for the export)."""

    playlist: PlaylistItem
    unknown: list[str]
