"""Pictures and lyrics beside the music: a change there is noticed though no music file changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from resonance.db.tables.library import album, artist, carrier, cover, library_folder, lyrics, track
from resonance.library.scanning.runs import ScanCounts
from resonance.library.scanning.sides import cover_name
from tests.fixtures.audio import picture
from tests.fixtures.scanned import Scanned

FERRY = Path("The Harbor Lights/1999 - Night Ferry")


class Case:
    def __init__(self, scanned: Scanned, base: Path) -> None:
        self.scanned = scanned
        self.root = scanned.copy(base)

    def scan(self) -> ScanCounts:
        return self.scanned.scanner().scan(self.scanned.library_id)

    def cover(self, title: str) -> tuple[str, str] | None:
        """(source, path) of an album's picture."""
        query = select(cover.c.source, cover.c.path).join(album, album.c.cover_id == cover.c.id)
        with self.scanned.database.read() as uow:
            row = uow.execute(query.where(album.c.title == title)).first()
            return tuple(row) if row else None

    def words(self, title: str) -> list[str]:
        query = select(lyrics.c.body).join(track, track.c.id == lyrics.c.track_id)
        with self.scanned.database.read() as uow:
            return list(uow.execute(query.where(track.c.title == title)).scalars())

    def image(self, name: str) -> str | None:
        with self.scanned.database.read() as uow:
            return uow.execute(select(artist.c.image_path).where(artist.c.name == name)).scalar()


@pytest.fixture
def case(scanned_library: Scanned, tmp_path: Path) -> Case:
    return Case(scanned_library, tmp_path)


def test_lyrics_file_changed_added_removed(case: Case) -> None:
    lrc = case.root / FERRY / "01 Departure.lrc"
    lrc.write_text("[00:00.00]Other words\n")
    counts = case.scan()
    assert (counts.updated, counts.unchanged) == (1, 15), "one file is read again, not the folder"
    assert case.words("Departure") == ["[00:00.00] Other words"]
    (case.root / FERRY / "03 Arrival.lrc").write_bytes("Ganz ohne Zeiten: Ähre".encode("cp1252"))
    assert case.scan().updated == 1
    assert case.words("Arrival") == ["Ganz ohne Zeiten: Ähre"]
    lrc.unlink()
    assert case.scan().updated == 1
    assert case.words("Departure") == []
    with case.scanned.database.read() as uow:
        assert uow.execute(select(track.c.has_lyrics).where(track.c.title == "Departure")).scalar() is False
    assert case.scan().updated == 0


def test_folder_picture_changed_and_removed(case: Case) -> None:
    picture_path = case.root / FERRY / "cover.png"
    with case.scanned.database.read() as uow:
        before = uow.execute(select(album.c.cover_id).where(album.c.title == "Night Ferry")).scalar()
    picture_path.write_bytes(picture("#00ff00"))
    counts = case.scan()
    assert (counts.updated, counts.unchanged) == (3, 13)
    with case.scanned.database.read() as uow:
        after = uow.execute(select(album.c.cover_id).where(album.c.title == "Night Ferry")).scalar()
    assert before != after is not None
    picture_path.unlink()
    case.scan()
    assert case.cover("Night Ferry") is None
    (case.root / FERRY / "Folder.JPG").write_bytes(picture("#0000ff", kind="JPEG"))
    case.scan()
    assert case.cover("Night Ferry") == ("folder", f"{FERRY}/Folder.JPG")
    assert case.scan().updated == 0


def test_picture_above_the_discs_is_the_albums(case: Case) -> None:
    above = case.root / "The Harbor Lights/2004 - Long Way"
    assert case.cover("Long Way")[0] == "embedded"  # type: ignore[index]
    (above / "front.webp").write_bytes(picture("#123456", kind="WEBP"))
    assert case.scan().updated == 4
    assert case.cover("Long Way") == ("folder", f"{above.relative_to(case.root)}/front.webp")
    (above / "CD2" / "cover.png").write_bytes(picture("#654321"))
    assert case.scan().updated == 2
    assert case.cover("Long Way") == ("folder", f"{above.relative_to(case.root)}/front.webp")
    with case.scanned.database.read() as uow:
        rows = uow.execute(select(track.c.disc, track.c.cover_id).where(track.c.title.like("Mile %"))).all()
    assert {disc for disc, cover_id in rows if cover_id} == {2}, (
        "only the second disc has a picture of its own"
    )
    (above / "front.webp").unlink()
    (above / "CD2" / "cover.png").unlink()
    case.scan()
    assert case.cover("Long Way")[0] == "embedded"  # type: ignore[index]


def test_artist_picture(case: Case) -> None:
    path = case.root / "The Harbor Lights/artist.jpg"
    path.unlink()
    case.scan()
    assert case.image("The Harbor Lights") is None
    path.with_name("artist.png").write_bytes(picture())
    case.scan()
    assert case.image("The Harbor Lights") == "The Harbor Lights/artist.png"
    assert case.image("Ana") is None


def test_embedded_picture_is_looked_for_in_a_file_that_is_there(case: Case) -> None:
    source, path = case.cover("Long Way") or ("", "")
    assert source == "embedded"
    (case.root / path).unlink()
    case.scan()
    _, other = case.cover("Long Way") or ("", "")
    assert other != path
    assert (case.root / other).exists()


def test_touching_nothing_else(case: Case) -> None:
    (case.root / FERRY / "notes.txt").write_text("not music")
    (case.root / FERRY / "booklet.pdf").write_bytes(b"%PDF")
    assert case.scan().updated == 0
    (case.root / FERRY / "scan-03.jpg").write_bytes(picture(kind="JPEG"))
    assert case.scan().updated == 0, "a picture that stands for nothing changes no track"
    with case.scanned.database.read() as uow:
        sides = uow.execute(
            select(library_folder.c.sides).where(library_folder.c.path == str(FERRY))
        ).scalar_one()
    assert "scan-03.jpg" in sides


def test_scan_of_some_folders_only(case: Case) -> None:
    os.utime(case.root / FERRY / "01 Departure.flac")
    (case.root / "Sampler" / "1.ogg").unlink()
    counts = case.scanned.scanner().scan(case.scanned.library_id, paths=(str(FERRY),))
    assert (counts.files, counts.updated, counts.missing) == (3, 1, 0)
    counts = case.scanned.scanner().scan(case.scanned.library_id, paths=("Sampler", "not/there"))
    assert (counts.updated, counts.missing) == (0, 1)
    (case.root / FERRY).rename(case.root / "Gone elsewhere")
    counts = case.scanned.scanner().scan(case.scanned.library_id, paths=(str(FERRY), "Gone elsewhere"))
    assert (counts.added, counts.updated, counts.missing) == (0, 3, 0)
    counts = case.scan()
    assert (counts.unchanged, counts.updated, counts.added, counts.missing) == (15, 0, 0, 0)
    disc = "The Harbor Lights/2004 - Long Way"
    (case.root / disc / "cover.png").write_bytes(picture("#abcdef"))
    case.scan()
    os.utime(case.root / disc / "CD1" / "01.mp3")
    counts = case.scanned.scanner().scan(case.scanned.library_id, paths=(f"{disc}/CD1",))
    assert counts.updated == 1
    with case.scanned.database.read() as uow:
        query = select(cover.c.path).join(carrier, carrier.c.cover_id == cover.c.id)
        found = uow.execute(query.where(carrier.c.path == f"{disc}/CD1/01.mp3")).scalar()
    assert found == f"{disc}/cover.png", "the picture above the scanned folder still counts"


def test_which_picture_stands_for_a_folder() -> None:
    one = (1, 1)
    assert cover_name({"zz.jpg": one}) is None
    assert cover_name({"front.png": one, "Cover.JPG": one, "folder.jpg": one}) == "Cover.JPG"
    assert cover_name({"folder.png": one, "folder.jpg": one}) == "folder.jpg"
    assert cover_name({"artist.jpg": one, "cover.txt": one}) is None


def test_one_picture_in_two_folders(case: Case) -> None:
    same = picture("#777777")
    (case.root / FERRY / "cover.png").write_bytes(same)
    (case.root / "Sampler" / "cover.png").write_bytes(same)
    case.scan()
    places = {f"{FERRY}/cover.png", "Sampler/cover.png"}
    _, path = case.cover("Night Ferry") or ("", "")
    assert case.cover("Summer Sampler") == ("folder", path)
    (case.root / path).unlink()
    case.scan()
    remaining = (places - {path}).pop()
    left = "Summer Sampler" if remaining.startswith("Sampler") else "Night Ferry"
    assert case.cover(left) == ("folder", remaining)
