"""Track ids survive what people do to their files."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from resonance.db.engine import Database
from resonance.db.tables.library import album, carrier, track
from resonance.library.scanning.runs import ScanCounts
from tests.fixtures.audio import make_tone, tag_file
from tests.fixtures.scanned import ADMIN, make_libraries, make_scanner


class World:
    """A folder of music, a database, and questions about both."""

    def __init__(self, database: Database, base: Path) -> None:
        self.database = database
        self.root = base / "music"
        self.root.mkdir()
        (self.root / "keep").mkdir()
        make_tone(self.root / "keep" / "stays.flac", hertz=99, title="Stays", artist="K", album="Keep")
        with database.write() as uow:
            self.library_id = make_libraries(database, base / "data").add(uow, ADMIN, "M", str(self.root))
        self.scanner = make_scanner(database, workers=1)

    def tone(self, path: str, hertz: int, **tags: str) -> Path:
        values = {
            "title": f"Title {hertz}",
            "artist": "A",
            "album": "B",
            "number": str(hertz % 90 + 1),
            **tags,
        }
        return make_tone(self.root / path, hertz=hertz, seconds=0.5, **values)

    def scan(self, **more: bool) -> ScanCounts:
        return self.scanner.scan(self.library_id, **more)  # type: ignore[arg-type]

    def ids(self) -> dict[str, str]:
        """Path -> track id of all present files."""
        query = (
            select(carrier.c.path, carrier.c.track_id)
            .join(track, track.c.id == carrier.c.track_id)
            .where(carrier.c.missing_at.is_(None), track.c.missing_at.is_(None))
        )
        with self.database.read() as uow:
            return {row[0]: row[1] for row in uow.execute(query)}

    def tracks(self) -> int:
        """Tracks, hidden ones too."""
        with self.database.read() as uow:
            return uow.execute(select(func.count()).select_from(track)).scalar_one()

    def move(self, old: str, new: str) -> None:
        target = self.root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(target)


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    return World(database, tmp_path)


def test_moved_and_renamed(world: World) -> None:
    world.tone("a/one.mp3", 200)
    world.scan()
    before = world.ids()["a/one.mp3"]
    world.move("a/one.mp3", "b/c/01 - uno.mp3")
    counts = world.scan()
    assert (counts.added, counts.updated, counts.missing) == (0, 1, 0)
    assert world.ids()["b/c/01 - uno.mp3"] == before
    assert "a/one.mp3" not in world.ids()


@pytest.mark.parametrize("kind", ["mp3", "flac", "ogg", "opus", "m4a"])
def test_retagged_in_place_and_while_moved(world: World, kind: str) -> None:
    path = world.tone(f"a/one.{kind}", 210)
    world.scan()
    before = world.ids()[f"a/one.{kind}"]
    tag_file(path, title="Another name entirely", comment="x" * 5000)
    world.scan()
    assert world.ids()[f"a/one.{kind}"] == before
    tag_file(path, title="Third name", number="77")
    world.move(f"a/one.{kind}", f"z/third.{kind}")
    world.scan()
    assert world.ids()[f"z/third.{kind}"] == before
    with world.database.read() as uow:
        row = uow.execute(select(track).where(track.c.id == before)).one()
    assert (row.title, row.number) == ("Third name", 77)


def test_gone_is_hidden_and_comes_back_with_its_id(world: World) -> None:
    path = world.tone("a/one.mp3", 220)
    world.scan()
    before = world.ids()["a/one.mp3"]
    content, stat = path.read_bytes(), path.stat()
    path.unlink()
    assert world.scan().missing == 1
    assert "a/one.mp3" not in world.ids()
    with world.database.read() as uow:
        assert uow.execute(select(track.c.missing_at).where(track.c.id == before)).scalar() is not None
        assert uow.execute(select(album.c.track_count).where(album.c.title == "B")).scalar() == 0
    assert world.scan().missing == 0
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert world.scan().updated == 1
    assert world.ids()["a/one.mp3"] == before
    path.unlink()
    world.scan()
    (world.root / "later").mkdir()
    (world.root / "later" / "x.mp3").write_bytes(content)
    counts = world.scan()
    assert (counts.added, counts.updated) == (0, 1)
    assert world.ids()["later/x.mp3"] == before


def test_a_doubled_file_is_a_new_track(world: World) -> None:
    world.tone("a/one.mp3", 230)
    world.scan()
    before = world.ids()["a/one.mp3"]
    (world.root / "b").mkdir()
    shutil.copy2(world.root / "a/one.mp3", world.root / "b/one.mp3")
    assert world.scan().added == 1
    ids = world.ids()
    assert ids["a/one.mp3"] == before != ids["b/one.mp3"]


def test_of_several_with_one_sound_the_tags_decide_then_the_folder(world: World) -> None:
    for folder, number in (("a", 1), ("b", 2), ("c", 3)):
        world.tone(f"{folder}/same.flac", 240, number=str(number), title=f"Take {number}")
    world.scan()
    before = world.ids()
    for folder in "abc":
        world.move(f"{folder}/same.flac", f"moved/{folder}.flac")
    world.scan()
    after = world.ids()
    assert [after[f"moved/{f}.flac"] for f in "abc"] == [before[f"{f}/same.flac"] for f in "abc"]
    # Now also retagged beyond recognition: one leaves its folder, two are renamed where they are.
    world.move("moved/a.flac", "d/a.flac")
    world.scan()
    for folder, name in (("d", "a"), ("moved", "b")):
        path = world.root / folder / f"{name}.flac"
        tag_file(path, title=f"New {name}", number=str(50 + ord(name)))
        path.rename(path.with_name(f"renamed {name}.flac"))
    world.scan()
    final = world.ids()
    assert final["d/renamed a.flac"] == before["a/same.flac"]
    assert final["moved/renamed b.flac"] == before["b/same.flac"]
    assert final["moved/c.flac"] == before["c/same.flac"]


def test_undecidable_doubles_become_new_tracks(world: World) -> None:
    for name in ("x", "y"):
        world.tone(f"a/{name}.flac", 250, title=name)
    world.scan()
    before = set(world.ids().values())
    for name in ("x", "y"):
        path = world.root / "a" / f"{name}.flac"
        tag_file(path, title=f"Else {name}", number="80")
        world.move(f"a/{name}.flac", f"elsewhere/{name}.flac")
    counts = world.scan()
    assert (counts.added, counts.missing) == (2, 2)
    assert not before & {world.ids()["elsewhere/x.flac"], world.ids()["elsewhere/y.flac"]}


def test_swapped_names(world: World) -> None:
    world.tone("a/1.mp3", 260)
    world.tone("a/2.mp3", 261)
    world.scan()
    before = world.ids()
    world.move("a/1.mp3", "a/t.mp3")
    world.move("a/2.mp3", "a/1.mp3")
    world.move("a/t.mp3", "a/2.mp3")
    counts = world.scan()
    assert (counts.added, counts.updated, counts.missing) == (0, 2, 0)
    assert world.ids()["a/1.mp3"] == before["a/2.mp3"]
    assert world.ids()["a/2.mp3"] == before["a/1.mp3"]


def test_names_moving_up_when_the_first_file_is_deleted(world: World) -> None:
    for number in (1, 2, 3):
        world.tone(f"a/{number}.mp3", 270 + number)
    world.scan()
    before = world.ids()
    (world.root / "a/1.mp3").unlink()
    world.move("a/2.mp3", "a/1.mp3")
    world.move("a/3.mp3", "a/2.mp3")
    counts = world.scan()
    assert (counts.added, counts.missing) == (0, 1)
    after = world.ids()
    assert (after["a/1.mp3"], after["a/2.mp3"]) == (before["a/2.mp3"], before["a/3.mp3"])
    assert before["a/1.mp3"] not in after.values()


def test_another_song_under_a_known_name(world: World) -> None:
    world.tone("a/1.mp3", 280)
    world.scan()
    before = world.ids()["a/1.mp3"]
    world.move("a/1.mp3", "a/old.mp3")
    make_tone(world.root / "a/1.mp3", hertz=281, seconds=4, title="Quite another", artist="A", album="B")
    counts = world.scan()
    assert (counts.added, counts.updated) == (1, 1)
    assert world.ids()["a/old.mp3"] == before != world.ids()["a/1.mp3"]
    make_tone(world.root / "a/1.mp3", hertz=282, seconds=8, title="A third", artist="A", album="B")
    second = world.ids()["a/1.mp3"]
    counts = world.scan()
    assert (counts.added, counts.missing) == (1, 1)
    assert world.ids()["a/1.mp3"] not in (before, second)


def test_encoded_again_under_the_same_name(world: World) -> None:
    world.tone("a/1.mp3", 290)
    world.scan()
    before = world.ids()["a/1.mp3"]
    make_tone(
        world.root / "a/1.mp3", "mp3vbr", hertz=290, seconds=0.5,
        title="Title 290", artist="A", album="B", number="21",
    )  # fmt: skip
    assert world.scan().updated == 1
    assert world.ids()["a/1.mp3"] == before


def test_upgraded_to_another_format(world: World) -> None:
    world.tone("a/1.mp3", 300, album="Rel", date="2001")
    world.tone("a/2.mp3", 301, album="Rel", date="2001")
    world.scan()
    before = world.ids()
    for name, hertz in (("1", 300), ("2", 301)):
        (world.root / f"a/{name}.mp3").unlink()
        world.tone(f"hi-res/{name}.flac", hertz, album="Rel", date="2001")
    counts = world.scan()
    assert (counts.added, counts.updated, counts.missing) == (0, 2, 2)
    after = world.ids()
    assert (after["hi-res/1.flac"], after["hi-res/2.flac"]) == (before["a/1.mp3"], before["a/2.mp3"])


@pytest.mark.parametrize("difference", [{"album": "Other"}, {"number": "9"}, {"title": "Other"}])
def test_not_upgraded_when_the_song_differs(world: World, difference: dict[str, str]) -> None:
    tags = {"album": "Rel", "number": "1", "title": "Song"}
    world.tone("a/1.mp3", 310, **tags)
    world.scan()
    (world.root / "a/1.mp3").unlink()
    world.tone("a/1.flac", 310, **{**tags, **difference})
    counts = world.scan()
    assert (counts.added, counts.missing) == (1, 1)


def test_not_upgraded_while_the_old_file_is_there(world: World) -> None:
    world.tone("a/1.mp3", 320)
    world.scan()
    world.tone("a/1.flac", 320)
    assert world.scan().added == 1


def test_album_renamed_as_a_whole_keeps_its_id(world: World) -> None:
    for number in (1, 2, 3):
        world.tone(f"Wrong Nmae/{number}.flac", 330 + number, album="Wrong Nmae")
    world.scan()
    with world.database.read() as uow:
        before = uow.execute(select(album).where(album.c.title == "Wrong Nmae")).one()
    for number in (1, 2, 3):
        tag_file(world.root / f"Wrong Nmae/{number}.flac", album="Right Name", date="1999")
    (world.root / "Wrong Nmae").rename(world.root / "Right Name")
    counts = world.scan()
    assert (counts.added, counts.updated, counts.missing) == (0, 3, 0)
    with world.database.read() as uow:
        rows = uow.execute(select(album).where(album.c.track_count > 0, album.c.title != "Keep")).all()
    assert [(row.id, row.title, row.year, row.track_count) for row in rows] == [
        (before.id, "Right Name", 1999, 3)
    ]
    assert rows[0].added_at == before.added_at


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_sequence_of_moves_renames_and_retags_keeps_ids(world: World, seed: int) -> None:
    chance = random.Random(seed)
    where: dict[int, str] = {}  # sound -> path
    for hertz in range(400, 412):
        kind = chance.choice(["mp3", "flac", "ogg", "m4a", "opus"])
        where[hertz] = f"f{hertz % 3}/{hertz}.{kind}"
        world.tone(where[hertz], hertz)
    world.scan()
    ids = {hertz: world.ids()[path] for hertz, path in where.items()}
    gone: dict[int, tuple[str, bytes]] = {}
    serial = iter(range(10_000))

    def fresh(path: str) -> str:
        return f"f{chance.randrange(5)}/{next(serial)}{Path(path).suffix}"

    def move(hertz: int) -> None:
        new = fresh(where[hertz])
        world.move(where[hertz], new)
        where[hertz] = new

    def retag(hertz: int) -> None:
        number = next(serial)
        tag_file(
            world.root / where[hertz],
            title=f"T{number}",
            number=str(number % 99 + 1),
            album=f"Al{number % 4}",
        )

    def both(hertz: int) -> None:
        retag(hertz)
        move(hertz)

    def delete(hertz: int) -> None:
        path = world.root / where[hertz]
        gone[hertz] = (where.pop(hertz), path.read_bytes())
        path.unlink()

    def swap(hertz: int) -> None:
        same = [h for h in where if h != hertz and Path(where[h]).suffix == Path(where[hertz]).suffix]
        if not same:
            return
        other = chance.choice(same)
        mine, theirs = where[hertz], where[other]
        world.move(mine, "swap.tmp")
        world.move(theirs, mine)
        world.move("swap.tmp", theirs)
        where[hertz], where[other] = theirs, mine

    acts: list[Callable[[int], None]] = [move, move, retag, both, delete, swap]
    for _ in range(8):
        touched: set[int] = set()
        for _ in range(chance.randrange(1, 6)):
            if gone and chance.random() < 0.3:
                hertz = chance.choice(sorted(gone))
                if hertz not in touched:
                    old, content = gone.pop(hertz)
                    where[hertz] = fresh(old)
                    target = world.root / where[hertz]
                    target.parent.mkdir(exist_ok=True)
                    target.write_bytes(content)
                    touched.add(hertz)
                continue
            hertz = chance.choice(sorted(where))
            touched.add(hertz)
            chance.choice(acts)(hertz)
        world.scan(full=chance.random() < 0.2)
        assert {h: world.ids().get(path) for h, path in where.items()} == {h: ids[h] for h in where}
        assert set(world.ids()) == {*where.values(), "keep/stays.flac"}
        assert world.tracks() == len(ids) + 1
