"""What a first scan puts into the catalogue."""

from __future__ import annotations

from sqlalchemy import select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import (
    album,
    album_artist,
    artist,
    broken_file,
    carrier,
    cover,
    genre,
    lyrics,
    track,
    track_artist,
)
from tests.fixtures.scanned import BAND_MBID, RELEASE_MBID, Scanned


def album_of(uow: UnitOfWork, title: str):  # type: ignore[no-untyped-def]
    return uow.execute(select(album).where(album.c.title == title)).one()


def test_every_file_is_a_track(scanned_library: Scanned) -> None:
    with scanned_library.database.read() as uow:
        paths = set(uow.execute(select(carrier.c.path)).scalars())
        on_disk = {
            str(path.relative_to(scanned_library.root))
            for path in scanned_library.root.rglob("*")
            if path.suffix in (".flac", ".mp3", ".ogg", ".m4a", ".opus", ".wav")
        }
        assert paths == on_disk
        assert len(uow.execute(select(track.c.id)).all()) == len(on_disk) == 16
        assert uow.execute(select(broken_file)).all() == []


def test_album_has_the_values_of_its_release(scanned_library: Scanned) -> None:
    with scanned_library.database.read() as uow:
        ferry = album_of(uow, "Night Ferry")
        assert ferry.artist_display == "The Harbor Lights"
        assert ferry.artist_sort == "harbor lights"
        assert (ferry.year, ferry.date, ferry.original_date) == (1999, "1999-05-03", "1998")
        assert (ferry.labels, ferry.release_types, ferry.mbid) == ("Quay Records", "album", RELEASE_MBID)
        assert (ferry.track_count, ferry.disc_count, ferry.genres) == (3, 1, "Rock;Dream Pop")
        assert 2.9 < ferry.duration_s < 3.1
        picture = uow.execute(select(cover).where(cover.c.id == ferry.cover_id)).one()
        assert (picture.source, picture.path.rpartition("/")[2]) == ("folder", "cover.png")


def test_discs_in_folders_are_one_album(scanned_library: Scanned) -> None:
    with scanned_library.database.read() as uow:
        long_way = album_of(uow, "Long Way")
        assert (long_way.track_count, long_way.disc_count) == (4, 2)
        picture = uow.execute(select(cover).where(cover.c.id == long_way.cover_id)).one()
        assert picture.source == "embedded"
        tracks = uow.execute(select(track).where(track.c.album_id == long_way.id)).all()
        assert all(row.cover_id is None for row in tracks)


def test_compilation_is_by_various_artists(scanned_library: Scanned) -> None:
    with scanned_library.database.read() as uow:
        sampler = album_of(uow, "Summer Sampler")
        assert (sampler.compilation, sampler.artist_display, sampler.track_count) == (
            True,
            "Various Artists",
            3,
        )
        tracks = uow.execute(select(track.c.artist_display).where(track.c.album_id == sampler.id)).scalars()
        assert set(tracks) == {"Ana", "Björk Björnsdóttir", "Кино Ночь"}
        names = set(uow.execute(select(genre.c.name)).scalars())
        assert {"Pop", "Folk"} <= names


def test_artists_are_one_row_with_id_and_guests_apart(scanned_library: Scanned) -> None:
    with scanned_library.database.read() as uow:
        band = uow.execute(select(artist).where(artist.c.name == "The Harbor Lights")).one()
        assert (band.mbid, band.name_sort) == (BAND_MBID, "harbor lights")
        assert (band.album_count, band.track_count) == (2, 7)
        assert band.image_path == "The Harbor Lights/artist.jpg"
        zoe = uow.execute(select(artist).where(artist.c.name_folded == "zoe nandu")).one()
        assert (zoe.album_count, zoe.track_count) == (1, 2)
        grey = uow.execute(select(track).where(track.c.title == "Grey Water")).one()
        credited = (
            select(artist.c.name)
            .join(track_artist, track_artist.c.artist_id == artist.c.id)
            .where(track_artist.c.track_id == grey.id, track_artist.c.role == "artist")
            .order_by(track_artist.c.position)
        )
        assert list(uow.execute(credited).scalars()) == ["The Harbor Lights", "Zoë Ñandú"]
        assert grey.artist_display == "The Harbor Lights feat. Zoë Ñandú"


def test_values_of_a_track(scanned_library: Scanned) -> None:
    with scanned_library.database.read() as uow:
        row = uow.execute(select(track).where(track.c.title == "Arrival")).one()
        assert (row.disc, row.number, row.year) == (1, 3, 1999)
        assert (row.bpm_tag, row.key_tag, row.gain_track_db, row.peak_track) == (120, "Am", -7.5, 0.98)
        assert row.facts_source == "tags"
        file = uow.execute(select(carrier).where(carrier.c.track_id == row.id)).one()
        assert (file.format, file.codec, file.sample_rate_hz, file.channels) == ("flac", "flac", 44100, 2)
        assert file.payload_id


def test_lyrics_come_from_tags_and_from_lrc_files(scanned_library: Scanned) -> None:
    with scanned_library.database.read() as uow:
        rows = uow.execute(
            select(track.c.title, lyrics.c.source, lyrics.c.synced, lyrics.c.body)
            .join(track, track.c.id == lyrics.c.track_id)
            .order_by(track.c.title)
        ).all()
        assert [tuple(row) for row in rows] == [
            ("Departure", "lrc", True, "[00:00.00] We leave\n[00:00.50] at night"),
            ("Lone Single", "tag", False, "A plain line\nand another"),
        ]


def test_untagged_files_take_names_from_their_path(scanned_library: Scanned) -> None:
    with scanned_library.database.read() as uow:
        hum = uow.execute(select(track).where(track.c.title == "Hum")).one()
        assert (hum.artist_display, hum.number, hum.year, hum.facts_source) == ("Nobody", 3, 1987, "path")
        assert album_of(uow, "Basement").artist_display == "Nobody"
        loose = uow.execute(select(track).where(track.c.title == "Loose Song")).one()
        assert (loose.artist_display, loose.album_id) == ("Loose Artist", None)


def test_names_are_composed(scanned_library: Scanned) -> None:
    with scanned_library.database.read() as uow:
        cafe = uow.execute(select(track).where(track.c.title_folded == "cafe")).one()
        assert cafe.title == "Caf\u00e9"
        file = uow.execute(select(carrier.c.path).where(carrier.c.track_id == cafe.id)).scalar_one()
        assert (scanned_library.root / file).exists()


def test_second_scan_reads_and_writes_nothing(scanned_library: Scanned) -> None:
    tables = (track, carrier, album, artist, album_artist, track_artist, genre, cover, lyrics)

    def content() -> list[list[tuple[object, ...]]]:
        with scanned_library.database.read() as uow:
            return [[tuple(row) for row in uow.execute(select(table))] for table in tables]

    before = content()
    counts = scanned_library.scanner().scan(scanned_library.library_id)
    assert (counts.files, counts.unchanged, counts.added, counts.updated) == (16, 16, 0, 0)
    assert content() == before


def test_full_scan_of_the_same_files_keeps_everything(scanned_library: Scanned) -> None:
    ids = select(track.c.id, track.c.title, track.c.album_id, track.c.added_at)
    with scanned_library.database.read() as uow:
        before = uow.execute(ids.order_by(track.c.id)).all()
    counts = scanned_library.scanner().scan(scanned_library.library_id, full=True)
    assert (counts.added, counts.updated, counts.missing) == (0, 16, 0)
    with scanned_library.database.read() as uow:
        assert uow.execute(ids.order_by(track.c.id)).all() == before
