"""Rules in the forms that people and files have for them."""

from __future__ import annotations

from resonance.core.errors import Invalid
from resonance.model.smart import RuleFieldItem
from resonance.playlists.rule_values import SUGGESTS
from resonance.rules import nsp, sentence, text
from resonance.rules.fields import FIELDS
from resonance.rules.tree import Rule, from_json


def fields() -> list[RuleFieldItem]:
    """Every field that a rule may ask about."""
    return [
        RuleFieldItem(
            name=field.name,
            label=field.label,
            kind=field.kind,
            group=field.group,
            operators=list(field.operators),
            unit=field.unit,
            nsp=field.nsp,
            personal=field.personal,
            sortable=field.sortable,
            suggests=field.name in SUGGESTS,
        )
        for field in FIELDS.values()
    ]


def given(
    *, rule: object = None, typed: str | None = None, file: str | None = None
) -> tuple[Rule, list[str]]:
    """The rule of the one form that is given, and what of a file means nothing here.

    Invalid for none or several, and for what cannot be read.
    """
    if sum(one is not None for one in (rule, typed, file)) != 1:
        raise Invalid("Give a rule, its text or an .nsp file, one of them.", field="rule")
    if file is not None:
        return nsp.read(file)
    if typed is not None:
        return text.parse(typed), []
    return from_json(rule, path="rule"), []


def told(rule: Rule, names: dict[str, str]) -> tuple[str, str]:
    """The rule in plain English and as it is typed. `names`: what ids in it are called."""
    return sentence.sentence(rule, names), text.write(rule)


def nsp_file(rule: Rule, name: str, comment: str, *, public: bool) -> tuple[str, list[str]]:
    """The rule as an .nsp file, and what of it Navidrome will not see."""
    return nsp.write(rule, name=name, comment=comment, public=public)


def nsp_heading(rule: Rule) -> tuple[str, str, bool]:
    """Name, comment and public, as the file said that the rule came from; "" and False otherwise."""
    said = nsp.heading(rule)
    name, comment = said.get("name"), said.get("comment")
    return (
        name if isinstance(name, str) else "",
        comment if isinstance(comment, str) else "",
        said.get("public") is True,
    )
