"""Rules as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from resonance.rules.sentence import sentence
from resonance.rules.text import parse
from resonance.rules.tree import Rule
from tests.rooms.rules_kit import rules


@settings(max_examples=100, deadline=None)
@given(rule=rules)
def test_every_rule_can_be_told(rule: Rule) -> None:
    told = sentence(rule)
    assert told.endswith(".") and "None" not in told.replace("None", "", str(rule).count("'None'"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "All tracks."),
        ("genre:jazz", "Tracks whose genre is “jazz”."),
        (
            "genre:jazz bpm:80..110 -live added:<30d",
            "Tracks whose genre is “jazz”, whose tempo is 80 BPM to 110 BPM, without “live” in title, "
            "artist or album and added in the last 30 days.",
        ),
        ("genre:jazz OR genre:blues", "Tracks whose genre is “jazz” or whose genre is “blues”."),
        (
            "(genre:jazz OR genre:blues) liked:yes",
            "Tracks (whose genre is “jazz” or whose genre is “blues”) and that you like.",
        ),
        ("liked:no -explicit:yes", "Tracks that you have not liked and that are not explicit."),
        ("-(genre:jazz liked:yes)", "Tracks but not those (whose genre is “jazz” and that you like)."),
        ("comment:none isrc:any", "Tracks without a comment and with an ISRC."),
        ("play_count:0 last_played:>1d", "Tracks that you have never played and not played in the last day."),
        ("duration>3:30 size<20mb", "Tracks whose duration is above 3:30 and whose size is below 20 MB."),
        ("rating>=4", "Tracks whose rating is at least 4 stars."),
        ("key:8A~1 mood:happy", "Tracks in 8A or within a step of it and at least 50% happy."),
        (
            "like:track/abc playlist:!def",
            "Tracks that sound like track Blue (80% or more) and not in the playlist Mix.",
        ),
        ("added:2024-05-01", "Tracks added on 1 May 2024."),
        ("date:1980..1989", "Tracks whose date is from 1 January 1980 to 31 December 1989."),
        (
            "sort:-year,random limit:50",
            "All tracks, by year (newest first), then in random order, the first 50.",
        ),
        ("limit:1.5h", "All tracks, up to 90 minutes."),
    ],
)
def test_told(typed: str, told: str) -> None:
    assert sentence(parse(typed), {"abc": "Blue", "def": "Mix"}) == told
