"""A sentence into a plan: what is understood, what it came from, what is left; no database."""

# ruff: noqa: E501 - tables

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from typing import Any

import pytest

from resonance.assistant import by_model, kinds
from resonance.assistant.chips import chips
from resonance.assistant.making import lasting, ruling
from resonance.assistant.making.course import course
from resonance.assistant.plan import Plan, from_json
from resonance.assistant.reading.edges import level_of
from resonance.assistant.reading.parser import parse
from resonance.core.errors import Invalid
from tests.fixtures import typed
from tests.fixtures.sentences import sentences

ARTISTS = {name.lower(): name for name in ("Miles Davis", "Nina Simone", "Queen", "Coldplay", "The Cure")}


class Library:
    """parser.Known of a few names."""

    def artists(self, folded: Sequence[str]) -> dict[str, str]:
        return {name: ARTISTS[name] for name in folded if name in ARTISTS}

    def genres(self, folded: Sequence[str]) -> dict[str, str]:
        return {"shibuya kei": "Shibuya-kei"} if "shibuya kei" in folded else {}


def said(text: str) -> dict[str, Any]:
    """kind -> value, of several of a kind the list of them."""
    found: dict[str, Any] = {}
    for piece in parse(text, Library()).pieces:
        found.setdefault(piece.kind, []).append(dict(piece.value))
    return {kind: values[0] if len(values) == 1 else values for kind, values in found.items()}


def test_the_sentence_of_the_issue_in_two_languages() -> None:
    english = parse(
        "90 minutes, dinner jazz to disco, nothing live, start calm, end dancing, max two per artist, 70s and 80s"
    )
    german = parse(
        "90 Minuten, von Dinner-Jazz zu Disco, nichts Live, ruhig anfangen, tanzbar enden, "
        "höchstens zwei pro Künstler, 70er und 80er"
    )
    for plan in (english, german):
        kinds_ = [piece.kind for piece in plan.pieces]
        assert kinds_ == ["length", "from", "to", "live", "start", "end", "per_artist", "years"]
        assert plan.leftovers == ()
        assert plan.first("length") == {"minutes": 90}
        assert plan.first("years") == {"ranges": [[1970, 1989]]}
        assert plan.first("live") == {"is": False} and plan.first("per_artist") == {"most": 2}
        assert course(plan).curve.points == ((0.0, 0.08), (1.0, 0.92))
    assert [piece.words for piece in german.pieces][:3] == ["90 Minuten", "von Dinner-Jazz", "zu Disco"]
    assert [chip.label for chip in chips(english)][3] == "never"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("an hour and a half", "length", {"minutes": 90}),
        ("1h30", "length", {"minutes": 90}),
        ("anderthalb Stunden", "length", {"minutes": 90}),
        ("2 Stunden 15 Minuten", "length", {"minutes": 135}),
        ("half an hour of jazz", "length", {"minutes": 30}),
        ("a 45-minute mix", "length", {"minutes": 45}),
        ("20 songs", "length", {"tracks": 20}),
        ("zehn Titel", "length", {"tracks": 10}),
        ("no artist twice", "per_artist", {"most": 1}),
        ("jeder Künstler nur einmal", "per_artist", {"most": 1}),
        ("3 tracks by each band", "per_artist", {"most": 3}),
        ("keine Live-Aufnahmen", "live", {"is": False}),
        ("studio only", "live", {"is": False}),
        ("only live recordings", "live", {"is": True}),
        ("from my favourites", "liked", {"is": True}),
        ("Lieblingslieder", "liked", {"is": True}),
        ("noch nie gehört", "played", {"is": False}),
        ("songs I haven't played in the last 3 months", "played", {"is": False, "days": 90}),
        ("added in the last 2 weeks", "added", {"days": 14}),
        ("in den letzten 3 Monaten hinzugefügt", "added", {"days": 90}),
        ("4 stars or more", "rating", {"least": 4}),
        ("nothing explicit", "explicit", {"is": False}),
        ("jugendfrei", "explicit", {"is": False}),
        ("instrumental only", "instrumental", {"is": True}),
        ("100 to 120 bpm", "tempo", {"from": 100, "to": 120}),
        ("in A minor", "key", {"keys": ["8A"]}),
        ("nothing before 1990", "years", {"ranges": [[1990, None]]}),
        ("not the 80s", "years", {"ranges": [[1980, 1989]], "not": True}),
        ("60s and 90s", "years", {"ranges": [[1960, 1969], [1990, 1999]]}),
        ("after 1970, before 1980", "years", {"ranges": [[1971, 1979]]}),
        ("only jazz", "genre", {"names": ["jazz"]}),
        ("kein Techno", "genre", {"names": ["Techno"], "not": True}),
        ("by Miles Davis and Nina Simone", "artist", {"names": ["Miles Davis", "Nina Simone"]}),
        ("no Coldplay", "artist", {"names": ["Coldplay"], "not": True}),
        ("like Queen", "like", {"text": "Queen"}),
        ("immer ruhiger", "curve", {"name": "fall"}),
        ("slowly rising energy", "curve", {"name": "rise"}),
        ("in waves", "curve", {"name": "wave"}),
        ("peak in the middle", "curve", {"name": "arc"}),
        ("starting slow and ending fast", "end", {"text": "fast", "level": level_of("fast")}),
        ("erst ruhig, dann tanzbar", "start", {"text": "ruhig", "level": level_of("ruhig")}),
        ("jazz → techno", "to", {"text": "techno"}),
        ("max 2 liked songs per artist", "per_artist", {"most": 2}),
        ("max 2 liked songs per artist", "liked", {"is": True}),
        ("songs I haven't heard in a year", "played", {"is": False, "days": 365}),
        ("Lieder, die ich lange nicht gehört habe", "played", {"is": False, "days": 180}),
        ("tracks I've played in the last two weeks", "played", {"is": True, "days": 14}),
        ("songs shorter than 4 minutes", "duration", {"to": 4}),
        ("lange Stücke über 10 Minuten", "duration", {"from": 10}),
        ("only FLAC", "format", {"names": ["flac"]}),
        ("no mp3", "format", {"names": ["mp3"], "not": True}),
        ("nothing over 124 bpm", "tempo", {"to": 124}),
        ("anything but techno", "genre", {"names": ["techno"], "not": True}),
        ("only jazz and blues", "genre", [{"names": ["jazz"]}, {"names": ["blues"]}]),
        ("reggea", "sound", {"text": "reggae"}),
        ("no two songs by the same artist in a row", "apart", {"tracks": 1}),
        ("rated 4 or higher", "rating", {"least": 4}),
        ("shibuya kei", "sound", {"text": "Shibuya-kei"}),
        ("2 1/2 hours", "length", {"minutes": 150}),
        ("1½ hours of jazz", "length", {"minutes": 90}),
        ("zweieinhalb Stunden", "length", {"minutes": 150}),
        ("eine dreiviertel Stunde", "length", {"minutes": 45}),
        ("a quarter of an hour", "length", {"minutes": 15}),
        ("an hour and three quarters", "length", {"minutes": 105}),
        ("ten of my favourite songs", "length", {"tracks": 10}),
        ("ten of my favourite songs", "liked", {"is": True}),
        ("rated 5 or more songs", "rating", {"least": 5}),
        ("getting calmer and calmer", "curve", {"name": "fall"}),
        ("immer schneller werden", "curve", {"name": "rise"}),
        ("skip the sad stuff", "sound", {"text": "no sad"}),
        ("nothing that is sad", "sound", {"text": "no sad"}),
        ("no drums or vocals", "sound", [{"text": "no drums"}, {"text": "no vocals"}]),
        ("nicht zu laut oder schnell", "sound", [{"text": "nicht zu laut"}, {"text": "nicht zu schnell"}]),
        ("nichts Trauriges", "sound", {"text": "kein Trauriges"}),
    ],
)
def test_a_phrase_is_one_piece(text: str, kind: str, value: dict[str, Any]) -> None:
    found = said(text)
    assert found.get(kind) == value, found
    assert parse(text, Library()).leftovers == ()


def test_prompts_as_people_type_them() -> None:
    """Nine of ten of the sets that the grammar was worked over with; it was not tuned for the third."""

    def wrong(table: Sequence[typed.Typed]) -> dict[str, list[str]]:
        read = {text: typed.faults(parse(text, typed.Library()), right) for text, right in table}
        return {text: faults for text, faults in read.items() if faults}

    first = wrong([*typed.ENGLISH, *typed.GERMAN])
    assert len(first) <= 15, first
    second = wrong(typed.SECOND)
    assert len(second) <= 5, second
    third = wrong(typed.THIRD)
    assert len(third) <= 14, len(third)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("my girlfriend's favorite songs", "girlfriend's"),
        ("his favourites", "his favourites"),
        ("favourites of my wife", "favourites"),
        ("die Lieblingslieder von meinem Vater", "Lieblingslieder"),
        ("songs I haven't touched since 2019", "touched since 2019"),
        ("Lieder, die ich seit 2019 nicht gehört habe", "seit 2019"),
        ("not 120 bpm", "120 bpm"),
    ],
)
def test_what_is_known_of_nobody_is_left_by_name(text: str, unread: str) -> None:
    plan = parse(text, Library())
    assert plan.pieces == () and unread in plan.leftovers


def test_my_likes_and_years_of_release_stay_what_they_are() -> None:
    assert said("my favourite songs of my youth") == {"liked": {"is": True}}
    assert said("meine Lieblingslieder") == {"liked": {"is": True}}
    assert said("I'd like pop since 2019")["years"] == {"ranges": [[2019, None]]}
    assert said("never played, since 2010")["years"] == {"ranges": [[2010, None]]}


def test_two_letters_are_a_name_where_they_look_like_one() -> None:
    class Two(Library):
        def artists(self, folded: Sequence[str]) -> dict[str, str]:
            return {name: name.upper() for name in folded if name in ("u2", "xy")}

    likes = {
        text: parse(text, Two()).of("like") for text in ("U2", "u2 or jazz", "XY and jazz", "xy and jazz")
    }
    assert likes == {
        "U2": [{"text": "U2"}],
        "u2 or jazz": [{"text": "U2"}],
        "XY and jazz": [{"text": "XY"}],
        "xy and jazz": [],
    }


def test_names_of_ordinary_words_are_names_where_they_are_meant() -> None:
    def artists(text: str) -> list[tuple[str, Any]]:
        pieces = parse(text, typed.Library()).pieces
        return [(p.kind, p.value) for p in pieces if p.kind in ("artist", "like")]

    assert artists("songs by Live") == [("artist", {"names": ["Live"]})]
    assert artists("nothing live, can you, yes, low energy, max two per artist") == []
    assert artists("simon and garfunkel, no earth wind and fire") == [
        ("like", {"text": "Simon & Garfunkel"}),
        ("artist", {"names": ["Earth, Wind & Fire"], "not": True}),
    ]
    assert artists("von Helene Fischer bitte nichts") == [
        ("artist", {"names": ["Helene Fischer"], "not": True})
    ]
    assert artists("by Queen or Talk Talk and Blur") == [
        ("artist", {"names": ["Queen", "Talk Talk", "Blur"]})
    ]


def test_what_something_is_for_is_no_way_to_it() -> None:
    assert said("music to study, no vocals") == {"sound": [{"text": "study"}, {"text": "no vocals"}]}
    assert "to" not in said("Musik zum Tanzen") and "to" not in said("songs to run to")


def test_what_is_not_sure_says_so_and_what_is_left_is_named() -> None:
    plan = parse("chill evening with Miles Davis and frobnicate wibble", Library())
    assert [(piece.kind, piece.sure) for piece in plan.pieces] == [
        ("sound", True),
        ("sound", True),
        ("like", False),
    ]
    assert plan.leftovers == ("frobnicate wibble",)


def test_every_piece_remembers_words_that_were_typed() -> None:
    for text in sentences(300, 7, tuple(ARTISTS.values())):
        for piece in parse(text, Library()).pieces:
            assert piece.words
            assert all(word in text.replace("→", "to") for word in piece.words.split()), (text, piece)


HOSTILE = (
    "", " ", "\0" * 50, "'; DROP TABLE track; --", '{"field": "x"}', "🎉" * 500, "jazz " * 3000, "no " * 2000,
    "not not not not jazz", "(((((", "\u202eesrever", "a" * 10_000, "99999999999 minutes", "-5 minutes", "0 minutes",
    "years 9999 to 1", "bpm 0", "before 1980 and after 1990", "only jazz, no jazz", "max 0 per artist", "1/0 tracks",
    "поставь джаз", "爵士樂 90 分鐘", "ジャズを一時間", "موسيقى هادئة", "start " * 500, "to to to to", "from to",
    "von zu bis", "%s %d {} {{}}", "\ud800 lone", "jazz\r\n\r\nX-Header: 1", "<script>alert(1)</script>", "../../etc",
    "ﬁﬂ ǅ İi ẞß", "1e309 minutes", "NaN minutes", "start calm end dancing start wild end calm", "20 tracks 90 minutes",
    "max two per artist max three per artist", "liked but not liked", "live but nothing live", "٣ minutes",
)  # fmt: skip


@pytest.mark.parametrize(
    "text", ["slower and slower " * 111, "von jazz über " * 71 + "max two per artist " * 53, "1/2 70s " * 250]
)
def test_long_sentences_are_read_soon(text: str) -> None:
    """What is taken out leaves blanks, and to search them place by place takes many seconds."""
    started = time.process_time()
    parse(text, Library())
    assert time.process_time() - started < 3


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_a_fault(text: str) -> None:
    plan = parse(text, Library())
    assert from_json(json.loads(json.dumps(plan.to_json(), ensure_ascii=True))).pieces == plan.pieces
    ruling.rule(plan, ("Jazz", "Cool Jazz"))
    course(plan)


def test_random_letters_and_phrases_are_no_fault() -> None:
    dice = random.Random(3)
    parts = [word for text in sentences(60, 9) for word in text.split()] + [
        chr(dice.randrange(32, 0x3000)) for _ in range(60)
    ]
    for _ in range(200):
        text = " ".join(dice.choices(parts, k=dice.randrange(1, 25)))
        assert from_json(parse(text, Library()).to_json()).pieces == parse(text, Library()).pieces


def test_plans_are_checked_wherever_they_come_from() -> None:
    def fault(piece: Any) -> str | None:
        with pytest.raises(Invalid) as caught:
            from_json({"pieces": [piece]})
        return caught.value.field

    wrong: list[tuple[str, Any]] = [
        ("length", {"minutes": 0}), ("length", {"minutes": True}), ("length", {"minutes": 1, "tracks": 2}),
        ("length", {"minutes": float("nan")}), ("sound", {"text": ""}), ("sound", {"text": "x" * 201}),
        ("curve", {"name": "up"}), ("curve", {"points": [[0, 2]]}), ("curve", {"points": [[1, 0], [0, 0]]}),
        ("years", {"ranges": []}), ("years", {"ranges": [[None, None]]}), ("years", {"ranges": [[1990, 1980]]}),
        ("tempo", {}), ("key", {"keys": ["X9"]}), ("genre", {"names": []}), ("live", {"is": 1}),
        ("added", {"days": 0}), ("rating", {"least": 6}), ("per_artist", {"most": 1.5}), ("tracks", {"ids": []}),
        ("artist", {"names": ["x"], "more": 1}), ("energy", {"from": 0.9, "to": 0.1}),
    ]  # fmt: skip
    for kind, value in wrong:
        assert fault({"kind": kind, "value": value}) == "plan.pieces[0].value", (kind, value)
    assert fault("x") == "plan.pieces[0]"
    with pytest.raises(Invalid):
        from_json({"pins": {"A" * 22: 0, "B" * 22: 0}})


def test_lengths_are_met_exactly_where_they_can_be() -> None:
    dice = random.Random(5)
    for _ in range(150):
        count = dice.randrange(1, 9)
        lengths = [dice.randrange(60_000, 400_000) for _ in range(count)]
        artists = [dice.choice(("a", "b", None)) for _ in range(count)]
        cap = dice.choice((None, 1, 2))
        wanted = dice.randrange(100_000, 900_000)
        best = min(
            abs(sum(lengths[at] for at in range(count) if mask >> at & 1) - wanted)
            for mask in range(1, 1 << count)
            if cap is None
            or all(
                sum(artists[at] == name for at in range(count) if mask >> at & 1) <= cap
                for name in ("a", "b")
            )
        )
        choice = lasting.nearest(lengths, artists, wanted, cap=cap)
        assert choice.length_ms == sum(lengths[at] for at in choice.places)
        if not choice.places:
            assert min(lengths) >= 2 * wanted
            continue
        assert abs(choice.length_ms - wanted) <= best + wanted / lasting.STEPS * count
        if cap is not None:
            held = [artists[at] for at in choice.places]
            assert all(held.count(name) <= cap for name in ("a", "b"))


class Model:
    """A planner that says what it is told."""

    model = "pocket"

    def __init__(self, said: str) -> None:
        self.said = said

    def answer(self, instructions: str, text: str, schema: dict[str, Any]) -> str:
        assert schema["additionalProperties"] is False and "songs" in instructions
        return self.said


def test_a_model_fills_in_pieces_and_nothing_else() -> None:
    parsed = parse("90 minutes for cooking with grandma, nothing live")
    answer = {
        "minutes": 45,
        "sounds": ["warm soul"],
        "tracks": 3,
        "years": [[1960, 1979]],
        "live": True,
        "songs": ["Hey"],
    }
    plan = by_model.ask(Model(f"Sure! {json.dumps(answer)}"), parsed.text, parsed)
    assert plan is not None
    # What the person said stands against the model.
    assert plan.first("length") == {"minutes": 90} and plan.of("live") == [{"is": False}]
    assert {"text": "warm soul"} in plan.of("sound") and plan.first("years") == {"ranges": [[1960, 1979]]}
    assert [piece.sure for piece in plan.pieces if piece.kind == "years"] == [False]


@pytest.mark.parametrize(
    "answer",
    ["", "no", "[]", "{", '{"minutes": "long"}', '{"years": [[1, 2, 3]]}', "{}", "[" * 5000, '{"keys": [1]}'],
)
def test_a_model_that_makes_no_sense_is_not_followed(answer: str) -> None:
    assert by_model.ask(Model(answer), "x", Plan("x")) is None


def test_every_kind_has_words_for_people() -> None:
    for kind in kinds.KINDS:
        assert kind in kinds.KINDS and kinds.KINDS[kind].label
    for text in sentences(100, 2):
        assert all(chip.label and chip.text for chip in chips(parse(text)))
