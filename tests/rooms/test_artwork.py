"""Covers from real pictures in real folders: made once, kept safely, never read from elsewhere."""

from __future__ import annotations

import io
import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select, update

from resonance.audio.facts import content_hash
from resonance.core.errors import NotFound
from resonance.core.events import Event
from resonance.core.ids import new_id
from resonance.db.engine import Database
from resonance.db.tables import library as tables
from resonance.db.tables import playlists as playlist_tables
from resonance.library import lyrics
from resonance.library.artwork import Artwork, fitting
from resonance.library.artwork.cache import ArtworkCache
from resonance.library.artwork.palettes import make_palettes
from resonance.library.scanning.sides import cover_id
from resonance.model.caller import Caller
from tests.fixtures.audio import make_tone, picture, tag_file
from tests.fixtures.rows import Rows


@dataclass
class Shelf:
    database: Database
    root: Path
    cache: ArtworkCache
    artwork: Artwork
    library_id: str
    me: Caller

    def cover(self, name: str, data: bytes, *, source: str = "folder", hashed: bytes | None = None) -> str:
        """Write a picture and the row a scan would make; the cover's id."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if source == "folder":
            path.write_bytes(data)
        key = content_hash(data if hashed is None else hashed)
        with self.database.write() as uow:
            Rows(uow).insert(
                tables.cover,
                id=cover_id(key),
                content_hash=key,
                source=source,
                path=name,
                library_id=self.library_id,
                size=len(data),
            )
        return cover_id(key)

    def problem(self, cover: str) -> str | None:
        with self.database.read() as uow:
            problem: str | None = uow.execute(
                select(tables.cover.c.problem).where(tables.cover.c.id == cover)
            ).scalar_one()
            return problem

    def files(self) -> list[Path]:
        return sorted(path for path in self.cache.folder.rglob("*") if path.is_file())


@pytest.fixture
def shelf(database: Database, tmp_path: Path) -> Shelf:
    root = tmp_path / "music"
    root.mkdir()
    with database.write() as uow:
        rows = Rows(uow)
        library_id = rows.library()
        me = rows.user("ada")
        uow.execute(update(tables.library).values(path=str(root)))
    cache = ArtworkCache(tmp_path / "cache", 10 * 2**20)
    return Shelf(database, root, cache, Artwork(database, cache), library_id, me)


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "WEBP"
        return image.size


def noise(side: int, kind: str = "PNG") -> bytes:
    """A picture that does not compress, different at each call."""
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(out, kind)
    return out.getvalue()


def test_thumbnails_are_made_once_per_size(shelf: Shelf) -> None:
    cover = shelf.cover("Album/cover.jpg", picture(side=1200, kind="JPEG"))
    for asked, made in ((1, 96), (96, 96), (97, 320), (320, 320), (500, 960), (9000, 960)):
        shown = shelf.artwork.cover(shelf.me, cover, asked)
        assert size_of(shown.data) == (made, made)
        assert shown.media_type == "image/webp"
    assert len(shelf.files()) == 3
    (shelf.root / "Album/cover.jpg").unlink()  # what is cached needs no source
    assert size_of(shelf.artwork.cover(shelf.me, cover, 96).data) == (96, 96)
    assert fitting(320) == 320


@pytest.mark.parametrize("kind", ["flac", "mp3", "m4a", "opus"])
def test_embedded_covers(shelf: Shelf, kind: str) -> None:
    data = picture("#2040c0", 400)
    make_tone(shelf.root / f"song.{kind}")
    tag_file(shelf.root / f"song.{kind}", cover=data)
    cover = shelf.cover(f"song.{kind}", b"", source="embedded", hashed=data)
    assert size_of(shelf.artwork.cover(shelf.me, cover, 320).data) == (320, 320)
    original = shelf.artwork.original(shelf.me, cover)
    assert (original.data, original.media_type) == (data, "image/png")


def test_originals_are_the_very_bytes(shelf: Shelf) -> None:
    data = picture(kind="JPEG")
    cover = shelf.cover("a/front.jpg", data)
    shown = shelf.artwork.original(shelf.me, cover)
    assert (shown.data, shown.media_type) == (data, "image/jpeg")


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", b"\xff\xd8\xff" + b"x" * 500, b"RIFF\x10\0\0\0WEBPVP8 "], ids=len
)
def test_broken_pictures_are_remembered(shelf: Shelf, data: bytes) -> None:
    cover = shelf.cover("bad/cover.jpg", data)
    with pytest.raises(NotFound):
        shelf.artwork.cover(shelf.me, cover, 320)
    assert shelf.problem(cover)
    (shelf.root / "bad/cover.jpg").unlink()
    with pytest.raises(NotFound, match="cannot be shown"):
        shelf.artwork.cover(shelf.me, cover, 320)
    assert shelf.files() == []


def test_half_a_picture_is_not_shown(shelf: Shelf) -> None:
    whole = noise(300)
    cover = shelf.cover("half/cover.png", whole[: len(whole) // 2])
    with pytest.raises(NotFound):
        shelf.artwork.cover(shelf.me, cover, 320)


def test_too_many_pixels(shelf: Shelf) -> None:
    out = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(out, "PNG")
    cover = shelf.cover("bomb/cover.png", out.getvalue())
    with pytest.raises(NotFound):
        shelf.artwork.cover(shelf.me, cover, 96)
    assert "pixels" in (shelf.problem(cover) or "")


def test_changed_and_absent_files_are_not_held_against_the_cover(shelf: Shelf) -> None:
    data = picture("#111111")
    cover = shelf.cover("a/cover.png", data)
    (shelf.root / "a/cover.png").write_bytes(picture("#eeeeee"))
    with pytest.raises(NotFound, match="changed"):
        shelf.artwork.cover(shelf.me, cover, 96)
    (shelf.root / "a/cover.png").unlink()
    with pytest.raises(NotFound):
        shelf.artwork.cover(shelf.me, cover, 96)
    assert shelf.problem(cover) is None
    (shelf.root / "a/cover.png").write_bytes(data)
    assert shelf.artwork.cover(shelf.me, cover, 96)


def test_nothing_outside_the_library_is_read(shelf: Shelf, tmp_path: Path) -> None:
    data = picture("#abcdef")
    outside = tmp_path / "music-private" / "secret.png"
    outside.parent.mkdir()
    outside.write_bytes(data)
    (shelf.root / "link.png").symlink_to(outside)
    (shelf.root / "folder").symlink_to(outside.parent)
    names = ["link.png", "folder/secret.png", "../music-private/secret.png", str(outside)]
    for name in names:
        with shelf.database.write() as uow:
            uow.execute(tables.cover.delete())
            Rows(uow).insert(
                tables.cover,
                id=cover_id(content_hash(data)),
                content_hash=content_hash(data),
                source="folder",
                path=name,
                library_id=shelf.library_id,
                size=1,
            )
        with pytest.raises(NotFound):
            shelf.artwork.cover(shelf.me, cover_id(content_hash(data)), 96)
        with pytest.raises(NotFound):
            shelf.artwork.original(shelf.me, cover_id(content_hash(data)))


def test_a_pipe_in_the_pictures_place_holds_nobody(shelf: Shelf) -> None:
    cover = shelf.cover("a/cover.png", picture())
    (shelf.root / "a/cover.png").unlink()
    os.mkfifo(shelf.root / "a/cover.png")
    with pytest.raises(NotFound):
        shelf.artwork.cover(shelf.me, cover, 96)


def test_damaged_cache_entries_are_made_again(shelf: Shelf) -> None:
    cover = shelf.cover("a/cover.png", picture(side=500))
    good = shelf.artwork.cover(shelf.me, cover, 320).data
    (entry,) = shelf.files()
    for damaged in (b"", good[:100], good + b"x", b"\0" * len(good)):
        entry.write_bytes(damaged)
        assert shelf.artwork.cover(shelf.me, cover, 320).data == good
        assert entry.read_bytes() == good


def test_jpegs_are_kept_beside_the_webps(shelf: Shelf) -> None:
    cover = shelf.cover("a/cover.png", picture(side=640))
    shown = shelf.artwork.cover(shelf.me, cover, 300, "jpeg")
    webp = shelf.artwork.cover(shelf.me, cover, 300)
    assert (shown.media_type, webp.media_type) == ("image/jpeg", "image/webp")
    assert shown.tag != webp.tag
    with Image.open(io.BytesIO(shown.data)) as image:
        assert (image.format, image.size) == ("JPEG", (320, 320))
    assert sorted(path.suffix for path in shelf.files()) == [".jpeg", ".webp"]
    jpeg = next(path for path in shelf.files() if path.suffix == ".jpeg")
    jpeg.write_bytes(shown.data[:-10])  # cut off: made again
    assert shelf.artwork.cover(shelf.me, cover, 300, "jpeg") == shown
    (shelf.root / "a/cover.png").unlink()
    assert shelf.artwork.cover(shelf.me, cover, 300, "jpeg") == shown, "neither read nor encoded again"


def test_many_requests_at_once_get_the_same_picture(shelf: Shelf) -> None:
    cover = shelf.cover("a/cover.jpg", noise(900, "JPEG"))
    other = Artwork(
        shelf.database, ArtworkCache(shelf.cache.folder, shelf.cache.max_bytes)
    )  # as a 2nd process
    shown: list[bytes] = []

    def ask(artwork: Artwork) -> None:
        shown.append(artwork.cover(shelf.me, cover, 320).data)

    threads = [threading.Thread(target=ask, args=(artwork,)) for artwork in (shelf.artwork, other) * 6]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shown) == 12
    assert len(set(shown)) == 1
    assert len(shelf.files()) == 1


def test_the_cache_is_bounded_and_drops_the_oldest(tmp_path: Path) -> None:
    cache = ArtworkCache(tmp_path / "cache", 100_000)
    webp = noise(60, "WEBP")
    put = 3 * 100_000 // len(webp)
    for number in range(put):
        cache.put(f"{number:032d}-96", webp)
        path = cache.folder / f"{number:032d}-96.webp"
        os.utime(path, (number, number))
    kept = list(cache.folder.rglob("*.webp"))
    assert sum(path.stat().st_size for path in kept) <= 100_000
    assert cache.get(f"{put - 1:032d}-96") == webp
    assert cache.get(f"{0:032d}-96") is None


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "file").write_text("in the way")
    artwork = Artwork(shelf.database, ArtworkCache(tmp_path / "file", 1000))
    cover = shelf.cover("a/cover.png", picture())
    assert artwork.cover(shelf.me, cover, 96).data


def test_covers_of_other_libraries_are_hidden(shelf: Shelf) -> None:
    cover = shelf.cover("a/cover.png", picture())
    with shelf.database.write() as uow:
        rows = Rows(uow)
        other = rows.library("Other")
        stranger = rows.user("berta", libraries=[other])
        local = rows.user("carla", libraries=[shelf.library_id])
    assert shelf.artwork.cover(local, cover, 96)
    with pytest.raises(NotFound):
        shelf.artwork.cover(stranger, cover, 96)
    with pytest.raises(NotFound):
        shelf.artwork.original(stranger, cover)
    with shelf.database.write() as uow:  # the same picture on an album that the stranger has
        rows = Rows(uow)
        album = rows.album(other, "Shared", cover_id=cover)
        rows.track("Song", album_id=album, library_id=other)
        rows.settle()
    assert shelf.artwork.cover(stranger, cover, 96)
    for unknown in (new_id(), "", "../../etc/passwd"):
        with pytest.raises(NotFound):
            shelf.artwork.cover(local, unknown, 96)


def test_artist_pictures(shelf: Shelf) -> None:
    data = picture("#904010", 500)
    (shelf.root / "artist.png").write_bytes(data)
    (shelf.root / "broken.png").write_bytes(b"broken")
    with shelf.database.write() as uow:
        rows = Rows(uow)
        where = {"image_library_id": shelf.library_id}
        good = rows.artist("Good", image_path="artist.png", image_hash=content_hash(data), **where)
        bad = rows.artist("Bad", image_path="broken.png", image_hash=content_hash(b"broken"), **where)
        plain = rows.artist("Plain")
        album = rows.album(shelf.library_id, "Album", artists=[good, bad, plain])
        rows.track("Song", album_id=album, library_id=shelf.library_id)
        rows.settle()
        stranger = rows.user("berta", libraries=[rows.library("Other")])
    assert size_of(shelf.artwork.artist_image(shelf.me, good, 96).data) == (96, 96)
    for caller, artist in ((stranger, good), (shelf.me, bad), (shelf.me, bad), (shelf.me, plain)):
        with pytest.raises(NotFound):
            shelf.artwork.artist_image(caller, artist, 96)


def test_playlist_mosaics(shelf: Shelf) -> None:
    covers = [
        shelf.cover(f"{n}/cover.png", picture(colour, 200))
        for n, colour in enumerate(("#ff0000", "#00ff00", "#0000ff", "#ffffff", "#000000"))
    ]
    with shelf.database.write() as uow:
        rows = Rows(uow)
        albums = [rows.album(shelf.library_id, str(n), cover_id=cover) for n, cover in enumerate(covers)]
        tracks = [rows.track("t", album_id=album, library_id=shelf.library_id) for album in albums]
        rows.settle()
        stranger = rows.user("berta")
        lists = {}
        for name, entries in {"four": [*tracks[:1], *tracks], "one": tracks[:1] * 3, "empty": []}.items():
            lists[name] = new_id()
            rows.insert(
                playlist_tables.playlist,
                id=lists[name],
                owner_id=shelf.me.user_id,
                name=name,
                name_sort=name,
                created_at=0,
                changed_at=0,
            )
            for position, track in enumerate(entries):
                rows.insert(
                    playlist_tables.playlist_entry,
                    id=new_id(),
                    playlist_id=lists[name],
                    position=position,
                    track_id=track,
                    added_at=0,
                )
    shown = shelf.artwork.playlist_cover(shelf.me, lists["four"], 320)
    with Image.open(io.BytesIO(shown.data)) as image:
        corners = [image.convert("RGB").getpixel(at) for at in ((40, 40), (280, 40), (40, 280), (280, 280))]
    wanted = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
    for got, want in zip(corners, wanted, strict=True):
        assert isinstance(got, tuple)
        assert max(abs(a - b) for a, b in zip(got, want, strict=True)) < 12
    one = shelf.artwork.playlist_cover(shelf.me, lists["one"], 96)
    assert one.data == shelf.artwork.cover(shelf.me, covers[0], 96).data
    for caller, playlist in ((shelf.me, lists["empty"]), (stranger, lists["four"]), (shelf.me, new_id())):
        with pytest.raises(NotFound):
            shelf.artwork.playlist_cover(caller, playlist, 96)


class Heard:
    """A bus and a job context that remember."""

    def __init__(self, stop_after: int = 10**9) -> None:
        self.events: list[Event] = []
        self.told: list[float | None] = []
        self.asked, self.stop_after = 0, stop_after

    @property
    def cancelled(self) -> bool:
        self.asked += 1
        return self.asked > self.stop_after

    def progress(self, fraction: float | None, text: str = "") -> None:
        self.told.append(fraction)

    def publish(self, event: Event) -> None:
        self.events.append(event)


def test_palettes_are_filled_once(shelf: Shelf) -> None:
    good = [shelf.cover(f"{n}/cover.png", picture(f"#{n}040c0", 100)) for n in range(1, 8)]
    broken = shelf.cover("x/cover.png", b"no picture")
    away = shelf.cover("y/cover.png", picture("#aaaaaa"))
    (shelf.root / "y/cover.png").unlink()
    heard = Heard()
    assert make_palettes(shelf.database, shelf.artwork, heard, heard, batch=3) == 7
    with shelf.database.read() as uow:
        rows = {row.id: row for row in uow.execute(select(tables.cover))}
    for cover in good:
        assert set(json.loads(rows[cover].palette)) >= {"accent", "background", "text"}
        assert rows[cover].placeholder.startswith("data:image/webp;base64,")
    assert rows[broken].problem
    assert rows[away].problem is None
    assert rows[away].palette is None
    assert [event.topic for event in heard.events] == ["library.changed"]
    assert heard.told[-1] == 1.0
    again = Heard()
    assert make_palettes(shelf.database, shelf.artwork, again, again) == 0
    assert again.events == []


def test_the_palette_job_stops_when_told_and_keeps_what_it_made(shelf: Shelf) -> None:
    for n in range(8):
        shelf.cover(f"{n}/cover.png", picture(f"#{n}040c0", 100))
    heard = Heard(stop_after=5)
    made = make_palettes(shelf.database, shelf.artwork, heard, heard, batch=2)
    assert 0 < made < 8
    rest = Heard()
    assert make_palettes(shelf.database, shelf.artwork, rest, rest) == 8 - made


def test_lyrics(shelf: Shelf) -> None:
    with shelf.database.write() as uow:
        rows = Rows(uow)
        track = rows.track("Song", library_id=shelf.library_id)
        stranger = rows.user("berta", libraries=[rows.library("Other")])
        for source, language, synced, body in (
            ("tag", "eng", False, "one\r\n\r\ntwo\n"),
            ("lrc", "xxx", True, "[00:01.50] one\n[00:03.00] two"),
            ("tag", "deu", True, "no stamps at all"),
            ("tag", "fra", False, "  \n "),
        ):
            rows.insert(
                tables.lyrics, track_id=track, source=source, language=language, synced=synced, body=body
            )
    with shelf.database.read() as uow:
        texts = lyrics.of_track(uow, shelf.me, track)
        assert [(text.source, text.language, text.synced) for text in texts] == [
            ("lrc", "xxx", True),
            ("tag", "deu", False),
            ("tag", "eng", False),
        ]
        assert [(line.start_ms, line.text) for line in texts[0].lines] == [(1500, "one"), (3000, "two")]
        assert texts[2].plain == "one\n\ntwo"
        with pytest.raises(NotFound):
            lyrics.of_track(uow, stranger, track)
