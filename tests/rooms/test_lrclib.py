"""The LRCLIB adapter against a loopback server with the real one's manners: matching, politeness, faults."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resonance.adapters.lrclib import Lrclib, client, parse
from resonance.core.errors import Unavailable
from resonance.library.ports import FoundLyrics, WantedLyrics
from tests.fixtures.lrclib import LrclibServer, Scripted, song

SYNCED = "[00:01.00] Help\n[00:02.00] me"
HELP = song("Help!", "The Beatles", "Help! (Remastered)", 139.4, synced=SYNCED, plain="Help\nme")


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def make(server: LrclibServer, clock: Clock | None = None) -> Lrclib:
    clock = clock or Clock()
    return Lrclib(server.url + "/", "9.9.9", sleep=clock.sleep, clock=clock)


def wanted(**other: Any) -> WantedLyrics:
    values = {"title": "Help!", "artists": ("The Beatles",), "album": "Help!", "duration_s": 140.0}
    return WantedLyrics(**{**values, **other})


def test_the_exact_record_takes_one_request() -> None:
    with LrclibServer([HELP]) as server:
        found = make(server).find(wanted(album="Help! (Remastered)"))
        assert found == FoundLyrics(SYNCED, "Help\nme")
        (asked,) = server.asked
        assert asked.path == "/api/get"
        assert asked.params == {
            "track_name": "Help!",
            "artist_name": "The Beatles",
            "album_name": "Help! (Remastered)",
            "duration": "140",
        }
        assert asked.user_agent.startswith("Resonance/9.9.9")


def test_another_album_is_found_by_searching() -> None:
    with LrclibServer([HELP]) as server:
        assert make(server).find(wanted()) == FoundLyrics(SYNCED, "Help\nme")
        assert [asked.path for asked in server.asked] == ["/api/get", "/api/search"]


def test_what_only_resembles_the_track_is_not_taken() -> None:
    others = [
        song("Help!", "The Beatles", "Live", 150.0, synced=SYNCED),
        song("Help! Help!", "The Beatles", "X", 140.0, synced=SYNCED),
        song("Help!", "The Beatles Revival Band", "Help!", 140.0, synced=SYNCED),
        song("Help!", "The Beatles", "Instrumental", 140.0),
    ]
    with LrclibServer(others) as server:
        assert make(server).find(wanted(album=None)) is None
        assert make(server).find(wanted()) is None


def test_guests_in_either_spelling_and_unknown_lengths() -> None:
    record = song("Duet (feat. Zoe)", "Ana", "A", 100.0, plain="words")
    with LrclibServer([record]) as server:
        ours = WantedLyrics("Duet", ("Ana feat. Zoë", "Ana"), None, None)
        assert make(server).find(ours) == FoundLyrics(None, "words")
        assert [asked.params["artist_name"] for asked in server.asked] == [
            "Ana feat. Zoë",
            "Ana feat. Zoë",
            "Ana",
        ]
        assert "duration" not in server.asked[0].params
        assert make(server).find(WantedLyrics("Duet", ("Ana",), None, 5_000.0)) is None


def test_synced_words_win_then_the_album() -> None:
    records = [
        song("A", "B", "One", 100.0, plain="plain"),
        song("A", "B", "Two", 101.0, synced="[00:01.00] two"),
        song("A", "B", "One", 102.0, synced="[00:01.00] one"),
    ]
    found = parse.best(parse.records(records), WantedLyrics("a", ("b",), "one", 100.0))
    assert found == FoundLyrics("[00:01.00] one", None)


def test_one_request_at_a_time_and_a_second_apart() -> None:
    clock = Clock()
    with LrclibServer() as server:
        asking = make(server, clock)
        for _ in range(3):
            asking.find(wanted())
        assert len(server.asked) == 6
        assert [round(seconds, 3) for seconds in clock.slept] == [1.0] * 5
    with LrclibServer() as server:
        server.script = [Scripted(404, b"{}", wait_s=0.05) for _ in range(8)]
        asking = Lrclib(server.url, "1", sleep=lambda _s: None, clock=time.monotonic)
        threads = [threading.Thread(target=asking.find, args=(wanted(),)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.most_at_once == 1


def test_a_hiccup_is_survived_and_retry_after_is_obeyed() -> None:
    clock = Clock()
    with LrclibServer([HELP]) as server:
        server.script = [Scripted(500), Scripted(429, headers={"Retry-After": "5"})]
        assert make(server, clock).find(wanted(album=None)) is not None
        assert len(server.asked) == 3
        assert [round(seconds, 3) for seconds in clock.slept] == [1.0, 5.0]


def test_a_server_that_asks_for_long_silence_gets_it() -> None:
    clock = Clock()
    with LrclibServer([HELP]) as server:
        server.script = [Scripted(503, headers={"Retry-After": "120"})]
        asking = make(server, clock)
        with pytest.raises(Unavailable) as caught:
            asking.find(wanted())
        assert caught.value.retry_after == 120
        with pytest.raises(Unavailable):
            asking.find(wanted())
        assert len(server.asked) == 1 and clock.slept == []
        clock.now += 121
        assert asking.find(wanted(album=None)) is not None


@pytest.mark.parametrize(
    "answer",
    [
        Scripted(500),
        Scripted(502, b"<html>bad gateway</html>"),
        Scripted(200, b"<html>captive portal</html>"),
        Scripted(400, b"{}"),
        Scripted(301, b"", {"Location": "http://127.0.0.1:1/"}),
        Scripted(200, b"[" * 100_000),
        Scripted(200, b'"' + b"x" * (client.LARGEST_ANSWER + 1) + b'"'),
    ],
)
def test_faults_are_one_clear_error_after_few_requests(answer: Scripted) -> None:
    with LrclibServer([HELP]) as server:
        server.script = [answer] * 10
        with pytest.raises(Unavailable, match="does not answer"):
            make(server).find(wanted())
        assert len(server.asked) <= client.ATTEMPTS


def test_nobody_listens() -> None:
    with LrclibServer() as server:
        url = server.url
    asking = Lrclib(url, "1", sleep=lambda _s: None)
    with pytest.raises(Unavailable):
        asking.find(wanted())
    asking.close()


def test_a_strange_get_answer_still_leads_to_the_search() -> None:
    for odd in (b"null", b"[]", b'{"trackName": 3}', json.dumps(song("Other", "Else", plain="x")).encode()):
        with LrclibServer([HELP]) as server:
            server.script = [Scripted(200, odd)]
            assert make(server).find(wanted()) == FoundLyrics(SYNCED, "Help\nme")


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(list(HELP)), inner),
)


@given(JSON)
def test_any_json_is_read_or_left(value: Any) -> None:
    parse.best(parse.records(value), wanted())
    parse.record(value)
