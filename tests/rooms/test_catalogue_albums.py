"""Albums: detail, by id, pages, filters, access."""

from __future__ import annotations

from resonance.db.engine import Database
from resonance.library import catalogue
from resonance.model.caller import Caller
from tests.fixtures.rows import Rows


def titles(page: object) -> list[str]:
    return [item.title for item in page.items]  # type: ignore[attr-defined]


def test_an_album_comes_with_its_discs_credits_and_quality(database: Database, admin: Caller) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        first, second = rows.artist("Ann"), rows.artist("Bob")
        cover = rows.cover(home, palette='{"accent":{"h":10,"c":0.1,"l":0.7},"text":"#fff"}')
        album = rows.album(
            home,
            "Twins",
            [second, first],
            cover_id=cover,
            genres="Pop;Rock",
            original_date="1999-04",
            labels="A;B",
        )
        for disc, number, title in ((2, 1, "c"), (1, 2, "b"), (1, 1, "a"), (1, None, "last")):
            rows.track(title, album_id=album, library_id=home, disc=disc, number=number, artists=[first])
        rows.track("gone", album_id=album, library_id=home, missing_at=5)
        rows.settle()
    with database.read() as uow:
        detail = catalogue.album_detail(uow, admin, album)
    assert [(disc.disc, [item.title for item in disc.tracks]) for disc in detail.discs] == [
        (1, ["a", "b", "last"]),
        (2, ["c"]),
    ]
    assert [artist.name for artist in detail.artists] == ["Bob", "Ann"]
    assert detail.accent is not None
    assert detail.accent.h == 10
    assert detail.palette == {"accent": {"h": 10, "c": 0.1, "l": 0.7}, "text": "#fff"}
    assert detail.genres == ["Pop", "Rock"]
    assert detail.original_year == 1999
    assert detail.labels == ["A", "B"]
    assert detail.quality is not None
    assert detail.quality.formats == ["flac"]
    assert detail.quality.lossless
    assert detail.discs[0].tracks[0].cover_id == cover
    assert detail.track_count == 4
