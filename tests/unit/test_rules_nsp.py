"""Navidrome's smart playlists: every field and operator there and back, faults, what is unknown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from resonance.core.errors import Invalid
from resonance.rules import nsp, nsp_file
from resonance.rules.tree import All, Condition, Limit, Not, Rule, Sort, from_json, to_json
from resonance.rules.tree import Any as AnyOf
from tests.rooms.rules_kit import rules

SAMPLES = Path(__file__).parents[3] / "shared/contracts/navidrome/nsp"
# Every field of Navidrome's criteria (0.58): columns, aliases, roles and the tags of its mappings.
FIELDS = " ".join(
    [
        "title album hasCoverArt trackNumber discNumber year date originalYear originalDate releaseYear",
        "releaseDate size compilation missing explicitStatus dateAdded dateModified discSubtitle comment",
        "lyrics sortTitle sortAlbum sortArtist sortAlbumArtist albumComment catalogNumber filePath fileType",
        "codec duration bitRate bitDepth sampleRate bpm channels loved dateLoved lastPlayed dateRated",
        "playCount rating averageRating albumRating albumLoved albumPlayCount albumLastPlayed albumDateLoved",
        "albumDateRated albumDateAdded albumDateModified albumDuration albumSongCount albumSize artistRating",
        "artistLoved artistPlayCount artistLastPlayed artistDateLoved artistDateRated mbz_album_id",
        "mbz_album_artist_id mbz_artist_id mbz_recording_id mbz_release_track_id mbz_release_group_id",
        "rgAlbumGain rgAlbumPeak rgTrackGain rgTrackPeak library_id albumtype replaygain_album_gain",
        "replaygain_album_peak replaygain_track_gain replaygain_track_peak random recordingdate artist",
        "albumartist composer conductor lyricist arranger producer director engineer mixer remixer djmixer",
        "performer genre mood grouping key isrc media recordlabel releasetype releasecountry language",
        "albumversion mytag",
    ]
).split()
OPERATORS: dict[str, list[Any]] = {
    "is": ["Jazz", 5, True, "true", "2020-01-01", "", ["a", "b"], "e", "8A", "1990"],
    "isNot": ["Jazz", 5, False, "2020-01-01", "", [1, 2]],
    "gt": [5, "5", "2020-01-01", 2.5],
    "lt": [5, "2020-01-01"],
    "contains": ["a%"],
    "notContains": ["a"],
    "startsWith": ["a"],
    "endsWith": ["a"],
    "inTheRange": [[1, 5], ["2020-01-01", "2021-01-01"], [5]],
    "before": ["2020-01-01", "2020", 7],
    "after": ["2020-01-01"],
    "inTheLast": [30, "30"],
    "notInTheLast": [30],
    "isMissing": [True, False, "true", 1],
    "isPresent": [True, False],
}


def comes_back(document: dict[str, Any]) -> None:
    rule, _ = nsp.read(json.dumps(document))
    again = from_json(json.loads(json.dumps(to_json(rule))))  # as it is stored
    found = json.loads(nsp.write(again)[0])
    assert json.dumps(found, sort_keys=True) == json.dumps(document, sort_keys=True)


@pytest.mark.parametrize("op", OPERATORS)
def test_every_field_with_every_operator_comes_back(op: str) -> None:
    for name in FIELDS:
        for spelt, top in ((name, "all"), (name.lower(), "any")):
            members = [{op: {spelt: value}} for value in OPERATORS[op]]
            comes_back({top: members, "sort": "title", "order": "asc"})
        for value in OPERATORS[op]:
            document = {"all": [{op: {name: value}}]}
            comes_back(document)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_can_be_sorted_by(name: str) -> None:
    for sort in (name, f"-{name}", f"+{name}, -year", f"random,{name}"):
        for order in ({}, {"order": "asc"}, {"order": "desc"}, {"order": "DESC"}):
            document = {"all": [{"is": {"loved": True}}], "sort": sort, **order}
            comes_back(document)


def test_what_is_known_is_known() -> None:
    """So that nothing is merely kept that could be asked."""
    known = {"missing", "averageRating", "albumSize", "director", "grouping", "media", "releasecountry"}
    known |= {"language", "mytag", "random", "lyrics"}
    dropped = set()
    for name in FIELDS:
        rule, unknown = nsp.read(
            json.dumps({"all": [{op: {name: v}} for op, vs in OPERATORS.items() for v in vs]})
        )
        assert isinstance(rule.match, All | AnyOf)
        if not any(isinstance(node, Condition) and node.field != "has_lyrics" for node in rule.match.nodes):
            dropped.add(name)
        assert unknown  # no field takes all of these
    assert dropped == known


def test_everything_beside_comes_back_and_is_named() -> None:
    document = {
        **{"name": "N", "comment": "C", "public": True, "limitPercent": 10, "offset": 5},
        **{"refreshDelay": "1h", "limit": 100, "sort": "-rating,+title", "x": [1]},
        "any": [
            {
                "all": [
                    {"contains": {"lyrics": "love"}},
                    {"is": {"loved": True}},
                    {"isNot": {"grouping": "x"}},
                ]
            },
            {"inPlaylist": {"id": "abc"}},
            {"sounds": {"like": 5}},
            {"any": [{"is": {"media": "CD"}}]},
            {"notInPlaylist": {"id": "def"}},
        ],
    }
    rule, unknown = nsp.read(json.dumps(document))
    assert rule.match == AnyOf(
        (
            All((Condition("liked", "is", True),)),
            Condition("playlist", "in", "abc"),
            Condition("playlist", "not_in", "def"),
        )
    )
    assert rule.sort == (Sort("rating", True), Sort("title")) and rule.limit == Limit("tracks", 100)
    comes_back(document)
    for word in ("lyrics", "grouping", "sounds", "media", "limitPercent", "offset", "refreshDelay"):
        assert any(word in line for line in unknown), word
    assert nsp.heading(rule)["name"] == "N"


def test_a_changed_rule_keeps_what_was_not_understood() -> None:
    document = {
        "all": [
            {"is": {"grouping": "x"}},
            {"is": {"loved": True}},
            {"any": [{"gt": {"x": 1}}, {"gt": {"year": 5}}]},
        ]
    }
    rule, _ = nsp.read(json.dumps(document))
    changed = Rule(All((Condition("rating", "greater", 3),)), rule.sort, Limit("tracks", 5), kept=rule.kept)
    assert json.loads(nsp.write(changed, name="New")[0]) == {
        "name": "New",
        "all": [{"is": {"grouping": "x"}}, {"gt": {"rating": 3}}, {"gt": {"x": 1}}],
        "limit": 5,
    }


def test_nothing_understood_matches_nothing() -> None:
    document = {"all": [{"is": {"grouping": "x"}}]}
    rule, unknown = nsp.read(json.dumps(document))
    assert rule.match == AnyOf() and len(unknown) == 1
    comes_back(document)


@settings(max_examples=100, deadline=None)
@given(rule=rules)
def test_every_rule_of_ours_comes_back(rule: Rule) -> None:
    text, _ = nsp.write(rule, name="Mine")
    again, unknown = nsp.read(text)
    assert Rule(again.match, again.sort, again.limit, again.seed) == rule
    if "resonance" in text:
        assert not unknown


def test_what_we_wrote_beside_counts_only_while_the_file_says_the_same() -> None:
    rule = Rule(All((Condition("energy", "at_least", 0.5), Condition("liked", "is", True))), (Sort("title"),))
    text, lost = nsp.write(rule)
    assert lost == ["energy at_least has no counterpart"]
    document = json.loads(text)
    assert document["all"] == [{"is": {"loved": True}}]
    document["all"].append({"gt": {"rating": 3}})
    edited, _ = nsp.read(json.dumps(document))
    assert edited.match == All((Condition("liked", "is", True), Condition("rating", "greater", 3)))


def test_turned_round() -> None:
    inner = All((Condition("genre", "is", "jazz"), Not(Condition("liked", "is", True))))
    document = json.loads(nsp.write(Rule(All((Not(inner),)), (Sort("title"),)))[0])
    assert document["all"] == [{"any": [{"isNot": {"genre": "jazz"}}, {"is": {"loved": True}}]}]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="Navidrome's sample files are not beside this checkout")
class TestSamples:
    @pytest.mark.parametrize("name", ["private_playlist", "public_playlist", "recently_played"])
    def test_valid(self, name: str) -> None:
        data = (SAMPLES / f"{name}.nsp").read_bytes()
        rule, unknown = nsp.read(data)
        assert not unknown
        assert json.loads(nsp.write(rule)[0]) == nsp_file.document(data)

    def test_invalid(self) -> None:
        with pytest.raises(Invalid, match="line 18, column 48"):
            nsp.read((SAMPLES / "invalid_json.nsp").read_bytes())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"all": [{"is": {"loved": true}]', "line 1, column"),
        ('{"all": [\n/* a\n b */ {"is" 5}]}', "line 3, column 13"),
        ("[]", "JSON object"),
        ("{}", "one of all and any"),
        ('{"all": [], "any": []}', "one of all and any"),
        ('{"all": []}', "at least one"),
        ('{"all": 5}', "list of conditions"),
        ('{"all": [5]}', "object with an operator"),
        ('{"all": [{"is": {"loved": true, "year": 5}}]}', "one field"),
        ('{"all": [{"is": {"year": NaN}}]}', "no valid JSON"),
        ("[" * 100_000, "no valid JSON"),
        ('{"any":[' + '{"all":[' * 30 + '{"is":{"year":1}}' + "]}" * 30 + "]}", "nested"),
        ('{"any":[' + ",".join(['{"is":{"year":1}}'] * 600) + "]}", "up to 500"),
        ('{"all":[' + ",".join(['{"foo":{"year":1}}'] * 5000) + "]}", "up to 500"),
        ('{"all": [{"foo": {"year": 1e999}}]}', "no valid JSON"),
        ('{"all": [{"is": {"year": ' + "9" * 5000 + "}}]}", "no valid JSON"),
        ('{"name": "\\ud800", "all": [{"is": {"year": 1}}]}', "no valid JSON"),
        ("/*" * 200_000, "line 1, column"),
    ],
)
def test_faults(text: str, says: str) -> None:
    with pytest.raises(Invalid) as fault:
        nsp.read(text)
    assert says in fault.value.message


def test_comments_marks_and_codings() -> None:
    text = '// a "quote\n{"all": [ /* x */ {"is": {"title": "http://x /* y */"}}]} // end'
    expected = All((Condition("title", "is", "http://x /* y */"),))
    for data in (text, text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert nsp.read(data)[0].match == expected
    with pytest.raises(Invalid, match="UTF-8"):
        nsp.read(b"\xff\x00\xfa")


@pytest.mark.parametrize(
    "kept", [{"unknown": [5, {"at": []}]}, {"written": [1]}, {"document": 5}, 5, {"top": []}]
)
def test_a_forged_kept_part_does_no_harm(kept: Any) -> None:
    nsp.write(Rule(All((Condition("year", "is", 5),)), kept={"nsp": kept}))
