"""A big catalogue straight into the tables: what the lists are timed on without scanning a hundred thousand files."""

from __future__ import annotations

import random
from typing import Any

from resonance.core.ids import ALPHABET
from resonance.core.text import fold, index_letter
from resonance.db import versions
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables import accounts, library, listens

EPOCH = 1_700_000_000_000
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ra",
    "ne",
    "to",
    "shi",
    "ve",
    "dor",
    "an",
    "el",
    "ur",
    "bri",
    "sa",
    "tho",
    "qua",
    "li",
    "zen",
    "fa",
    "mo",
]


class Synthesis:
    """Rows of a library with `tracks` tracks: about 13 an album, 4 albums an artist, some of everything."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def id(self) -> str:
        return "".join(self.dice.choices(ALPHABET, k=22))

    def name(self) -> str:
        words = ["".join(self.dice.choices(SYLLABLES, k=self.dice.randint(1, 3))) for _ in range(2)]
        return " ".join(words).title()

    def fill(self, database: Database, tracks: int) -> tuple[str, str]:
        """(id of the user, id of the library). The user has 3 % liked and 10 % played."""
        with database.write() as uow:
            user, home = self.id(), self.id()
            uow.execute(
                accounts.user.insert(),
                [{"id": user, "name": "bench", "name_folded": user, "role": "admin", "created_at": EPOCH}],
            )
            uow.execute(
                library.library.insert(),
                [{"id": home, "number": 1, "name": "Bench", "path": "/bench", "created_at": EPOCH}],
            )
            genres = self._genres(uow)
            artists = self._artists(uow, max(tracks // 52, 1))
            albums = self._albums(uow, home, artists, genres, max(tracks // 13, 1))
            made = self._tracks(uow, home, albums, tracks)
            self._settle(uow)
            self._listens(uow, user, made, [album["id"] for album in albums])
            versions.bump(uow, "catalogue")
        return user, home

    def _genres(self, uow: UnitOfWork) -> list[str]:
        names = ["Rock", *(f"Genre {n}" for n in range(60))]
        rows = [{"id": self.id(), "name": name, "name_folded": fold(name)} for name in names]
        uow.execute(library.genre.insert(), rows)
        return [row["id"] for row in rows]

    def _artists(self, uow: UnitOfWork, count: int) -> list[dict[str, Any]]:
        rows = []
        for _ in range(count):
            id_, name = self.id(), self.name()
            rows.append(
                {"id": id_, "name": name, "name_folded": fold(name), "name_sort": fold(name)}
                | {"identity": id_, "added_at": EPOCH + len(rows)}
            )
        uow.execute(library.artist.insert(), rows)
        assert index_letter(rows[0]["name_sort"])
        return rows

    def _albums(
        self, uow: UnitOfWork, home: str, artists: list[dict[str, Any]], genres: list[str], count: int
    ) -> list[dict[str, Any]]:
        rows, credits, covers = [], [], []
        palette = '{"accent":{"h":210.5,"c":0.12,"l":0.62},"background":"#102030","text":"#f0f0f0"}'
        for at in range(count):
            id_, cover, title, artist = self.id(), self.id(), self.name(), self.dice.choice(artists)
            covers.append(
                {"id": cover, "content_hash": cover, "source": "folder", "path": "cover.jpg"}
                | {"library_id": home, "size": 1, "palette": palette, "placeholder": "data:," + "x" * 200}
            )
            rows.append(
                {"id": id_, "library_id": home, "identity": id_, "title": title, "title_folded": fold(title)}
                | {
                    "title_sort": fold(title),
                    "artist_display": artist["name"],
                    "artist_sort": artist["name_sort"],
                }
                | {
                    "year": self.dice.choice([None, *range(1960, 2026)]),
                    "genres": "Rock;Pop",
                    "cover_id": cover,
                }
                | {"added_at": EPOCH + at // 20, "updated_at": EPOCH, "duration_s": 2600.0}
            )
            rows[-1]["_artist"], rows[-1]["_genre"] = artist, self._pick_genre(genres)  # type: ignore[assignment]
            credits.append({"album_id": id_, "artist_id": artist["id"], "position": 0})
        uow.execute(library.cover.insert(), covers)
        uow.execute(
            library.album.insert(), [{k: v for k, v in r.items() if not k.startswith("_")} for r in rows]
        )
        uow.execute(library.album_artist.insert(), credits)
        return rows

    def _pick_genre(self, genres: list[str]) -> str:
        return genres[0] if self.dice.random() < 0.3 else self.dice.choice(genres[1:])

    def _tracks(self, uow: UnitOfWork, home: str, albums: list[dict[str, Any]], count: int) -> list[str]:
        ids: list[str] = []
        for start in range(0, count, 5000):
            rows, carriers, credits, tagged = [], [], [], []
            for at in range(start, min(start + 5000, count)):
                album = albums[at % len(albums)]
                id_, title, folder = self.id(), self.name(), f"{album['_artist']['name']}/{album['id'][:8]}"
                rows.append(
                    {"id": id_, "album_id": album["id"], "title": title, "title_folded": fold(title)}
                    | {"title_sort": fold(title), "artist_display": album["artist_display"]}
                    | {"artist_sort": album["artist_sort"], "disc": 1, "number": at // len(albums) + 1}
                    | {"duration_s": self.dice.uniform(90, 400), "year": album["year"], "genres": "Rock;Pop"}
                    | {"added_at": EPOCH + at // 200, "updated_at": EPOCH}
                )
                carriers.append(
                    {
                        "id": self.id(),
                        "track_id": id_,
                        "library_id": home,
                        "folder": folder,
                        "size": 30_000_000,
                    }
                    | {"path": f"{folder}/{at}.flac", "mtime_ns": at, "format": "flac", "codec": "flac"}
                    | {"added_at": EPOCH, "bit_rate_kbps": 900, "sample_rate_hz": 44100, "channels": 2}
                )
                credits.append(
                    {"track_id": id_, "artist_id": album["_artist"]["id"], "role": "artist", "position": 0}
                )
                tagged.append({"track_id": id_, "genre_id": album["_genre"], "position": 0})
                ids.append(id_)
            uow.execute(library.track.insert(), rows)
            uow.execute(library.carrier.insert(), carriers)
            uow.execute(library.track_artist.insert(), credits)
            uow.execute(library.track_genre.insert(), tagged)
        return ids

    def _settle(self, uow: UnitOfWork) -> None:
        run = uow.connection.exec_driver_sql
        run("UPDATE album SET track_count = (SELECT count(*) FROM track WHERE album_id = album.id)")
        run(
            "UPDATE artist SET album_count = (SELECT count(*) FROM album_artist WHERE artist_id = artist.id),"
            " track_count = (SELECT count(*) FROM track_artist WHERE artist_id = artist.id)"
        )
        run(
            "UPDATE genre SET track_count = (SELECT count(*) FROM track_genre WHERE genre_id = genre.id),"
            " album_count = (SELECT count(DISTINCT album_id) FROM track_genre JOIN track ON track.id = track_id"
            " WHERE genre_id = genre.id)"
        )

    def _listens(self, uow: UnitOfWork, user: str, tracks: list[str], albums: list[str]) -> None:
        liked = [("track", id_) for id_ in self.dice.sample(tracks, len(tracks) * 3 // 100)]
        liked += [("album", id_) for id_ in self.dice.sample(albums, len(albums) * 3 // 100)]
        uow.execute(
            listens.like.insert(),
            [
                {"user_id": user, "item_kind": kind, "item_id": id_, "liked_at": EPOCH + at}
                for at, (kind, id_) in enumerate(liked)
            ],
        )
        uow.execute(
            listens.rating.insert(),
            [
                {
                    "user_id": user,
                    "item_kind": kind,
                    "item_id": id_,
                    "stars": at % 5 + 1,
                    "rated_at": EPOCH + at,
                }
                for at, (kind, id_) in enumerate(liked)
            ],
        )
        uow.execute(
            listens.track_stat.insert(),
            [
                {"user_id": user, "track_id": id_, "play_count": at % 40 + 1, "last_played_at": EPOCH + at}
                for at, id_ in enumerate(self.dice.sample(tracks, len(tracks) // 10))
            ],
        )
