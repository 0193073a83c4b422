"""Smart playlists: members, who sees them, and keeping them in step at the cost of what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select, update

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, Forbidden, Invalid, NotFound
from resonance.core.events import Event
from resonance.db import changes
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.accounts import library_access
from resonance.db.tables.library import track
from resonance.db.tables.playlists import playlist, rule_change
from resonance.library.scanning.aggregates import Touched
from resonance.library.scanning.missing import bring_back, hide_tracks
from resonance.listens import likes, plays, ratings, tags
from resonance.listens.plays import NewPlay
from resonance.model.caller import Caller, Role
from resonance.playlists import playlists, smart_members, smart_store
from resonance.playlists.smart import SmartPlaylists
from resonance.rules.tree import from_json
from tests.fixtures.rows import Rows

LIKED = {"match": {"field": "liked", "op": "is", "value": True}}
JAZZ = {"match": {"field": "genre", "op": "is", "value": "jazz"}, "sort": [{"by": "title"}]}
LEAST_PLAYED = {"match": {"all": []}, "sort": [{"by": "play_count"}, {"by": "title"}], "limit": {"tracks": 3}}


@dataclass
class Heard:
    events: list[Event] = field(default_factory=list)

    def publish(self, event: Event) -> None:
        self.events.append(event)


@dataclass
class Told:
    """What a job holds; stops after so many lists."""

    left: int = 10**6
    job_id: str = "job"

    @property
    def cancelled(self) -> bool:
        self.left -= 1
        return self.left < 0

    def progress(self, fraction: float | None, text: str = "") -> None:
        assert fraction is None or 0 <= fraction <= 1


class Deaf:
    """Knows one track that sounds like everything asked for."""

    def __init__(self) -> None:
        self.near: dict[str, float] = {}

    def like_item(self, *_asked: Any) -> dict[str, float]:
        return self.near

    def like_words(self, *_asked: Any) -> dict[str, float]:
        return self.near


class NoIndex:
    def index(self, *_: Any) -> None: ...
    def remove(self, *_: Any) -> None: ...


@dataclass
class Scene:
    database: Database
    bus: Heard
    smart: SmartPlaylists
    deaf: Deaf
    ada: Caller
    bob: Caller
    far: Caller
    songs: list[str]
    library: str

    def make(self, rule: dict[str, Any], name: str = "Smart", who: Caller | None = None, **more: Any) -> str:
        made = self.smart.create(who or self.ada, name, from_json(rule), **more).id
        self.settle()
        return made

    def settle(self) -> None:
        """As if the look after the save were over."""
        self.smart.refresh_all(Told())
        with self.database.write() as uow:
            later = update(playlist).where(playlist.c.rule.is_not(None))
            uow.execute(later.values(due_at=now_ms() + 10**8))

    def titles(self, id_: str, who: Caller | None = None) -> list[str]:
        with self.database.read() as uow:
            found = playlists.detail(uow, who or self.ada, id_)
        assert found.smart
        return [entry.track.title for entry in found.entries]

    def version(self, id_: str) -> int:
        with self.database.read() as uow:
            return playlists.item(uow, self.ada, id_).version

    def refresh(self) -> int:
        self.bus.events.clear()
        return self.smart.refresh_all(Told())

    def like(self, *numbers: int, who: Caller | None = None) -> None:
        with self.database.write() as uow:
            likes.set(uow, self.bus, who or self.ada, "track", [self.songs[n] for n in numbers])

    def play(self, number: int) -> None:
        with self.database.write() as uow:
            plays.record(uow, self.ada, [NewPlay(self.songs[number], now_ms())])

    def news(self) -> int:
        with self.database.read() as uow:
            return int(uow.execute(select(func.count()).select_from(rule_change)).scalar_one())

    def lose(self, uow: UnitOfWork, number: int) -> None:
        uow.connection.exec_driver_sql(
            f"UPDATE carrier SET missing_at = 1 WHERE track_id = '{self.songs[number]}'"
        )
        hide_tracks(uow, NoIndex(), [self.songs[number]], 1, Touched())  # type: ignore[arg-type]


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.write() as uow:
        rows = Rows(uow)
        home, other = rows.library(), rows.library("Other")
        jazz, folk = rows.genre("Jazz"), rows.genre("Folk")
        album = rows.album(home, "A")
        songs = [
            rows.track(
                f"s{number}",
                album_id=album,
                library_id=other if number == 1 else home,
                duration_s=10.0 + number,
                genres=[jazz if number % 2 else folk],
                year=1970 + number,
            )
            for number in range(8)
        ]
        people = rows.user("ada"), rows.user("bob"), rows.user("far", libraries=[other])
        rows.insert(library_access, user_id=people[2].user_id, library_id=other)
        rows.settle()
    bus, deaf = Heard(), Deaf()
    return Scene(database, bus, SmartPlaylists(database, bus, deaf), deaf, *people, songs, home)


def test_members_are_those_of_the_rule_in_its_order(scene: Scene) -> None:
    made = scene.make(JAZZ | {"sort": [{"by": "title", "descending": True}]}, "Jazz", comment="c")
    assert scene.titles(made) == ["s7", "s5", "s3", "s1"]
    with scene.database.read() as uow:
        item = playlists.item(uow, scene.ada, made)
    assert (item.name, item.comment, item.smart, item.track_count, item.duration_s) == (
        "Jazz",
        "c",
        True,
        4,
        56.0,
    )
    assert item.valid_until is not None


def test_others_see_of_a_public_one_what_they_may(scene: Scene) -> None:
    made = scene.make(JAZZ, public=True)
    assert scene.titles(made, scene.bob) == ["s1", "s3", "s5", "s7"]
    assert scene.titles(made, scene.far) == ["s1"]
    theirs = scene.make(JAZZ, who=scene.far)
    assert scene.titles(theirs, scene.far) == ["s1"]
    with scene.database.read() as uow:
        with pytest.raises(NotFound):
            scene.smart.rule(uow, scene.ada, theirs)
        with pytest.raises(Forbidden):
            scene.smart.rule(uow, scene.bob, made)
    with pytest.raises(Forbidden):
        scene.smart.refresh(scene.bob, made)
    guest = Caller("G" * 22, "gus", Role.GUEST)
    with pytest.raises(Forbidden):
        scene.smart.create(guest, "x", from_json(JAZZ))


def test_what_follows_a_rule_is_not_edited_by_hand_until_it_is_frozen(scene: Scene) -> None:
    made = scene.make(JAZZ)
    entry, song = "e" * 22, scene.songs[0]
    by_hand: list[Any] = [
        lambda uow: playlists.add(uow, scene.bus, scene.ada, made, [song]),
        lambda uow: playlists.remove(uow, scene.bus, scene.ada, made, indexes=[0]),
        lambda uow: playlists.move(uow, scene.bus, scene.ada, made, [entry], before=None),
        lambda uow: playlists.replace(uow, scene.bus, scene.ada, made, [song]),
    ]
    for verb in by_hand:
        with pytest.raises(Conflict) as refused, scene.database.write() as uow:
            verb(uow)
        assert refused.value.code == "follows_rule"
    with scene.database.write() as uow:
        assert playlists.change(uow, scene.bus, scene.ada, made, name="Other").name == "Other"
    with pytest.raises(Conflict):
        scene.smart.freeze(scene.ada, made, version=1)
    frozen = scene.smart.freeze(scene.ada, made, version=scene.version(made))
    assert (frozen.smart, frozen.track_count, frozen.valid_until) == (False, 4, None)
    with scene.database.write() as uow:
        assert playlists.add(uow, scene.bus, scene.ada, made, [song, song]).track_count == 6
    with pytest.raises(Conflict):
        scene.smart.freeze(scene.ada, made)
    with pytest.raises(Conflict):
        scene.smart.refresh(scene.ada, made)
    scene.smart.set_rule(scene.ada, made, from_json(JAZZ))
    assert scene.titles(made) == ["s1", "s3", "s5", "s7"]


def test_only_what_changed_is_told_and_entries_stay_the_same(scene: Scene) -> None:
    liked, jazz = scene.make(LIKED | {"sort": [{"by": "title"}]}), scene.make(JAZZ)
    before = scene.version(jazz)
    scene.like(4, 2)
    assert scene.titles(liked) == []
    assert scene.refresh() == 1
    assert scene.titles(liked) == ["s2", "s4"]
    assert [(one.topic, one.data, one.user_id) for one in scene.bus.events] == [
        ("playlist.changed", {"id": liked}, scene.ada.user_id)
    ]
    with scene.database.read() as uow:
        held = {one.track.title: one.id for one in playlists.detail(uow, scene.ada, liked).entries}
    version = scene.version(liked)
    scene.like(3)
    assert scene.refresh() == 1
    with scene.database.read() as uow:
        detail = playlists.detail(uow, scene.ada, liked)
    assert [one.track.title for one in detail.entries] == ["s2", "s3", "s4"]
    assert {one.track.title: one.id for one in detail.entries}.items() >= held.items()
    assert detail.version == version + 1
    scene.like(3)  # again: nothing is different
    assert (scene.refresh(), scene.bus.events, scene.version(liked)) == (0, [], version + 1)
    assert scene.version(jazz) == before
    assert scene.news() == 0


def test_news_is_kept_only_for_rules_that_watch_it(scene: Scene) -> None:
    scene.like(1)
    assert scene.news() == 0
    scene.make(LIKED)
    scene.like(2, who=scene.bob)
    scene.play(3)
    assert scene.news() == 0
    scene.like(2)
    with scene.database.write() as uow:
        likes.set(uow, scene.bus, scene.ada, "album", [])
        ratings.set(uow, scene.bus, scene.ada, "track", scene.songs[1], 3)
        tags.set_tags(uow, scene.ada, scene.songs[1], ["x"])
    assert scene.news() == 2
    scene.refresh()
    assert scene.news() == 0


def test_a_limit_lets_others_move_up(scene: Scene) -> None:
    least = scene.make(LEAST_PLAYED)
    assert scene.titles(least) == ["s0", "s1", "s2"]
    scene.play(6)
    assert scene.refresh() == 0
    scene.play(1)
    assert scene.refresh() == 1
    assert scene.titles(least) == ["s0", "s2", "s3"]


def test_lost_files_leave_and_come_back(scene: Scene) -> None:
    jazz = scene.make(JAZZ)
    with scene.database.write() as uow:
        scene.lose(uow, 3)
    scene.refresh()
    with scene.database.read() as uow:
        assert smart_store.members(uow, jazz) == [scene.songs[n] for n in (1, 5, 7)]
        path = uow.connection.exec_driver_sql(
            f"SELECT path FROM carrier WHERE track_id = '{scene.songs[3]}'"
        ).scalar_one()
    with scene.database.write() as uow:
        bring_back(uow, NoIndex(), scene.library, [path], Touched())  # type: ignore[arg-type]
    scene.refresh()
    assert scene.titles(jazz) == ["s1", "s3", "s5", "s7"]


def test_lists_in_lists_are_made_from_the_inside_out(scene: Scene) -> None:
    inner = scene.make(LIKED)
    middle = scene.make({"match": {"field": "playlist", "op": "in", "value": inner}}, "Middle")
    outer = scene.make(
        {"match": {"all": [JAZZ["match"], {"field": "playlist", "op": "not_in", "value": middle}]}}, "Outer"
    )
    assert len(scene.titles(outer)) == 4
    scene.like(1, 2)
    assert scene.refresh() == 3
    assert sorted(scene.titles(middle)) == ["s1", "s2"]
    assert sorted(scene.titles(outer)) == ["s3", "s5", "s7"]
    for lists in (inner, middle):
        with pytest.raises(Invalid) as refused:
            scene.smart.set_rule(
                scene.ada, lists, from_json({"match": {"field": "playlist", "op": "in", "value": outer}})
            )
        assert refused.value.code == "circle"
    with scene.database.write() as uow:
        playlists.delete(uow, scene.bus, scene.ada, inner)
    scene.refresh()
    assert (scene.titles(middle), len(scene.titles(outer))) == ([], 4)


def test_a_normal_list_that_a_rule_looks_into(scene: Scene) -> None:
    with scene.database.write() as uow:
        normal = playlists.create(uow, scene.bus, scene.bob, "Bob's", track_ids=scene.songs[:2]).id
    around = scene.make({"match": {"field": "playlist", "op": "in", "value": normal}})
    assert scene.titles(around) == []  # it is private
    with scene.database.write() as uow:
        playlists.change(uow, scene.bus, scene.bob, normal, public=True)
    scene.smart.refresh(scene.ada, around)
    assert scene.titles(around) == ["s0", "s1"]
    with scene.database.write() as uow:
        playlists.add(uow, scene.bus, scene.bob, normal, [scene.songs[5]])
    assert scene.refresh() == 1
    assert scene.titles(around) == ["s0", "s1", "s5"]


def test_a_change_of_a_list_wakes_those_that_look_into_it(scene: Scene) -> None:
    with scene.database.write() as uow:
        normal = playlists.create(uow, scene.bus, scene.bob, "Bob's", track_ids=scene.songs[:2]).id
    around = scene.make({"match": {"field": "playlist", "op": "in", "value": normal}})
    beside = scene.make(JAZZ)

    def followed() -> list[str]:
        with scene.database.read() as uow:
            assert scene.smart.something_to_do(uow)
        before = scene.version(beside)
        scene.refresh()
        assert scene.version(beside) == before
        with scene.database.read() as uow:
            assert not scene.smart.something_to_do(uow)
        return scene.titles(around)

    assert scene.titles(around) == []  # it is private
    with scene.database.write() as uow:
        playlists.change(uow, scene.bus, scene.bob, normal, public=True)
    assert followed() == ["s0", "s1"]
    with scene.database.write() as uow:
        playlists.add(uow, scene.bus, scene.bob, normal, [scene.songs[5]])
    assert followed() == ["s0", "s1", "s5"]
    with scene.database.write() as uow:
        playlists.change(uow, scene.bus, scene.bob, normal, public=False)
    assert followed() == []
    with scene.database.write() as uow:
        playlists.change(uow, scene.bus, scene.bob, normal, public=True)
    assert followed() == ["s0", "s1", "s5"]
    with scene.database.write() as uow:
        playlists.delete(uow, scene.bus, scene.bob, normal)
    assert followed() == []


def test_time_alone_changes_a_list_once_it_is_due(scene: Scene) -> None:
    recent = scene.make({"match": {"field": "added", "op": "in_last", "value": 30}})
    assert scene.titles(recent) == []
    with scene.database.write() as uow:
        uow.execute(update(track).where(track.c.id == scene.songs[0]).values(added_at=now_ms()))
        assert not scene.smart.something_to_do(uow)
    assert scene.refresh() == 0
    with scene.database.write() as uow:
        uow.execute(update(playlist).values(due_at=1))
    with scene.database.read() as uow:
        assert scene.smart.something_to_do(uow)
    assert scene.refresh() == 1
    assert scene.titles(recent) == ["s0"]
    with scene.database.read() as uow:
        assert not scene.smart.something_to_do(uow)
        due = uow.execute(select(playlist.c.due_at)).scalar_one()
    assert now_ms() < due <= now_ms() + smart_members.HOUR_MS


def test_what_sounds_alike_is_asked_again_after_a_measurement(scene: Scene) -> None:
    scene.deaf.near = {scene.songs[4]: 0.9, scene.songs[5]: 0.7}
    value = {"track": scene.songs[0], "at_least": 0.8}
    made = scene.make({"match": {"field": "sounds_like", "op": "is", "value": value}})
    assert scene.titles(made) == ["s4"]
    scene.deaf.near = {scene.songs[5]: 0.81}
    with scene.database.write() as uow:
        changes.note(uow, "features", [scene.songs[7]])
    assert scene.refresh() == 1
    assert scene.titles(made) == ["s5"]


def test_a_run_that_was_stopped_keeps_the_news(scene: Scene) -> None:
    liked = scene.make(LIKED)
    scene.like(1)
    scene.smart.refresh_all(Told(left=0))
    assert (scene.titles(liked), scene.news()) == ([], 1)
    scene.refresh()
    assert scene.titles(liked) == ["s1"]


def test_one_changed_track_does_not_read_the_whole_catalogue(scene: Scene) -> None:
    """The rows that a refresh fetches follow the change; what SQL looks at is measured by bench/rules.py."""
    scene.make(JAZZ | {"limit": {"tracks": 2}})
    fetched: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        fetched.append(statement)

    with scene.database.write() as uow:
        changes.note(uow, "catalogue", [scene.songs[0]])
    event.listen(scene.database.engine, "before_cursor_execute", note)
    try:
        assert scene.refresh() == 0
    finally:
        event.remove(scene.database.engine, "before_cursor_execute", note)
    asked = [one for one in fetched if "FROM track" in one]
    assert (len(asked) == 1 and "json_each" in asked[0]) or scene.database.engine.dialect.name != "sqlite"


class Work:
    """The statements that a database is given, and the steps that SQLite makes for them, in tens."""

    def __init__(self, database: Database) -> None:
        self.engine, self.said, self.steps = database.engine, list[tuple[str, Any]](), 0

    def _said(self, connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        self.said.append((statement, parameters))
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.set_progress_handler(self._step, 10)

    def _step(self) -> int:
        self.steps += 1
        return 0

    def __enter__(self) -> Work:
        event.listen(self.engine, "before_cursor_execute", self._said)
        return self

    def __exit__(self, *_fault: Any) -> None:
        event.remove(self.engine, "before_cursor_execute", self._said)
        with self.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.connection.driver_connection.set_progress_handler(None, 0)  # type: ignore[union-attr]

    def of(self, *words: str) -> list[tuple[str, Any]]:
        return [one for one in self.said if all(word in one[0] for word in words)]


def _more_songs(scene: Scene, count: int) -> None:
    with scene.database.write() as uow:
        rows = Rows(uow)
        jazz = uow.connection.exec_driver_sql("SELECT id FROM genre WHERE name = 'Jazz'").scalar_one()
        for number in range(count):
            rows.track(f"m{number:05}", library_id=scene.library, genres=[jazz], duration_s=1.0, year=1950)


FOLLOWING = [
    LIKED,
    {
        "match": {
            "all": [
                {"field": "genre", "op": "is", "value": "jazz"},
                {"field": "year", "op": "at_least", "value": 1971},
                {"field": "codec", "op": "is", "value": "flac"},
            ]
        },
        "sort": [{"by": "play_count"}],
    },
    {"match": {"field": "album_play_count", "op": "at_least", "value": 1}},
    {"match": {"field": "artist_rating", "op": "at_least", "value": 1}, "sort": [{"by": "last_played"}]},
]


def test_a_refresh_costs_what_changed_and_not_the_library(scene: Scene) -> None:
    for rule in FOLLOWING:
        scene.make(rule)

    def after_a_change(number: int) -> Work:
        scene.like(number)
        scene.play(number + 1)
        with Work(scene.database) as work:
            scene.refresh()
        return work

    after_a_change(0)
    small = after_a_change(2)
    _more_songs(scene, 3000)
    scene.settle()
    large = after_a_change(4)
    # A list that a play moves is written in about ten statements; which one that is hangs on the ids.
    assert len(large.said) <= len(small.said) + 10 * len(FOLLOWING)
    assert large.steps <= 2 * small.steps, (small.steps, large.steps)


def test_lists_that_do_not_look_at_what_changed_are_left_alone(scene: Scene) -> None:
    for rule in [LIKED, JAZZ, LEAST_PLAYED, {"match": {"field": "tag", "op": "is", "value": "x"}}]:
        scene.make(rule)
    scene.like(3)
    with Work(scene.database) as work:
        assert scene.refresh() == 1
    assert len(work.of("item_like")) == 2  # whether it fits, and where it stands
    assert not work.of("track_genre")
    assert not work.of("track_stat")
    assert not work.of("track_tag")


def test_one_new_member_is_one_new_row(scene: Scene) -> None:
    _more_songs(scene, 300)
    scene.make(JAZZ)
    last = {"match": {"field": "liked", "op": "is", "value": True}, "sort": [{"by": "liked_at"}]}
    scene.make(last)
    scene.like(0, 2, 4)
    scene.refresh()
    with scene.database.write() as uow:
        changes.note(uow, "catalogue", [scene.songs[0]])
    scene.like(6)
    with Work(scene.database) as work:
        assert scene.refresh() == 1
    (inserted,) = work.of("INSERT INTO playlist_entry")
    assert not work.of("DELETE FROM playlist_entry")
    assert not work.of("UPDATE playlist_entry")  # it stands at the end
    assert scene.songs[6] in str(inserted[1])
    assert str(inserted[1]).count(scene.songs[0]) == 0


RULES = [
    LIKED,
    JAZZ,
    LEAST_PLAYED,
    {"match": {"not": {"any": [{"field": "liked", "op": "is", "value": True}]}}, "limit": {"minutes": 1}},
    {
        "match": {"field": "rating", "op": "at_least", "value": 2},
        "sort": [{"by": "rating", "descending": True}],
    },
    {"match": {"field": "album_play_count", "op": "less", "value": 3}, "sort": [{"by": "last_played"}]},
    {
        "match": {"field": "tag", "op": "is_not", "value": "x"},
        "sort": [{"by": "random"}],
        "limit": {"tracks": 4},
    },
    {"match": {"field": "play_count", "op": "between", "value": [1, 2]}},
]
number = st.integers(0, 7)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["like", "unlike", "play", "lose", "find", "tag", "untag"]), number),
        st.tuples(st.sampled_from(["rate1", "rate3"]), number),
        st.just(("run", 0)),
    ),
    max_size=25,
)


def _do(scene: Scene, verb: str, number_: int) -> None:
    song = scene.songs[number_]
    if verb == "run":
        scene.refresh()
        return
    with scene.database.write() as uow:
        if verb == "like":
            likes.set(uow, scene.bus, scene.ada, "track", [song])
        elif verb == "unlike":
            likes.unset(uow, scene.bus, scene.ada, "track", [song])
        elif verb == "play":
            plays.record(uow, scene.ada, [NewPlay(song, now_ms())])
        elif verb.startswith("rate"):
            ratings.set(uow, scene.bus, scene.ada, "track", song, int(verb[-1]))
        elif verb == "tag":
            tags.set_tags(uow, scene.ada, song, ["x"])
        elif verb == "untag":
            tags.set_tags(uow, scene.ada, song, [])
        elif verb == "lose":
            scene.lose(uow, number_)
        else:
            statement = f"SELECT path FROM carrier WHERE track_id = '{song}'"
            path = uow.connection.exec_driver_sql(statement).scalar_one()
            bring_back(uow, NoIndex(), scene.library, [path], Touched())  # type: ignore[arg-type]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_small_refreshes_end_where_a_full_one_would(scene: Scene, steps: list[tuple[str, int]]) -> None:
    with scene.database.write() as uow:
        uow.connection.exec_driver_sql("DELETE FROM playlist")
    made = [scene.make(rule) for rule in RULES]
    for verb, number_ in steps:
        if not (verb in ("lose", "find", "like", "rate1", "rate3", "tag") and number_ == 1):
            try:
                _do(scene, verb, number_)
            except NotFound:
                continue  # of a track that is lost
    scene.refresh()
    with scene.database.read() as uow:
        for id_, rule in zip(made, RULES, strict=True):
            whole = smart_members.all_of(
                uow, smart_members.asked(uow, scene.ada, from_json(rule), scene.deaf)
            )
            assert smart_store.members(uow, id_) == whole
