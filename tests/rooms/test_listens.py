"""Plays, likes, ratings, tags, notes, the queue, and who plays now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from sqlalchemy import select

from resonance.core.clock import now_ms
from resonance.core.errors import Forbidden, Invalid, NotFound
from resonance.core.events import Event
from resonance.db.engine import Database
from resonance.db.tables.listens import track_stat
from resonance.library import catalogue
from resonance.library.catalogue import AlbumQuery, TrackQuery
from resonance.listens import likes, plays, queue, ratings, tags
from resonance.listens.now_playing import NowPlaying
from resonance.listens.plays import NewPlay
from resonance.model.caller import Caller, Role
from tests.fixtures.rows import Rows


@dataclass
class Heard:
    """A bus that remembers."""

    events: list[Event] = field(default_factory=list)

    def publish(self, event: Event) -> None:
        self.events.append(event)


@dataclass
class Scene:
    database: Database
    bus: Heard
    ada: Caller
    bob: Caller
    guest: Caller
    far: Caller
    album: str
    artist: str
    songs: list[str]

    def plays_of(self, caller: Caller, track_id: str) -> tuple[int, int | None]:
        with self.database.read() as uow:
            row = uow.execute(
                select(track_stat.c.play_count, track_stat.c.last_played_at).where(
                    track_stat.c.user_id == caller.user_id, track_stat.c.track_id == track_id
                )
            ).one_or_none()
        return (0, None) if row is None else (row.play_count, row.last_played_at)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with database.write() as uow:
        rows = Rows(uow)
        home, other = rows.library(), rows.library("Other")
        artist = rows.artist("Ann")
        album = rows.album(home, "One", [artist])
        songs = [
            rows.track(f"s{number}", album_id=album, library_id=home, duration_s=length, artists=[artist])
            for number, length in enumerate((200.0, 1000.0, 0.0, 30.0))
        ]
        people = (
            rows.user("ada"),
            rows.user("bob"),
            rows.user("gus", role=Role.GUEST),
            rows.user("far", libraries=[other]),
        )
        rows.settle()
    yield Scene(database, Heard(), *people, album, artist, songs)


def test_a_play_counts_after_half_the_track_or_four_minutes(scene: Scene) -> None:
    short, long, unknown, _ = scene.songs
    now = now_ms()
    cases = [
        (short, 99.9, False),
        (short, 100.0, True),
        (long, 239.9, False),
        (long, 240.0, True),
        (unknown, 0.0, False),
        (unknown, 1.0, True),
        (short, None, True),
    ]
    for at, (song, heard, expected) in enumerate(cases):
        with scene.database.write() as uow:
            result = plays.record(uow, scene.ada, [NewPlay(song, now - at, heard)])
        assert (result.accepted, result.new) == ((1, 1) if expected else (0, 0)), (song, heard)
    assert scene.plays_of(scene.ada, short)[0] == 2
    assert scene.plays_of(scene.bob, short)[0] == 0


def test_a_play_sent_again_counts_once(scene: Scene) -> None:
    song, now = scene.songs[0], now_ms()
    sent = [NewPlay(song, now, 200.0, id="client-made 1"), NewPlay(song, now, 200.0, id="client-made 1")]
    without_id = [NewPlay(song, now - 5000), NewPlay(song, now - 5000)]
    results = []
    for _ in range(3):
        with scene.database.write() as uow:
            results.append(plays.record(uow, scene.ada, sent + without_id))
    assert [(result.accepted, result.new) for result in results] == [(2, 2), (2, 0), (2, 0)]
    assert scene.plays_of(scene.ada, song) == (2, now)
    with scene.database.write() as uow:
        assert plays.record(uow, scene.bob, sent).new == 1, "another person's ids are their own"


def test_plays_kept_offline_do_not_turn_back_the_last_time(scene: Scene) -> None:
    song, now = scene.songs[0], now_ms()
    for at in (now, now - 86_400_000):
        with scene.database.write() as uow:
            plays.record(uow, scene.ada, [NewPlay(song, at)])
    assert scene.plays_of(scene.ada, song) == (2, now)


def test_nobody_listens_in_the_future_or_before_2000(scene: Scene) -> None:
    for at in (now_ms() + 6 * 60_000, 946_684_799_999, 0, -5):
        with pytest.raises(Invalid), scene.database.write() as uow:
            plays.record(uow, scene.ada, [NewPlay(scene.songs[0], at)])
    with scene.database.write() as uow:
        assert plays.record(uow, scene.ada, [NewPlay(scene.songs[0], now_ms() + 4 * 60_000)]).new == 1


def test_plays_of_strangers_and_of_tracks_out_of_sight_are_passed_over(scene: Scene) -> None:
    with scene.database.write() as uow:
        made_up = [NewPlay("x" * 22, now_ms()), NewPlay("no id", now_ms())]
        assert plays.record(uow, scene.ada, made_up).accepted == 0
        assert plays.record(uow, scene.far, [NewPlay(scene.songs[0], now_ms())]).accepted == 0
        with pytest.raises(Forbidden):
            plays.record(uow, scene.guest, [NewPlay(scene.songs[0], now_ms())])
        with pytest.raises(Invalid):
            plays.record(uow, scene.ada, [NewPlay(scene.songs[0], now_ms())] * 501)


def test_the_history_is_paged_newest_first(scene: Scene) -> None:
    now = now_ms()
    for at in range(7):
        with scene.database.write() as uow:
            plays.record(uow, scene.ada, [NewPlay(scene.songs[at % 2], now - at // 2 * 1000 - 1)])
    with scene.database.write() as uow:
        plays.record(uow, scene.bob, [NewPlay(scene.songs[3], now)])
    found, cursor = [], None
    with scene.database.read() as uow:
        while True:
            page = plays.history(uow, scene.ada, cursor=cursor, limit=3)
            found += page.items
            cursor = page.next
            if cursor is None:
                break
    assert len({item.id for item in found}) == 7
    times = [item.started_at for item in found]
    assert times == sorted(times, reverse=True)
    assert found[0].track.title in ("s0", "s1")


def test_albums_follow_the_plays(scene: Scene) -> None:
    with scene.database.read() as uow:
        assert catalogue.albums(uow, scene.ada, AlbumQuery("recently_played")).items == []
    with scene.database.write() as uow:
        plays.record(uow, scene.ada, [NewPlay(scene.songs[0], now_ms())])
    with scene.database.read() as uow:
        for sort in ("recently_played", "most_played"):
            found = catalogue.albums(uow, scene.ada, AlbumQuery(sort)).items  # type: ignore[arg-type]
            assert [album.id for album in found] == [scene.album]
            assert catalogue.albums(uow, scene.bob, AlbumQuery(sort)).items == []  # type: ignore[arg-type]
        assert catalogue.album_detail(uow, scene.ada, scene.album).play_count == 1


@pytest.mark.parametrize("kind", ["track", "album", "artist"])
def test_likes_and_stars_belong_to_one_person(scene: Scene, kind: str) -> None:
    item = {"track": scene.songs[0], "album": scene.album, "artist": scene.artist}[kind]
    read = {
        "track": catalogue.tracks_by_ids,
        "album": catalogue.albums_by_ids,
        "artist": catalogue.artists_by_ids,
    }[kind]

    def state(caller: Caller) -> tuple[bool, int]:
        with scene.database.read() as uow:
            found = read(uow, caller, [item])[0]
        assert found.liked == (found.liked_at is not None)
        return found.liked, found.rating

    with scene.database.write() as uow:
        likes.set(uow, scene.bus, scene.ada, kind, [item])  # type: ignore[arg-type]
        ratings.set(uow, scene.bus, scene.ada, kind, item, 4)  # type: ignore[arg-type]
        assert scene.bus.events == [], "news only after the commit"
    assert (state(scene.ada), state(scene.bob)) == ((True, 4), (False, 0))
    assert [(event.topic, event.user_id) for event in scene.bus.events] == [
        ("like.changed", scene.ada.user_id)
    ] * 2
    with scene.database.write() as uow:
        likes.unset(uow, scene.bus, scene.ada, kind, [item])  # type: ignore[arg-type]
        ratings.set(uow, scene.bus, scene.ada, kind, item, 0)  # type: ignore[arg-type]
    assert state(scene.ada) == (False, 0)


def test_a_like_keeps_its_first_time_and_survives_missing_files(scene: Scene) -> None:
    song = scene.songs[0]
    with scene.database.write() as uow:
        likes.set(uow, scene.bus, scene.ada, "track", [song])
    with scene.database.read() as uow:
        first = catalogue.tracks_by_ids(uow, scene.ada, [song])[0].liked_at
    with scene.database.write() as uow:
        likes.set(uow, scene.bus, scene.ada, "track", [song, song])
        uow.connection.exec_driver_sql(f"UPDATE track SET missing_at = 5 WHERE id = '{song}'")
        Rows(uow).settle()
    with scene.database.read() as uow:
        assert catalogue.tracks(uow, scene.ada, TrackQuery("liked")).items == []
    with scene.database.write() as uow:
        uow.connection.exec_driver_sql("UPDATE track SET missing_at = NULL")
        Rows(uow).settle()
    with scene.database.read() as uow:
        assert [item.liked_at for item in catalogue.tracks(uow, scene.ada, TrackQuery("liked")).items] == [
            first
        ]


def test_what_one_cannot_see_one_cannot_mark(scene: Scene) -> None:
    song = scene.songs[0]
    for act in (
        lambda uow: likes.set(uow, scene.bus, scene.far, "track", [song]),
        lambda uow: likes.set(uow, scene.bus, scene.far, "album", [scene.album]),
        lambda uow: likes.set(uow, scene.bus, scene.ada, "track", [song, "unknown"]),
        lambda uow: ratings.set(uow, scene.bus, scene.far, "artist", scene.artist, 3),
        lambda uow: tags.set_tags(uow, scene.far, song, ["x"]),
        lambda uow: tags.set_note(uow, scene.far, song, "x"),
    ):
        with pytest.raises(NotFound), scene.database.write() as uow:
            act(uow)
    with scene.database.read() as uow:
        assert not catalogue.tracks_by_ids(uow, scene.ada, [song])[0].liked


def test_guests_keep_nothing(scene: Scene) -> None:
    song = scene.songs[0]
    for act in (
        lambda uow: likes.set(uow, scene.bus, scene.guest, "track", [song]),
        lambda uow: likes.unset(uow, scene.bus, scene.guest, "track", [song]),
        lambda uow: ratings.set(uow, scene.bus, scene.guest, "track", song, 3),
        lambda uow: tags.set_tags(uow, scene.guest, song, ["x"]),
        lambda uow: tags.set_note(uow, scene.guest, song, "x"),
        lambda uow: queue.save(uow, scene.guest, [song]),
    ):
        with pytest.raises(Forbidden), scene.database.write() as uow:
            act(uow)


def test_tags_and_notes_are_private_cleaned_and_bounded(scene: Scene) -> None:
    song = scene.songs[0]
    with scene.database.write() as uow:
        kept = tags.set_tags(uow, scene.ada, song, ["  late   night ", "Run", "run", "", "夜"])
        assert kept == ["Run", "late night", "夜"]
        assert tags.set_note(uow, scene.ada, song, " bridge!\r\nat 2:10 \0") == "bridge!\nat 2:10"
    with scene.database.read() as uow:
        mine, theirs = (catalogue.track_detail(uow, who, song) for who in (scene.ada, scene.bob))
        assert next((tag.tag, tag.track_count) for tag in tags.all_tags(uow, scene.ada)) == ("Run", 1)
        assert tags.all_tags(uow, scene.bob) == []
    assert (mine.tags, mine.note) == (kept, "bridge!\nat 2:10")
    assert (theirs.tags, theirs.note) == ([], "")
    with scene.database.write() as uow:
        tags.set_tags(uow, scene.ada, song, [str(number) for number in range(50)])
        tags.set_note(uow, scene.ada, song, "n" * 10_000)
        for act in (
            lambda: tags.set_tags(uow, scene.ada, song, [str(number) for number in range(51)]),
            lambda: tags.set_tags(uow, scene.ada, song, ["t" * 65]),
            lambda: tags.set_note(uow, scene.ada, song, "n" * 10_001),
        ):
            with pytest.raises(Invalid):
                act()
        tags.set_note(uow, scene.ada, song, "")
        tags.set_tags(uow, scene.ada, song, [])
    with scene.database.read() as uow:
        detail = catalogue.track_detail(uow, scene.ada, song)
    assert (detail.tags, detail.note) == ([], "")


def test_a_queue_comes_back_as_it_was_saved(scene: Scene) -> None:
    a, b, c, _ = scene.songs
    with scene.database.read() as uow:
        assert queue.load(uow, scene.ada) == queue.SavedQueue([], None, 0, "", None)
        assert queue.standing(uow, scene.ada) is None
    with scene.database.write() as uow:
        queue.save(uow, scene.ada, [a, b, a, c], current_index=2, position_ms=900, changed_by="Phone")
    with scene.database.read() as uow:
        found, stand = queue.load(uow, scene.ada), queue.standing(uow, scene.ada)
        assert queue.load(uow, scene.bob).track_ids == []
    assert (found.track_ids, found.current_index, found.position_ms) == ([a, b, a, c], 2, 900)
    assert found.changed_by == "Phone"
    assert stand is not None
    assert (stand.track.id, stand.position_ms) == (a, 900)


@pytest.mark.parametrize(
    ("gone", "current", "index", "position"),
    [
        ([1], 2, 1, 900),
        ([0], 0, 0, 0),
        ([2], 2, 2, 0),
        ([2, 3], 2, 1, 0),
        ([0, 1, 2, 3], 2, None, 0),
    ],
)
def test_a_queue_steps_over_missing_tracks(
    scene: Scene, gone: list[int], current: int, index: int | None, position: int
) -> None:
    with scene.database.write() as uow:
        queue.save(uow, scene.ada, scene.songs, current_index=current, position_ms=900)
        for number in gone:
            uow.connection.exec_driver_sql(
                f"UPDATE track SET missing_at = 1 WHERE id = '{scene.songs[number]}'"
            )
    with scene.database.read() as uow:
        found = queue.load(uow, scene.ada)
    assert (found.current_index, found.position_ms) == (index, position)
    assert len(found.track_ids) == 4 - len(gone)


def test_impossible_queues_are_refused(scene: Scene) -> None:
    a = scene.songs[0]
    for ids, more in (
        ([a] * 10_001, {}),
        ([a], {"current_index": 1}),
        ([a], {"current_index": -1}),
        ([a], {"position_ms": -1}),
        (["not an id"], {}),
        ([a], {"changed_by": "x" * 101}),
    ):
        with pytest.raises(Invalid), scene.database.write() as uow:
            queue.save(uow, scene.ada, ids, **more)  # type: ignore[arg-type]
    with scene.database.write() as uow:
        queue.save(uow, scene.ada, [a] * 10_000, current_index=9_999)
    with scene.database.read() as uow:
        assert queue.load(uow, scene.ada).current_index == 9_999


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1_000_000_000

    def __call__(self) -> int:
        return self.now


def test_who_plays_now_is_seen_by_everybody_who_may_and_ends_by_itself(scene: Scene) -> None:
    clock = Clock()
    playing = NowPlaying(scene.bus, clock)
    with scene.database.read() as uow:
        playing.report(uow, scene.ada, scene.songs[0], position_ms=50_000, client="Phone")
        playing.report(uow, scene.ada, scene.songs[1], client="Web")
        playing.report(uow, scene.guest, scene.songs[0])
        clock.now += 125_000
        found = playing.everyone(uow, scene.bob)
        assert {(item.user_name, item.client, item.minutes_ago) for item in found} == {
            ("ada", "Phone", 2),
            ("ada", "Web", 2),
            ("gus", "test", 2),
        }
        assert playing.everyone(uow, scene.far) == []
        playing.report(uow, scene.ada, scene.songs[3], client="Phone")
        assert len(playing.everyone(uow, scene.bob)) == 3, "one entry per client"
        playing.stop(scene.ada, client="Phone")
        assert len(playing.everyone(uow, scene.bob)) == 2
        clock.now += 200_000
        assert [item.client for item in playing.everyone(uow, scene.bob)] == ["Web"]
        clock.now += 3_600_000
        assert playing.everyone(uow, scene.bob) == []
        with pytest.raises(NotFound):
            playing.report(uow, scene.far, scene.songs[0])
    assert {event.topic for event in scene.bus.events} == {"now_playing.changed"}


def test_simultaneous_plays_are_all_counted(scene: Scene) -> None:
    song, now = scene.songs[0], now_ms()

    def listen(number: int) -> None:
        for at in range(5):
            with scene.database.write() as uow:
                plays.record(
                    uow, scene.ada, [NewPlay(song, now - number * 10 - at), NewPlay(song, now + 9, id="x")]
                )

    threads = [Thread(target=listen, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert scene.plays_of(scene.ada, song)[0] == 31
