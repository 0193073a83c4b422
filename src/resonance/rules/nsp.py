"""Navidrome's smart playlists (.nsp): read and written without loss.

What means nothing here is kept in `Rule.kept["nsp"]` and named, and stands in its place again when the rule
is written; so does what Navidrome spells in several ways. What Navidrome cannot say goes into the file under
"resonance", which Navidrome passes over: read again here, the rule is the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any as Json

from resonance.core.errors import Invalid
from resonance.rules import nsp_file, tree
from resonance.rules.nsp_reading import OWN, read_document
from resonance.rules.nsp_writing import kept_of, written
from resonance.rules.tree import Rule

_ORDER = ("name", "comment", "public", "all", "any", "sort", "order", "limit")


def read(file: str | bytes) -> tuple[Rule, list[str]]:
    """The rule of a file, and what of the file means nothing here. Invalid for what is no .nsp."""
    document = nsp_file.document(file)
    if OWN in document and (rule := _own(document)) is not None:
        return rule, []
    return read_document(document)


def write(
    rule: Rule, *, name: str | None = None, comment: str | None = None, public: bool | None = None
) -> tuple[str, list[str]]:
    """The text of a file, and what of the rule Navidrome will not see."""
    document, lost = written(rule)
    given = {"name": name, "comment": comment, "public": public}
    document |= {key: value for key, value in given.items() if value is not None}
    if lost or not _says(document, rule):
        document[OWN] = {"rule": tree.to_json(replace(rule, kept=None))}
    first = {key: document[key] for key in _ORDER if key in document}
    return json.dumps(first | document, ensure_ascii=False, indent=2) + "\n", lost


def _says(document: dict[str, Json], rule: Rule) -> bool:
    try:
        return replace(read_document(document)[0], kept=None) == replace(rule, kept=None)
    except Invalid:  # Navidrome knows no rule without conditions
        return False


def heading(rule: Rule) -> Mapping[str, Json]:
    """What the file said beside the rule: its name, comment, public."""
    return dict(kept_of(rule).get("document", {}))


def _own(document: dict[str, Json]) -> Rule | None:
    """The rule that we wrote beside, where the file still says the same."""
    try:
        rule = tree.from_json(document[OWN]["rule"])
    except (Invalid, KeyError, TypeError):
        return None
    said, _ = written(rule)
    rules = ("all", "any", "sort", "order", "limit")
    if {key: document.get(key) for key in rules} != {key: said.get(key) for key in rules}:
        return None
    beside = {key: value for key, value in document.items() if key not in (*rules, OWN)}
    return replace(rule, kept={"nsp": {"document": beside}}) if beside else rule
