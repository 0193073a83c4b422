"""SQL on each database and the naive evaluator choose the same tracks in the same order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resonance.db.engine import Database
from resonance.rules import compile as sql
from resonance.rules.evaluate import evaluate, matches
from resonance.rules.fields import FIELDS
from resonance.rules.tree import MAX_DEPTH, MAX_NODES, All, Any, Node, Not, Rule, Sort, from_json, to_json
from tests.conftest import FreshUrl
from tests.rooms.rules_kit import Maker, World, related, rules, some_condition

TRACKS = 40


@pytest.fixture(params=[1, 2])
def filled(
    request: pytest.FixtureRequest, fresh_url: FreshUrl, tmp_path: Path
) -> Iterator[tuple[Database, World]]:
    database = Database(fresh_url(tmp_path))
    with database.write() as uow:
        world = Maker(uow, request.param).world(TRACKS)
    yield database, world
    database.close()


def answers(database: Database, world: World, rule: Rule, restricted: bool, some: list[str]) -> None:
    scope, records = world.scope(restricted=restricted), world.seen(restricted=restricted)
    expected = evaluate(rule, records, scope)
    endless = evaluate(replace(rule, limit=None), records, scope)
    fitting = {record["id"] for record in records if matches(rule.match, record, scope)}
    with database.read() as uow:
        ready = sql.prepare(uow, rule, scope)
        found = list(uow.execute(sql.tracks(rule, ready)).scalars())
        counted = uow.execute(sql.count(rule, ready)).scalar_one()
        looked, _, first = sql.looked(uow, rule, ready, 7)
        ready = sql.prepare(uow, rule, scope, only=some)
        again = set(uow.execute(sql.tracks(rule, ready, only=some)).scalars())
    assert found == expected
    assert counted == len(expected)
    assert (looked, first) == (len(endless), endless[:7])
    assert again == fitting & set(some)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rule=rules, restricted=st.booleans(), some=st.lists(st.integers(0, TRACKS - 1), max_size=5))
def test_any_rule(filled: tuple[Database, World], rule: Rule, restricted: bool, some: list[int]) -> None:
    database, world = filled
    answers(database, world, rule, restricted, [world.records[place]["id"] for place in some])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(node=related, restricted=st.booleans(), some=st.lists(st.integers(0, TRACKS - 1), max_size=5))
def test_what_is_asked_of_the_same_rows(
    filled: tuple[Database, World], node: Node, restricted: bool, some: list[int]
) -> None:
    database, world = filled
    answers(database, world, Rule(node), restricted, [world.records[place]["id"] for place in some])


def test_every_field_with_every_operator(filled: tuple[Database, World]) -> None:
    database, world = filled
    scope, records = world.scope(restricted=False), world.seen(restricted=False)
    dice = random.Random(world.seed)
    with database.read() as uow:
        for number, field in enumerate(FIELDS.values()):
            if number % 2 == world.seed % 2:  # the other library is for the others
                continue
            by = (Sort(field.name, dice.random() < 0.5),) if field.sortable else ()
            for op in field.operators:
                rule = Rule(All((some_condition(dice, field, op),)), by)
                found = list(uow.execute(sql.tracks(rule, sql.prepare(uow, rule, scope))).scalars())
                assert found == evaluate(rule, records, scope), rule


def test_the_largest_rules(filled: tuple[Database, World]) -> None:
    database, world = filled
    dice = random.Random(world.seed)
    fields = list(FIELDS.values())

    def some(count: int) -> tuple[Node, ...]:
        chosen = [dice.choice(fields) for _ in range(count)]
        return tuple(some_condition(dice, field, dice.choice(field.operators)) for field in chosen)

    asked: list[Node] = [
        All(tuple(Not(All(some(2))) for _ in range((MAX_NODES - 1) // 4))),
        Any(some(MAX_NODES - 1)),
        All(tuple(some_condition(dice, FIELDS["folder"], "contains") for _ in range(MAX_NODES - 1))),
    ]
    deep: Node = Any(some(3))
    for depth in range(MAX_DEPTH - 3):
        deep = Not(deep) if depth % 3 else (All if depth % 2 else Any)((*some(4), deep))
    for node in (*asked, deep):
        assert from_json(to_json(Rule(node))).match == Rule(node).match
        answers(database, world, Rule(node), world.seed == 2, [])
