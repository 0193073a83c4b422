"""The words of a track: whose come first, what people write, what is looked up, and what a rescan keeps."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select, update

from resonance.adapters.lrclib import Lrclib
from resonance.core.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from resonance.core.events import Event
from resonance.db.engine import Database
from resonance.db.tables.library import lyrics as table
from resonance.db.tables.library import track
from resonance.db.tables.lyrics import lyrics_lookup, own_lyrics
from resonance.library import lyrics
from resonance.library.lyrics.finding import ASK_AGAIN_MS, JOB, ON_REQUEST_MS, LyricsFinder
from resonance.model.caller import Caller, Role
from tests.fixtures.lrclib import LrclibServer, Scripted, song
from tests.fixtures.rows import Rows
from tests.fixtures.scanned import Scanned


class Case:
    """A track in a library, and people."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.write() as uow:
            rows = Rows(uow)
            self.library, other = rows.library("One"), rows.library("Other")
            self.ana, self.bob = rows.user("ana", libraries=[self.library]), rows.user("bob")
            self.guest = rows.user("gus", role=Role.GUEST)
            self.stranger = rows.user("stella", libraries=[other])
            artist = rows.artist("The Beatles")
            album = rows.album(self.library, "Help!", [artist])
            self.track = rows.track(
                "Help!",
                album_id=album,
                library_id=self.library,
                artists=[artist],
                artist="The Beatles",
                duration_s=139.6,
            )
            rows.settle()

    def add(self, source: str, body: str, *, synced: bool, language: str = "eng") -> None:
        with self.database.write() as uow:
            row = {"track_id": self.track, "source": source, "language": language}
            uow.execute(table.insert(), {**row, "synced": synced, "body": body})

    def texts(self, caller: Caller | None = None) -> list[lyrics.Lyrics]:
        with self.database.read() as uow:
            return lyrics.of_track(uow, caller or self.ana, self.track)

    def write(self, text: str, caller: Caller | None = None) -> None:
        with self.database.write() as uow:
            lyrics.write(uow, caller or self.ana, self.track, text)

    def offset(self, ms: int, caller: Caller | None = None) -> None:
        with self.database.write() as uow:
            lyrics.set_offset(uow, caller or self.ana, self.track, ms)

    def forget(self, caller: Caller | None = None) -> None:
        with self.database.write() as uow:
            lyrics.forget(uow, caller or self.ana, self.track)

    def has_lyrics(self) -> bool:
        with self.database.read() as uow:
            return bool(uow.execute(select(track.c.has_lyrics).where(track.c.id == self.track)).scalar_one())

    def lookup(self) -> Any:
        with self.database.read() as uow:
            return uow.execute(select(lyrics_lookup)).one_or_none()

    def age(self, ms: int) -> None:
        with self.database.write() as uow:
            uow.execute(update(lyrics_lookup).values(asked_at=lyrics_lookup.c.asked_at - ms))


@pytest.fixture
def case(database: Database) -> Case:
    return Case(database)


class Heard:
    def __init__(self) -> None:
        self.events: list[Event] = []

    def publish(self, event: Event) -> None:
        self.events.append(event)


def test_own_first_then_synced_then_files(case: Case) -> None:
    case.add("tag", "plain tag", synced=False)
    case.add("lrclib", "[00:01.00] found", synced=True)
    case.add("lrc", "[00:02.00] <00:02.00>be<00:02.50>side", synced=True, language="xxx")
    case.write("my own\nwords")
    texts = case.texts()
    assert [text.source for text in texts] == ["user", "lrc", "lrclib", "tag"]
    assert [line.text for line in texts[0].lines] == ["my own", "words"]
    words = texts[1].lines[0].words
    assert isinstance(words, list)
    assert [(word.start_ms, word.text) for word in words] == [(2_000, "be"), (2_500, "side")]
    assert [text.source for text in case.texts(case.bob)] == ["lrc", "lrclib", "tag"]


def test_the_offset_is_each_persons_and_outlives_their_text(case: Case) -> None:
    case.add("lrc", "[00:02.00] beside", synced=True)
    case.offset(-250)
    assert [(text.source, text.offset_ms) for text in case.texts()] == [("lrc", -250)]
    assert [text.offset_ms for text in case.texts(case.bob)] == [0]
    case.write("[00:01.00]mine")
    assert [(text.source, text.offset_ms) for text in case.texts()] == [("user", -250), ("lrc", -250)]
    case.forget()
    assert [(text.source, text.offset_ms) for text in case.texts()] == [("lrc", -250)]
    case.offset(0)
    case.write("again")
    case.forget()
    with case.database.read() as uow:
        assert uow.execute(select(own_lyrics)).all() == []
    with pytest.raises(NotFound):
        case.forget()
    for wrong in (60_001, -60_001, 2**40):
        with pytest.raises(Invalid):
            case.offset(wrong)


def test_own_lrc_is_kept_canonical_with_its_words(case: Case) -> None:
    case.write("[ti:Help]\r\n[offset:+500]\r\n[0:02.5]  two \r\n\r\n[00:01.00]<00:01.00>one <00:01.50>word\n")
    (text,) = case.texts()
    assert text.synced
    assert [(line.start_ms, line.text) for line in text.lines] == [(500, "one word"), (2_000, "two")]
    with case.database.read() as uow:
        body = uow.execute(select(own_lyrics.c.body)).scalar_one()
    assert body == "[00:00.50] <00:00.50>one <00:01.00>word\n[00:02.00] two"
    case.write("Replaced: [Chorus]\nla [00:01.00] la")
    assert [line.text for line in case.texts()[0].lines] == ["Replaced: [Chorus]", "la [00:01.00] la"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no words"),
        (" \n\t\n ", "no words"),
        ("\0\x07", "no words"),
        ("x" * 200_001, "200,000 characters"),
        ("a\n" * 1_000_000, "characters"),
        ("x\n" * 6_000, "5,000 lines"),
        ("[00:01.00]" * 6_000 + "x", "5,000 lines"),
        ("[00:01.00] a\n[-00:02.00] b", "Line 2: a time lies before"),
        ("[00:01.00] a\n<-00:02.00> b", "Line 2: a time lies before"),
        ("[00:01.00] a\nb\n[00:03.00] c", "Line 2 has no time"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_place(case: Case, text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said) as caught:
        case.write(text)
    assert caught.value.field == "text"
    assert case.texts() == []


def test_nul_and_control_characters_are_taken_out(case: Case) -> None:
    case.write("a\0b\x1b[31m\n[x]\ud800")
    assert [line.text for line in case.texts()[0].lines] == ["ab[31m", "[x]"]


def test_who_may_write(case: Case) -> None:
    for act in (lambda who: case.write("x", who), case.forget, lambda who: case.offset(1, who)):
        with pytest.raises(Forbidden):
            act(case.guest)
        with pytest.raises(NotFound):
            act(case.stranger)
    with pytest.raises(NotFound):
        case.texts(case.stranger)


def test_found_words_are_kept_and_nobody_is_asked_again(case: Case) -> None:
    with LrclibServer(
        [song("Help!", "The Beatles", "Help!", 140.0, synced="[00:01.00]Help\0\n[00:02.0]me")]
    ) as server:
        finder = LyricsFinder(case.database, Heard(), Lrclib(server.url, "1", sleep=lambda _s: None))
        assert not case.has_lyrics()
        finder.ask(case.ana, case.track)
        (text,) = case.texts(case.bob)
        assert (text.source, text.synced, text.plain) == ("lrclib", True, "Help\nme")
        assert case.has_lyrics() and case.lookup().outcome == "found"
        case.age(10 * ASK_AGAIN_MS)
        finder.ask(case.ana, case.track)
        finder.ask_for_job(case.track, None)
        assert len(server.asked) == 1
        # Another title is another question, and its answer takes the place of the first.
        with case.database.write() as uow:
            uow.execute(update(track).values(title="Something Else"))
        finder.ask(case.ana, case.track)
        assert len(server.asked) == 3
        assert case.texts() == [] and not case.has_lyrics() and case.lookup().outcome == "none"
        finder.close()


def test_none_is_an_answer_too(case: Case) -> None:
    bus = Heard()
    with LrclibServer() as server:
        finder = LyricsFinder(case.database, bus, Lrclib(server.url, "1", sleep=lambda _s: None))
        finder.ask_for_job(case.track, case.ana.user_id)
        assert (case.lookup().outcome, len(server.asked)) == ("none", 2)
        finder.ask_for_job(case.track, case.ana.user_id)
        finder.ask(case.ana, case.track)  # within the minute
        assert len(server.asked) == 2 and bus.events == []
        case.age(ON_REQUEST_MS)
        finder.ask_for_job(case.track, case.ana.user_id)
        assert len(server.asked) == 2
        finder.ask(case.ana, case.track)
        assert len(server.asked) == 4
        case.age(ASK_AGAIN_MS)
        server.records = [song("Help!", "The Beatles", "Other", 138.0, plain="Help\nme")]
        finder.ask_for_job(case.track, case.ana.user_id)
        assert [text.plain for text in case.texts()] == ["Help\nme"]
        assert bus.events == [Event("lyrics.found", {"track_id": case.track}, user_id=case.ana.user_id)]
        finder.close()


def test_a_silent_provider_is_told_to_people_and_not_to_jobs(case: Case) -> None:
    with LrclibServer() as server:
        server.script = [Scripted(500)] * 9
        finder = LyricsFinder(case.database, Heard(), Lrclib(server.url, "1", sleep=lambda _s: None))
        with pytest.raises(Unavailable):
            finder.ask(case.ana, case.track)
        assert case.lookup().outcome == "error"
        before = len(server.asked)
        finder.ask_for_job(case.track, None)
        assert len(server.asked) == before  # not within the hour
        case.age(2 * 3600 * 1000)
        finder.ask_for_job(case.track, None)
        assert len(server.asked) == before + 3
        finder.close()


def test_only_who_hears_a_track_may_ask_and_only_when_it_is_switched_on(case: Case) -> None:
    off = LyricsFinder(case.database, Heard(), None)
    with pytest.raises(Conflict) as caught:
        off.ask(case.ana, case.track)
    assert caught.value.code == "lyrics_lookup_off"
    with LrclibServer() as server:
        finder = LyricsFinder(case.database, Heard(), Lrclib(server.url, "1", sleep=lambda _s: None))
        with pytest.raises(NotFound):
            finder.ask(case.stranger, case.track)
        with pytest.raises(Forbidden):
            finder.ask(case.guest, case.track)
        with pytest.raises(NotFound):
            finder.ask(case.ana, "x" * 22)
        assert server.asked == []
        finder.close()


class Queue:
    """Only remembers what is queued."""

    def __init__(self) -> None:
        self.queued: list[tuple[str, dict[str, Any], str | None]] = []

    def enqueue(self, _uow: object, name: str, args: dict[str, Any], **more: Any) -> str:
        self.queued.append((name, args, more.get("unique_key")))
        return "job"


def test_playing_a_track_without_words_wishes_for_them_once(case: Case) -> None:
    queue: Any = Queue()
    LyricsFinder(case.database, Heard(), None).wish(case.ana, queue, case.track)
    assert queue.queued == []
    with LrclibServer() as server:
        finder = LyricsFinder(case.database, Heard(), Lrclib(server.url, "1", sleep=lambda _s: None))
        finder.wish(case.ana, queue, case.track)
        assert queue.queued == [
            (JOB, {"track_id": case.track, "user_id": case.ana.user_id}, f"{JOB}:{case.track}")
        ]
        finder.ask_for_job(case.track, None)
        finder.wish(case.ana, queue, case.track)
        finder.wish(case.ana, queue, "x" * 22)
        assert len(queue.queued) == 1
        finder.close()


def test_a_track_that_goes_while_it_is_asked_for_leaves_nothing(case: Case) -> None:
    class Slow:
        name = "lrclib"

        def find(self, _wanted: object) -> Any:
            from resonance.library.ports import FoundLyrics

            with case.database.write() as uow:
                uow.execute(delete(track).where(track.c.id == case.track))
            return FoundLyrics("[00:01.00] x", None)

        def close(self) -> None: ...

    LyricsFinder(case.database, Heard(), Slow()).ask_for_job(case.track, None)
    assert case.lookup() is None


def test_a_rescan_keeps_found_and_own_words(scanned_library: Scanned, tmp_path: Any) -> None:
    music = scanned_library.copy(tmp_path)
    database = scanned_library.database
    with database.write() as uow:
        me = Rows(uow).user("ana")
        ids = dict(uow.execute(select(track.c.title, track.c.id)).all())
        departure, arrival = ids["Departure"], ids["Arrival"]
        for track_id in (departure, arrival):
            row = {
                "track_id": track_id,
                "source": "lrclib",
                "language": "xxx",
                "synced": False,
                "body": "found",
            }
            uow.execute(table.insert(), row)
        uow.execute(update(track).where(track.c.id == arrival).values(has_lyrics=True))
        lyrics.write(uow, me, arrival, "mine")
        lyrics.set_offset(uow, me, arrival, 100)
    folder = music / "The Harbor Lights/1999 - Night Ferry"
    (folder / "01 Departure.lrc").write_text("[00:00.00]<00:00.00>We <00:00.40>go\n")
    scanned_library.scanner().scan(scanned_library.library_id, full=True)
    with database.read() as uow:
        there = lyrics.of_track(uow, me, departure)
        assert [text.source for text in there] == ["lrc", "lrclib"]
        words = there[0].lines[0].words
        assert isinstance(words, list) and [word.text for word in words] == ["We ", "go"]
        kept = lyrics.of_track(uow, me, arrival)
        assert [(text.source, text.plain, text.offset_ms) for text in kept] == [
            ("user", "mine", 100),
            ("lrclib", "found", 100),
        ]
        assert uow.execute(select(track.c.has_lyrics).where(track.c.id == arrival)).scalar_one() is True
    # A removed .lrc goes, the found words stay.
    (folder / "01 Departure.lrc").unlink()
    scanned_library.scanner().scan(scanned_library.library_id)
    with database.read() as uow:
        assert [text.source for text in lyrics.of_track(uow, me, departure)] == ["lrclib"]
        assert uow.execute(select(track.c.has_lyrics).where(track.c.id == departure)).scalar_one() is True
