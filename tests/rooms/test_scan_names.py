"""What belongs together: albums over folders, years and discs; artists with and without ids."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from resonance.db.engine import Database
from resonance.db.tables.library import album, album_artist, artist, track, track_artist
from resonance.db.tables.listens import like
from resonance.db.tables.playlists import playlist, playlist_entry
from resonance.library.scanning.naming import VARIOUS, VARIOUS_MBID
from tests.fixtures.audio import make_tone, tag_file
from tests.fixtures.rows import Rows
from tests.rooms.test_scan_identity import World

MBID = "33333333-3333-4333-8333-333333333333"
OTHER_MBID = "44444444-4444-4444-8444-444444444444"


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    return World(database, tmp_path)


def albums(world: World) -> dict[tuple[str, str], int]:
    """(title, artist) -> tracks of what is shown, without the file that is always there."""
    query = select(album.c.title, album.c.artist_display, album.c.track_count).where(album.c.track_count > 0)
    found: dict[tuple[str, str], int] = {}
    with world.database.read() as uow:
        for title, name, count in uow.execute(query):
            if title != "Keep":
                found[title, name] = found.get((title, name), 0) + count
        number = len(uow.execute(query.where(album.c.title != "Keep")).all())
    assert number == len(found) or found.keys() == {("Same", "Weezer")}
    return found


def artists(world: World) -> dict[str, tuple[str | None, int]]:
    """name -> (MusicBrainz id, tracks)"""
    with world.database.read() as uow:
        rows = uow.execute(select(artist.c.name, artist.c.mbid, artist.c.track_count))
        return {name: (mbid, count) for name, mbid, count in rows if name != "K"}


def test_years_within_a_folder_do_not_split_an_album(world: World) -> None:
    for number, year in enumerate(("1971", "1983", "1999"), 1):
        world.tone(f"Best of/{number}.flac", 200 + number, album="Best of", artist="A", date=year)
    world.scan()
    assert albums(world) == {("Best of", "A"): 3}
    world.tone("Best of/4.flac", 210, album="Best of", artist="A", date="2005")
    world.scan()
    assert albums(world) == {("Best of", "A"): 4}


def test_years_tell_albums_of_one_name_apart(world: World) -> None:
    for year in ("1994", "2001"):
        for number in (1, 2):
            world.tone(
                f"{year}/{number}.flac",
                int(year) % 100 + 300 + number,
                album="Same",
                artist="Weezer",
                date=year,
            )
    world.scan()
    with world.database.read() as uow:
        rows = uow.execute(select(album.c.year, album.c.track_count).where(album.c.title == "Same"))
        assert sorted(map(tuple, rows)) == [(1994, 2), (2001, 2)]


def test_guests_do_not_split_an_album(world: World) -> None:
    for number, name in enumerate(("Ana", "Ana feat. Bob", "Ana ft. Cy & Di", "Ana (featuring Eve)"), 1):
        world.tone(f"x/{number}.flac", 220 + number, album="One", artist=name, date="2000")
    world.tone("x/5.flac", 229, album="One", artist="Ana", title="Duet (feat. Flo)", date="2000")
    world.scan()
    assert albums(world) == {("One", "Ana"): 5}
    assert artists(world)["Ana"] == (None, 5)
    assert artists(world)["Bob"] == (None, 1)
    assert artists(world)["Flo"] == (None, 1)


def test_names_join_whatever_their_case_and_accents(world: World) -> None:
    for number, name in enumerate(("Beyoncé", "BEYONCE", "Beyonce\u0301"), 1):
        world.tone(
            f"{number}/x.flac", 230 + number, artist=name, album="Lemon", album_artist=name, date="2016"
        )
    world.tone("4/x.flac", 239, artist="!!!", album="???", date="2016")
    world.tone("5/x.flac", 240, artist="???", album="!!!", date="2016")
    world.scan()
    names = artists(world)
    assert [count for name, (_, count) in names.items() if name.lower().startswith("beyonc")] == [3]
    assert (names["!!!"][1], names["???"][1]) == (1, 1), "names of signs alone are names too"
    assert sorted(title for title, _ in albums(world)) == ["!!!", "???", "Lemon"]


def test_an_artist_keeps_the_id_when_a_musicbrainz_id_turns_up(world: World) -> None:
    path = world.tone("a/1.flac", 250, artist="Nina", album="X")
    world.tone("a/2.flac", 251, artist="Nina", album="X")
    world.scan()
    with world.database.read() as uow:
        before = uow.execute(select(artist.c.id).where(artist.c.name == "Nina")).scalar_one()
    tag_file(path, artist_mbid=MBID)
    world.scan()
    with world.database.read() as uow:
        row = uow.execute(select(artist).where(artist.c.name == "Nina")).one()
    assert (row.id, row.mbid, row.identity, row.track_count) == (before, MBID, MBID, 2)
    world.tone("b/1.flac", 252, artist="Nina", album="Y", artist_mbid=OTHER_MBID)
    world.tone("c/1.flac", 253, artist="Nina", album="Z")
    world.scan()
    with world.database.read() as uow:
        rows = uow.execute(select(artist.c.mbid, artist.c.track_count).where(artist.c.name == "Nina")).all()
    assert sorted(map(tuple, rows)) == [(MBID, 3), (OTHER_MBID, 1)]


def test_an_id_borrowed_from_the_album_artist_is_not_believed(world: World) -> None:
    for number, name in enumerate(("Ana", "Bob"), 1):
        world.tone(
            f"s/{number}.flac", 260 + number, artist=name, album="Sampler", compilation="1",
            album_artist=VARIOUS, artist_mbid=MBID, album_artist_mbid=MBID,
        )  # fmt: skip
    world.tone(
        "t/1.flac",
        265,
        artist="Zed",
        album_artist="various artists",
        album="T",
        album_artist_mbid=VARIOUS_MBID,
    )
    world.scan()
    names = artists(world)
    assert (names["Ana"], names["Bob"]) == ((None, 1), (None, 1))
    assert albums(world) == {("Sampler", VARIOUS): 2, ("T", VARIOUS): 1}
    assert [name for name in names if "arious" in name] == [VARIOUS]


def test_release_ids_tell_editions_apart_and_join_folders(world: World) -> None:
    for number, (folder, release) in enumerate((("a", MBID), ("b", MBID), ("c", OTHER_MBID)), 1):
        world.tone(
            f"{folder}/1.flac", 270 + number, artist="Ana", album="Same", date="2000", release_mbid=release
        )
    world.scan()
    with world.database.read() as uow:
        rows = uow.execute(select(album.c.mbid, album.c.track_count).where(album.c.title == "Same")).all()
    assert sorted(map(tuple, rows)) == [(MBID, 2), (OTHER_MBID, 1)]


def test_untagged_folders_of_one_name_stay_apart(world: World) -> None:
    for number, folder in enumerate(("x/Demo", "y/Demo"), 1):
        make_tone(world.root / folder / "01 Song.wav", hertz=280 + number, seconds=0.3)
    world.scan()
    with world.database.read() as uow:
        rows = uow.execute(select(album.c.title, album.c.track_count).where(album.c.title == "Demo")).all()
    assert [tuple(row) for row in rows] == [("Demo", 1), ("Demo", 1)]


def test_album_artists_follow_the_tags(world: World) -> None:
    path = world.tone("a/1.flac", 290, artist="Ana", album_artist="Ana", album="X")
    world.scan()
    tag_file(path, album_artist=["Ana", "Bob"], artist=["Ana", "Cy"])
    world.scan()
    with world.database.read() as uow:
        query = select(artist.c.name).join(album_artist, album_artist.c.artist_id == artist.c.id)
        owners = uow.execute(
            query.join(album, album.c.id == album_artist.c.album_id)
            .where(album.c.track_count > 0, album.c.title == "X")
            .order_by(album_artist.c.position)
        )
        assert list(owners.scalars()) == ["Ana", "Bob"]
        query = select(artist.c.name).join(track_artist, track_artist.c.artist_id == artist.c.id)
        credited = query.join(track, track.c.id == track_artist.c.track_id).where(
            track.c.title == "Title 290"
        )
        assert list(uow.execute(credited.order_by(track_artist.c.position)).scalars()) == ["Ana", "Cy"]


def test_what_people_kept_survives_a_move_and_a_return(world: World, database: Database) -> None:
    world.tone("a/1.flac", 295, artist="Ana", album="X")
    world.scan()
    track_id = world.ids()["a/1.flac"]
    with database.write() as uow:
        user = Rows(uow).user("ada")
        uow.execute(
            like.insert().values(user_id=user.user_id, item_kind="track", item_id=track_id, liked_at=1)
        )
        uow.execute(
            playlist.insert().values(
                id="p" * 22, owner_id=user.user_id, name="P", name_sort="p", created_at=1, changed_at=1
            )
        )
        uow.execute(
            playlist_entry.insert().values(
                id="e" * 22, playlist_id="p" * 22, position=0, track_id=track_id, added_at=1
            )
        )
    world.move("a/1.flac", "b/2.flac")
    world.scan()
    content = (world.root / "b/2.flac").read_bytes()
    (world.root / "b/2.flac").unlink()
    world.scan()
    (world.root / "3.flac").write_bytes(content)
    world.scan()
    assert world.ids()["3.flac"] == track_id
    with database.read() as uow:
        assert uow.execute(select(playlist_entry.c.track_id)).scalars().all() == [track_id]
        assert uow.execute(select(like.c.item_id)).scalars().all() == [track_id]
