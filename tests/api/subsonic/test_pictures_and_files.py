"""getCoverArt as the app can show it, and which file stands for a song that has several."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select, update

from resonance.audio.facts import content_hash
from resonance.db.engine import Database
from resonance.db.tables import library as tables
from tests.api.subsonic.conftest import Server
from tests.fixtures.audio import picture
from tests.fixtures.rows import Rows


@pytest.fixture
def cover(server: Server, database: Database, music: Path) -> Iterator[str]:
    """A WebP in the library; its cover id."""
    data = picture(side=400, kind="WEBP")
    path = music / "shared" / "pictures" / "cover.webp"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    with database.write() as uow:
        values = {"content_hash": content_hash(data), "path": "pictures/cover.webp", "size": len(data)}
        uow.execute(update(tables.cover).where(tables.cover.c.id == server.seeded["cover"]).values(values))
    yield server.seeded["cover"]
    path.unlink()


def test_pictures_are_webp_only_for_who_asks_for_it(server: Server, cover: str) -> None:
    forms = []
    for accept in ("image/*", "image/avif,image/webp,*/*"):
        for sized in ({"size": 300}, {}):
            params = {**server.ada.login(), "id": cover, **sized}
            answer = server.client.get("/rest/getCoverArt", params=params, headers={"Accept": accept})
            again = server.client.get("/rest/getCoverArt", params=params, headers={"Accept": accept})
            assert (answer.status_code, answer.headers["vary"]) == (200, "Accept")
            assert (again.content, again.headers["etag"]) == (answer.content, answer.headers["etag"])
            with Image.open(io.BytesIO(answer.content)) as image:
                assert answer.headers["content-type"] == f"image/{str(image.format).lower()}"
                forms.append((image.format, image.width, answer.headers["etag"]))
    assert [form[:2] for form in forms] == [("JPEG", 320), ("JPEG", 400), ("WEBP", 320), ("WEBP", 400)]
    assert len({form[2] for form in forms}) == 4, "an ETag names exactly these bytes"


@pytest.mark.parametrize("better", [True, False])
def test_a_song_with_several_files_is_one_song_with_the_best(
    server: Server, database: Database, better: bool
) -> None:
    song = server.seeded["hunter"]
    with database.write() as uow:
        files = select(tables.carrier.c.library_id).where(tables.carrier.c.track_id == song)
        library = uow.execute(files).scalar_one()
        rows = Rows(uow)
        kind = {"format": "flac", "codec": "flac"} if better else {"format": "mp3", "codec": "mp3"}
        rows.carrier(song, library, bit_rate_kbps=32, **kind)
        rows.carrier(song, library, bit_rate_kbps=999, format="wav", codec="pcm", missing_at=1)
    wanted = "flac" if better else "mp3"
    rate = 32 if better else 64
    album = server.ada.ok("getAlbum", id=server.seeded["homogenic"])["album"]["song"]
    assert [one["title"] for one in album] == ["Hunter", "Jóga", "Bachelorette"]
    for found in (album[0], server.ada.ok("getSong", id=song)["song"]):
        assert (found["id"], found["suffix"], found["bitRate"]) == (song, wanted, rate)
    drawn = server.ada.ok("getRandomSongs", size=500)["randomSongs"]["song"]
    assert [one["suffix"] for one in drawn if one["id"] == song] == [wanted]
