"""A small library with known ids and times, and real files under its tracks."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert, select, update

from resonance.accounts.app_passwords import context
from resonance.core.ids import hashed_id
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables import accounts, library, listens, playlists
from resonance.db.tables.accounts import app_password
from resonance.model.caller import Caller, Role
from resonance.search.text import Document
from resonance.search.vectors.ports import VectorIndex
from resonance.wiring import Wiring
from tests.fixtures.rows import EPOCH, Rows
from tests.fixtures.sounding import put

SECONDS = 2.0


@dataclass
class Seeded:
    """Ids by name, and the three people."""

    ada: Caller
    bob: Caller
    gus: Caller
    ids: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.ids[name]


class FixedIds:
    """The same ids in the same order, every time."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return hashed_id("seed", str(self.count))


def fill(database: Database, music: Path) -> Seeded:
    """Two libraries; ada (admin) sees both, bob the first only, gus is a guest who sees both."""
    with database.write() as uow:
        rows = Rows(uow)
        shared, own = rows.library("Music"), rows.library("Vault")
        for library_id, folder in ((shared, "shared"), (own, "own")):
            at = library.library.c.id == library_id
            uow.execute(update(library.library).where(at).values(path=str(music / folder)))
        seeded = Seeded(
            rows.user("ada", role=Role.ADMIN),
            rows.user("bob", libraries=[shared]),
            rows.user("gus", role=Role.GUEST),
        )
        rows.insert(accounts.library_access, user_id=seeded.bob.user_id, library_id=shared)
        seeded.ids.update(shared=shared, own=own)
        _names(rows, seeded.ids, shared)
        _albums(rows, seeded.ids, shared, own)
        _tracks(rows, seeded.ids, shared, own, music)
        rows.settle()
        _listening(uow, seeded)
        _playlists(uow, seeded)
    return seeded


def _names(rows: Rows, ids: dict[str, str], shared: str) -> None:
    ids["bjork"] = rows.artist("Björk", mbid="87c5dedd-371d-4a53-9f7f-80522fb7f3cb")
    ids["beatles"] = rows.artist("The Beatles")
    ids["sakamoto"] = rows.artist("坂本龍一")
    ids["simon"] = rows.artist('Simon & "Garfunkel" <live>')
    ids["guest"] = rows.artist("Guest Singer")
    ids["secret"] = rows.artist("Secret Band")
    ids["pop"], ids["rock"] = rows.genre("Pop"), rows.genre("Rock & Roll")
    ids["cover"] = rows.cover(shared)


def _albums(rows: Rows, ids: dict[str, str], shared: str, own: str) -> None:
    ids["homogenic"] = rows.album(
        shared,
        "Homogenic",
        [ids["bjork"]],
        artist="Björk",
        year=1997,
        date="1997-09-20",
        original_date="1997",
        release_types="album",
        labels="One Little Indian; Elektra",
        mbid="4a0f1fdc-1111-4a4c-8d6c-aaaaaaaaaaaa",
        cover_id=ids["cover"],
        genres="Pop",
        version="Remastered",
        disc_count=2,
    )
    ids["help"] = rows.album(shared, "Help!", [ids["beatles"]], artist="The Beatles", year=1965)
    ids["bridge"] = rows.album(
        shared,
        "Bridge & <Water>",
        [ids["simon"], ids["sakamoto"]],
        artist='Simon & "Garfunkel" <live>, 坂本龍一',
        year=1970,
        compilation=True,
        genres="Rock & Roll",
    )
    ids["hidden"] = rows.album(own, "Hidden Tapes", [ids["secret"]], artist="Secret Band", year=2001)


def _tracks(rows: Rows, ids: dict[str, str], shared: str, own: str, music: Path) -> None:
    for number, (disc, title) in enumerate([(1, "Hunter"), (1, "Jóga"), (2, "Bachelorette")], 1):
        ids[title.lower()] = rows.track(
            title,
            album_id=ids["homogenic"],
            library_id=shared,
            artists=[ids["bjork"]],
            genres=[ids["pop"]],
            artist="Björk",
            composers="Björk; Mark Bell",
            disc=disc,
            number=number,
            disc_subtitle="Second Side" if disc == 2 else None,
            year=1997,
            bpm_tag=93.6,
            mood_tags="Cold;Wistful",
            gain_track_db=-7.5,
            peak_track=0.98,
            file=_file(music, f"shared/Björk/{number:02} {title}.mp3"),
            duration_s=SECONDS,
        )
    ids["song"] = rows.track(
        "Help!",
        album_id=ids["help"],
        library_id=shared,
        artists=[ids["beatles"], ids["guest"]],
        artist="The Beatles feat. Guest Singer",
        number=1,
        year=1965,
        explicit=True,
        composers="Lennon; McCartney",
        comment="A comment",
        isrc="GBAYE0601477",
        recording_mbid="5f2ac5c9-2222-4a4c-8d6c-bbbbbbbbbbbb",
        has_lyrics=True,
        file=_file(music, "shared/Beatles/Help.flac"),
        duration_s=SECONDS,
    )
    rows.insert(
        library.track_artist, track_id=ids["song"], artist_id=ids["guest"], role="remixer", position=0
    )
    ids["odd"] = rows.track(
        "Odd\x01 & <Tag> \"quotes\" 'n' 한국어",
        album_id=ids["bridge"],
        library_id=shared,
        artists=[ids["simon"]],
        genres=[ids["rock"]],
        artist='Simon & "Garfunkel" <live>',
        file=_file(music, "shared/odd.wav"),
        duration_s=SECONDS,
    )
    ids["tape"] = rows.track(
        "Tape One",
        album_id=ids["hidden"],
        library_id=own,
        artists=[ids["secret"]],
        artist="Secret Band",
        file=_file(music, "own/tape.wav"),
        duration_s=SECONDS,
    )
    ids["gone"] = rows.track(
        "Gone", album_id=ids["help"], artists=[ids["beatles"]], artist="The Beatles", missing_at=EPOCH
    )
    for names, word in ((("hunter", "jóga", "bachelorette"), "Pop"), (("odd",), "Rock & Roll")):
        of_genre = library.track.c.id.in_([ids[name] for name in names])
        rows.uow.execute(update(library.track).where(of_genre).values(genres=word))
    for source, synced, body in (
        ("lrc", True, "[00:00.50]Help, I need somebody\n[00:01.25]Help, not just anybody"),
        ("tag", False, "Help, I need somebody\nHelp & <not> just anybody"),
    ):
        rows.insert(
            library.lyrics,
            track_id=ids["song"],
            source=source,
            language="eng",
            synced=synced,
            body=body,
        )


def _listening(uow: UnitOfWork, seeded: Seeded) -> None:
    ada = seeded.ada.user_id
    for kind, item, at in (("track", "hunter", 1), ("album", "homogenic", 2), ("artist", "bjork", 3)):
        like = {"user_id": ada, "item_kind": kind, "item_id": seeded[item], "liked_at": EPOCH + at}
        uow.execute(insert(listens.like).values(like))
    rated = {"user_id": ada, "item_kind": "album", "item_id": seeded["help"], "stars": 4, "rated_at": EPOCH}
    uow.execute(insert(listens.rating).values(rated))
    for item, count in (("hunter", 5), ("song", 2)):
        stat = {
            "user_id": ada,
            "track_id": seeded[item],
            "play_count": count,
            "last_played_at": EPOCH + count,
        }
        uow.execute(insert(listens.track_stat).values(stat))
    queue = {
        "user_id": ada,
        "track_ids": json.dumps([seeded["hunter"], seeded["song"]]),
        "current_index": 1,
        "position_ms": 1500,
        "changed_at": EPOCH,
        "changed_by": "seed",
    }
    uow.execute(insert(listens.play_queue).values(queue))


def _playlists(uow: UnitOfWork, seeded: Seeded) -> None:
    for name, owner, public, tracks in (
        ("Mix", seeded.ada, False, ["hunter", "song", "hunter"]),
        ("Everybody's", seeded.bob, True, ["odd"]),
        ("Empty", seeded.ada, False, []),
    ):
        list_id = seeded.ids[name] = hashed_id("playlist", name)
        row = {
            "id": list_id,
            "owner_id": owner.user_id,
            "name": name,
            "name_sort": name.lower(),
            "comment": "To run to" if name == "Mix" else "",
            "public": public,
            "created_at": EPOCH,
            "changed_at": EPOCH + 1000,
        }
        uow.execute(insert(playlists.playlist).values(row))
        for position, track in enumerate(tracks):
            entry: dict[str, Any] = {
                "id": hashed_id("entry", name, str(position)),
                "playlist_id": list_id,
                "position": position,
                "track_id": seeded[track],
                "added_by": owner.user_id,
                "added_at": EPOCH,
            }
            uow.execute(insert(playlists.playlist_entry).values(entry))


def listened(uow: UnitOfWork, index: VectorIndex, seeded: Seeded) -> None:
    """Sounds: the three of one album near each other, two others on the way to the last, one apart."""
    dice = np.random.default_rng(1)
    one, other = dice.normal(size=(2, 64))
    shares = {"hunter": 0.0, "jóga": 0.1, "bachelorette": 0.2, "song": 0.5, "odd": 0.8, "tape": 1.0}
    made = {
        seeded[name]: (one * (1 - share) + other * share + 0.1 * dice.normal(size=64)).astype(np.float32)
        for name, share in shares.items()
    }
    put(uow, index, made)


_CODECS = {"wav": "pcm", "mp3": "mp3", "flac": "flac"}


def _file(music: Path, name: str) -> dict[str, Any]:
    """The columns of a carrier. The sizes in the table are fixed, so that goldens do not follow encoders."""
    path = music / name
    form = path.suffix[1:]
    _, _, relative = name.partition("/")
    if path.is_file():
        return _columns(relative, form)
    path.parent.mkdir(parents=True, exist_ok=True)
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS}"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *tone, str(path)], check=True)
    return _columns(relative, form)


def _columns(relative: str, form: str) -> dict[str, Any]:
    return {
        "path": relative,
        "format": form,
        "codec": _CODECS[form],
        "bit_rate_kbps": 64,
        "sample_rate_hz": 44100,
        "bit_depth": None if form == "mp3" else 16,
        "channels": 1,
    }


def documents(uow: UnitOfWork) -> list[Document]:
    """What a scan would have given to the search."""
    found = [
        Document("artist", row.id, row.name) for row in uow.execute(select(library.artist)) if row.track_count
    ]
    found += [
        Document("album", row.id, row.title, (row.artist_display,))
        for row in uow.execute(select(library.album))
    ]
    tracks = select(library.track).where(library.track.c.missing_at.is_(None))
    return found + [
        Document("track", row.id, row.title, (row.artist_display,)) for row in uow.execute(tracks)
    ]


def password_of(services: Wiring, person: Caller) -> str:
    """A fresh app password. Guests cannot make one themselves; theirs is put there."""
    secret, made = f"secret of {person.name}", hashed_id("app password", person.name)
    row = {
        "id": made,
        "user_id": person.user_id,
        "label": "tests",
        "secret_encrypted": services.accounts.vault.seal(secret, context(made)),
        "created_at": 0,
    }
    with services.db.write() as uow:
        uow.execute(insert(app_password).values(row))
    return secret
