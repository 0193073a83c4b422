"""The matcher of every import: each kind of evidence, what outweighs what, and never a guess."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

import pytest

from resonance.core.text import fold
from resonance.db.engine import Database
from resonance.db.tables import library as tables
from resonance.library import alike
from resonance.library.match import Match, Wanted, match
from resonance.model.caller import Caller, Role
from tests.fixtures.rows import Rows

ADMIN = Caller(user_id="A" * 22, name="ada", role=Role.ADMIN)
MBID = "b1a9c0e9-d987-4042-ae91-78d6a3267d69"


@dataclass
class Shelf:
    """A library that a test fills with songs."""

    database: Database
    home: str
    root: str
    other: str

    def song(self, title: str, artist: str = "Nina Simone", *, path: str = "", **more: Any) -> str:
        with self.database.write() as uow:
            rows = Rows(uow)
            album = more.pop("album", None)
            names = more.pop("names", [artist])
            album_id = rows.album(self.home, album, artist=artist) if album else None
            file = {"path": path} if path else {}
            more |= {"folder": path.rpartition("/")[0], "title_folded": fold(title) or title}
            file |= {"payload_id": more.pop("payload")} if "payload" in more else {}
            artists = [rows.artist(name) for name in names]
            where = more.pop("where", self.home)
            return rows.track(
                title, artist=artist, album_id=album_id, library_id=where, artists=artists, file=file, **more
            )

    def ask(self, caller: Caller = ADMIN, **wanted: Any) -> Match:
        with self.database.read() as uow:
            return match(uow, caller, [Wanted(**wanted)])[0]


@pytest.fixture
def shelf(database: Database) -> Shelf:
    with database.write() as uow:
        rows = Rows(uow)
        home, other = rows.library(), rows.library("Other")
        uow.execute(tables.library.update().where(tables.library.c.id == home).values(path="/srv/music"))
    return Shelf(database, home, "/srv/music", other)


def test_each_kind_of_evidence_is_told(shelf: Shelf) -> None:
    song = shelf.song(
        "Sinnerman", path="Nina/Pastel Blues/09 Sinnerman.flac", payload="p1", isrc="USUM71200001",
        recording_mbid=MBID, duration_s=622.0,
    )  # fmt: skip
    asked = {
        "id": {"track_id": song},
        "payload": {"payload_id": "p1"},
        "path": {"path": "/srv/music/Nina/Pastel Blues/09 Sinnerman.flac"},
        "mbid": {"recording_mbid": MBID.upper()},
        "isrc": {"isrc": "us-um7-12-00001"},
        "file": {"path": "/home/me/Music/Nina/Pastel Blues/09 Sinnerman.flac"},
        "names": {"title": "Sinnerman", "artist": "nina simone", "duration_s": 623.4},
    }
    for how, wanted in asked.items():
        found = shelf.ask(**wanted)
        assert (found.track_id, found.how) == (song, how), wanted
        assert 0.6 < found.score <= 1.0
    nothing = shelf.ask(title="Sinnerman", artist="Sixteen Horsepower")
    assert (nothing.track_id, nothing.how, nothing.candidates) == (None, "none", ())


def test_answers_keep_the_order_of_the_question(shelf: Shelf) -> None:
    songs = [shelf.song(f"Song {n}") for n in range(5)]
    wanted = [Wanted(title=f"Song {n}", artist="Nina Simone") for n in (3, 9, 0, 3)]
    with shelf.database.read() as uow:
        assert [one.track_id for one in match(uow, ADMIN, wanted)] == [songs[3], None, songs[0], songs[3]]
        assert match(uow, ADMIN, []) == []


@pytest.mark.parametrize(
    ("here", "asked"),
    [
        ("Déjà Vu", "DEJA VU"),
        ("Crazy in Love (feat. Jay-Z)", "Crazy in Love"),
        ("Crazy in Love", "Crazy in Love ft. Jay-Z"),
        ("Heroes - 2017 Remaster", "Heroes"),
        ("Heroes [Remastered]", "Heroes (1999 Digital Remaster)"),
        ("So What (Live)", "So What - Live"),
        ("So What (feat. Bill) (Live)", "So What (Live)"),
        ("愛の花", "愛の花"),
        ("!!!", "!!!"),
    ],
)
def test_one_title_in_many_spellings(shelf: Shelf, here: str, asked: str) -> None:
    song = shelf.song(here)
    assert shelf.ask(title=asked, artist="Nina Simone", duration_s=201.0).track_id == song


@pytest.mark.parametrize(
    ("here", "asked"),
    [
        ("So What (Live)", "So What"),
        ("So What", "So What (Live at Montreux)"),
        ("Blue Monday (Remix)", "Blue Monday"),
        ("Layla (Acoustic)", "Layla - Demo"),
        ("Mile 1.1", "Mile 1.2"),
    ],
)
def test_another_recording_is_not_the_song(shelf: Shelf, here: str, asked: str) -> None:
    shelf.song(here)
    assert shelf.ask(title=asked, artist="Nina Simone", duration_s=200.0).track_id is None


@pytest.mark.parametrize(
    ("here", "names", "asked"),
    [
        ("The Beatles", ["The Beatles"], "Beatles, The"),
        ("Simon & Garfunkel", ["Simon & Garfunkel"], "Simon and Garfunkel"),
        ("Beyoncé feat. Jay-Z", ["Beyoncé", "Jay-Z"], "Beyonce"),
        ("Beyoncé", ["Beyoncé"], "Beyoncé, JAY-Z"),
        ("Massive Attack", ["Massive Attack", "Mos Def"], "Mos Def"),
    ],
)
def test_one_artist_in_many_spellings(shelf: Shelf, here: str, names: list[str], asked: str) -> None:
    song = shelf.song("Tune", here, names=names)
    assert shelf.ask(title="Tune", artist=asked).track_id == song


def test_equals_are_named_and_never_guessed_between(shelf: Shelf) -> None:
    album = shelf.song("Angie", album="Goats Head Soup", duration_s=273.0)
    best = shelf.song("Angie", album="Forty Licks", duration_s=273.0)
    unsure = shelf.ask(title="Angie", artist="Nina Simone", duration_s=273.0)
    assert (unsure.track_id, unsure.how, set(unsure.candidates)) == (None, "several", {album, best})
    assert shelf.ask(title="Angie", artist="Nina Simone", album="Forty licks").track_id == best
    edit = shelf.song("Angie", album="Single", duration_s=266.0)
    assert shelf.ask(title="Angie", artist="Nina Simone", duration_s=266.0).track_id == edit


def test_one_recording_on_two_albums_is_told_apart_by_what_else_is_said(shelf: Shelf) -> None:
    first = shelf.song("Angie", album="One", recording_mbid=MBID, path="One/angie.flac")
    shelf.song("Angie", album="Two", recording_mbid=MBID, path="Two/angie.flac")
    assert shelf.ask(recording_mbid=MBID).how == "several"
    assert shelf.ask(recording_mbid=MBID, album="One") == Match(first, "mbid", 0.98)
    assert shelf.ask(recording_mbid=MBID, path="x/One/angie.flac") == Match(first, "file", 0.9)


def test_another_length_is_another_recording_and_is_named(shelf: Shelf) -> None:
    song = shelf.song("Tune", duration_s=240.0)
    far = shelf.ask(title="Tune", artist="Nina Simone", duration_s=380.0)
    assert (far.track_id, far.how, far.candidates) == (None, "none", (song,))


def test_a_title_alone_needs_its_length_and_no_rival(shelf: Shelf) -> None:
    song = shelf.song("Rarely Named", duration_s=100.0)
    assert shelf.ask(title="Rarely Named").track_id is None
    assert shelf.ask(title="Rarely Named", duration_s=101.0).track_id == song
    shelf.song("Rarely Named", "Somebody", duration_s=300.0)
    assert shelf.ask(title="Rarely Named", duration_s=101.0).track_id is None


def test_paths_from_elsewhere(shelf: Shelf) -> None:
    song = shelf.song("Tune", path="Nina/Blue/01 Tune.flac")
    shelf.song("Other", path="Nina/Red/01 Other.flac")
    for path in ("Blue/01 Tune.flac", "D:/Music/Nina/Blue/01 Tune.flac", "./Nina/x/../Blue/01 Tune.flac"):
        found = shelf.ask(path=path)
        assert (found.track_id, found.how) == (song, "file"), path
    assert shelf.ask(path="BLUE/01 tune.FLAC").track_id == song
    assert shelf.ask(path="Green/01 Tune.flac", title="Quite", artist="Else", duration_s=9.0).track_id is None
    assert shelf.ask(path="../../etc/passwd").how == "none"


def test_a_bare_file_name_must_say_something(shelf: Shelf) -> None:
    numbered, named = shelf.song("Tune", path="A/01.flac"), shelf.song("Bell", path="A/02 Bell.flac")
    assert shelf.ask(path="01.flac").track_id is None
    assert shelf.ask(path="02 Bell.flac") == Match(named, "file", 0.7)
    assert shelf.ask(path="02 Bell.flac", duration_s=500.0).track_id is None
    assert shelf.ask(path="A/01.flac").track_id == numbered
    shelf.song("Bell", path="B/02 Bell.flac")
    assert shelf.ask(path="02 Bell.flac").track_id is None


def test_spellings_of_file_systems(shelf: Shelf) -> None:
    name = "Björk/Début/01 Venus.flac"
    song = shelf.song("Venus", path=unicodedata.normalize("NFC", name))
    assert shelf.ask(path=f"/x/{unicodedata.normalize('NFD', name)}").track_id == song


def test_a_path_alone_tells_names(shelf: Shelf) -> None:
    song = shelf.song("Four Women", path="wild/4w.flac", album="Wild Is the Wind")
    found = shelf.ask(path="/old/Nina Simone/Wild is the Wind (1966)/02 - Four Women.mp3")
    assert (found.track_id, found.how) == (song, "names")


def test_only_what_the_caller_sees(shelf: Shelf) -> None:
    shelf.song("Hidden", path="x/Hidden.flac", recording_mbid=MBID, payload="p", where=shelf.other)
    bob = Caller(user_id="B" * 22, name="bob", role=Role.USER, libraries=frozenset([shelf.home]))
    nobody = Caller(user_id="C" * 22, name="eve", role=Role.USER, libraries=frozenset())
    for caller in (bob, nobody):
        for wanted in (
            {"title": "Hidden", "artist": "Nina Simone"},
            {"path": "x/Hidden.flac"},
            {"recording_mbid": MBID},
            {"payload_id": "p"},
        ):
            found = shelf.ask(caller, **wanted)
            assert (found.track_id, found.candidates) == (None, ()), wanted


def test_hostile_words_are_no_evidence(shelf: Shelf) -> None:
    shelf.song("Tune")
    for wanted in (
        {"title": "Tune\0", "artist": "x"},
        {"path": "\ud800/x.flac"},
        {"path": "/" * 5000},
        {"title": "(" * 5000, "artist": "[" * 5000},
        {"title": "Tune", "artist": "%", "duration_s": float("nan")},
        {"track_id": "' OR 1=1 --"},
    ):
        assert shelf.ask(**wanted).track_id is None, wanted


def test_titles_compare_alike_both_ways() -> None:
    words = ["Song", "Song (Live)", "Song - Remastered 2011", "Song (feat. X)", "Song [Mono]", "Song (Remix)"]
    for one in words:
        for other in words:
            a, b = alike.title(one), alike.title(other)
            assert alike.titles(a, b) == alike.titles(b, a)
            assert (alike.titles(a, b) == 3) == (one == other)
