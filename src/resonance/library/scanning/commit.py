"""Writing one batch of read files: everything the catalogue knows of them, in one transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, select, update

from resonance.core.text import fold
from resonance.db import changes
from resonance.db.bulk import insert_rows
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import (
    album_artist,
    artist,
    broken_file,
    carrier,
    lyrics,
    track,
    track_artist,
    track_genre,
)
from resonance.db.upsert import upsert
from resonance.library import traits
from resonance.library.paths import folder_of
from resonance.library.ports import NameIndex
from resonance.library.scanning import aggregates
from resonance.library.scanning.albums import Albums
from resonance.library.scanning.folders import write_covers
from resonance.library.scanning.identity import Held
from resonance.library.scanning.missing import hide_tracks
from resonance.library.scanning.naming import Credit, Entry, artist_sort, name_key, title_sort
from resonance.library.scanning.people import Artists, Genres, chunks
from resonance.library.scanning.placing import Place, Placer
from resonance.library.scanning.sides import Picture
from resonance.library.scanning.walk import Refused
from resonance.search.text import Document


@dataclass(slots=True)
class Counts:
    """What a batch did."""

    added: int = 0
    updated: int = 0
    missing: int = 0


@dataclass(slots=True)
class Writer:
    """The one writer of a scan. Holds what is known of artists, albums and genres between batches."""

    library_id: str
    articles: tuple[str, ...]
    now: int
    index: NameIndex
    albums: Albums
    artists: Artists
    genres: Genres
    placer: Placer
    kind: str = "file"  # of carrier
    touched: aggregates.Touched = field(default_factory=aggregates.Touched)
    _covers: set[str] = field(default_factory=set)
    _renamed: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _artist_pictures: dict[str, Picture] = field(default_factory=dict)

    def write(self, uow: UnitOfWork, entries: list[Entry]) -> Counts:
        """Files of known and new paths; some may be deferred until `settle`."""
        album_ids = self.albums.resolve(uow, entries)
        places = self.placer.place(uow, entries, album_ids)
        return self._write(uow, places, [], album_ids)

    def settle(self, uow: UnitOfWork, entries: list[Entry]) -> Counts:
        """Files that had to wait until all others had their place."""
        album_ids = self.albums.resolve(uow, entries)
        places, pushed = self.placer.settle(uow, entries, album_ids)
        return self._write(uow, places, pushed, album_ids)

    def note_broken(self, uow: UnitOfWork, files: Iterable[Refused]) -> None:
        """List files that cannot be read."""
        rows = [
            {
                "library_id": self.library_id,
                "path": file.path,
                "reason": file.reason,
                "detail": file.detail,
                "size": file.size,
                "mtime_ns": file.mtime_ns,
                "seen_at": self.now,
            }
            for file in files
        ]
        keys = ["library_id", "path"]
        upsert(uow, broken_file, rows, keys=keys, update=["reason", "detail", "size", "mtime_ns", "seen_at"])

    def forget_broken(self, uow: UnitOfWork, paths: Iterable[str]) -> None:
        """Take files off the list."""
        for part in chunks(paths):
            mine = broken_file.c.library_id == self.library_id
            uow.execute(delete(broken_file).where(mine, broken_file.c.path.in_(part)))

    def _write(
        self,
        uow: UnitOfWork,
        places: list[Place],
        pushed: list[Held],
        album_ids: dict[str, str],
    ) -> Counts:
        entries = [place.entry for place in places]
        artist_ids = self.artists.ids(uow, _all_credits(entries))
        genre_ids = self.genres.ids(uow, (pair for entry in entries for pair in entry.genres))
        self._write_covers(uow, entries)
        self._touch_earlier(uow, places)
        left = {place.before.path for place in places if place.before and place.moves}
        described = self.albums.describe(uow, entries, album_ids, artist_ids, left)
        self._clear_paths(uow, places, pushed)
        self._write_tracks(uow, places, album_ids)
        # New tracks without these tags have nothing that counts yet.
        traits.refresh(uow, [p.track_id for p in places if not p.new_track or _told(p.entry)])
        self._write_carriers(uow, places)
        self._write_links(uow, places, artist_ids, genre_ids)
        self._write_lyrics(uow, places)
        changes.note(uow, "catalogue", [place.track_id for place in places])
        described |= self._succeed_albums(uow, places, album_ids)
        albums = {row.album_id for row in pushed if row.album_id} | described
        albums |= {place.before.album_id for place in places if place.before and place.before.album_id}
        albums |= {album_ids[entry.path] for entry in entries if entry.path in album_ids}
        albums |= hide_tracks(uow, self.index, [row.track_id for row in pushed], self.now, self.touched)
        self._index_tracks(uow, places)
        aggregates.refresh_albums(uow, self.index, albums, described)
        aggregates.refresh_track_covers(uow, albums)
        self.touched.artists.update(artist_ids.values())
        self.touched.genres.update(genre_ids[key] for entry in entries for _, key in entry.genres)
        added = sum(place.new_track for place in places)
        return Counts(added, len(places) - added, len(pushed))

    def _succeed_albums(self, uow: UnitOfWork, places: list[Place], album_ids: dict[str, str]) -> set[str]:
        """An album whose tracks were all renamed together keeps its id, and with it likes and ratings."""
        changed: set[str] = set()
        for place in places:
            old, new = place.before.album_id if place.before else None, album_ids.get(place.entry.path)
            if old and new and old != new:
                self._renamed[old][new] += 1
                changed.add(old)
        succeeded: set[str] = set()
        for old in changed:
            new = self._renamed[old].most_common(1)[0][0]
            if self.albums.succeed(uow, old, new):
                self.index.remove(uow, "album", [new])
                album_ids.update({path: old for path, album_id in album_ids.items() if album_id == new})
                succeeded.add(old)
        return succeeded

    def _write_covers(self, uow: UnitOfWork, entries: list[Entry]) -> None:
        wanted = {
            entry.cover_id: entry.picture
            for entry in entries
            if entry.picture and entry.cover_id and entry.cover_id not in self._covers
        }
        write_covers(uow, self.library_id, wanted)
        self._covers |= wanted.keys()

    def artist_picture(self, uow: UnitOfWork, credit: Credit, picture: Picture) -> None:
        """Note where an artist's picture lies."""
        artist_id = self.artists.ids(uow, [credit])[credit]
        if self._artist_pictures.get(artist_id) == picture:
            return
        self._artist_pictures[artist_id] = picture
        values = {
            "image_path": picture.path,
            "image_library_id": self.library_id,
            "image_hash": picture.content_hash,
        }
        uow.execute(update(artist).where(artist.c.id == artist_id).values(values))

    def _clear_paths(self, uow: UnitOfWork, places: list[Place], pushed: list[Held]) -> None:
        """Free the paths that rows are about to leave, so that others may take them in any order."""
        leaving = [place.carrier_id for place in places if place.moves]
        leaving += [row.carrier_id for row in pushed]
        for part in chunks(leaving):
            uow.execute(update(carrier).where(carrier.c.id.in_(part)).values(missing_at=self.now))

    def _write_tracks(self, uow: UnitOfWork, places: list[Place], album_ids: dict[str, str]) -> None:
        rows = [(place, self._track_values(place.entry, album_ids)) for place in places]
        made = [{"id": p.track_id, "added_at": self.now, **values} for p, values in rows if p.new_track]
        insert_rows(uow, track, made)
        _update_many(uow, track, [{"row_id": p.track_id, **values} for p, values in rows if not p.new_track])

    def _track_values(self, entry: Entry, album_ids: dict[str, str]) -> dict[str, Any]:
        facts = entry.facts
        first = entry.credits[0]
        single = len(entry.credits) == 1
        return {
            "album_id": album_ids.get(entry.path),
            "title": entry.title,
            "title_folded": fold(entry.title) or entry.title.strip().casefold(),
            "title_sort": title_sort(entry.title, facts.title_sort, self.articles),
            "artist_display": entry.artist_display,
            "artist_sort": artist_sort(entry.artist_display, first.sort if single else None, self.articles),
            "disc": entry.disc,
            "number": entry.number,
            "disc_subtitle": facts.disc_subtitle,
            "duration_s": facts.duration_s,
            "year": entry.year,
            "date": facts.date or (str(entry.year) if entry.year else None),
            "original_date": facts.original_date,
            "genres": ";".join(name for name, _ in entry.genres),
            "composers": ";".join(facts.composers),
            "mood_tags": ";".join(facts.moods),
            "comment": facts.comment,
            "isrc": facts.isrc,
            "recording_mbid": facts.recording_mbid,
            "track_mbid": facts.track_mbid,
            "explicit": facts.explicit,
            "compilation": entry.album.compilation if entry.album else facts.compilation,
            "bpm_tag": facts.bpm,
            "key_tag": facts.key,
            "gain_track_db": facts.gain_track_db,
            "peak_track": facts.peak_track,
            "gain_album_db": facts.gain_album_db,
            "peak_album": facts.peak_album,
            "facts_source": entry.source,
            "has_lyrics": bool(facts.lyrics or entry.lyrics),
            "updated_at": self.now,
            "missing_at": None,
        }

    def _write_carriers(self, uow: UnitOfWork, places: list[Place]) -> None:
        rows = [(place, self._carrier_values(place)) for place in places]
        made = [
            {"id": place.carrier_id, "library_id": self.library_id, "added_at": self.now, **values}
            for place, values in rows
            if place.new_carrier
        ]
        _update_many(
            uow, carrier, [{"row_id": p.carrier_id, **values} for p, values in rows if not p.new_carrier]
        )
        insert_rows(uow, carrier, made)

    def _carrier_values(self, place: Place) -> dict[str, Any]:
        entry, facts = place.entry, place.entry.facts
        return {
            "track_id": place.track_id,
            "kind": self.kind,
            "path": entry.path,
            "folder": folder_of(entry.path),
            "size": entry.size,
            "mtime_ns": entry.mtime_ns,
            "payload_id": entry.payload_id,
            "format": facts.format,
            "codec": facts.codec,
            "bit_rate_kbps": facts.bit_rate_kbps,
            "sample_rate_hz": facts.sample_rate_hz,
            "bit_depth": facts.bit_depth,
            "channels": facts.channels,
            "duration_s": facts.duration_s,
            "cover_id": entry.cover_id,
            "missing_at": None,
        }

    def _write_links(
        self,
        uow: UnitOfWork,
        places: list[Place],
        artist_ids: dict[Credit, str],
        genre_ids: dict[str, str],
    ) -> None:
        by_artist: list[dict[str, Any]] = []
        by_genre: list[dict[str, Any]] = []
        for place in places:
            position_of: Counter[str] = Counter()
            linked: set[tuple[str, str]] = set()
            for role, credit in _roles(place.entry):
                pair = (artist_ids[credit], role)
                if pair in linked:
                    continue
                linked.add(pair)
                by_artist.append(
                    {
                        "track_id": place.track_id,
                        "artist_id": pair[0],
                        "role": role,
                        "position": position_of[role],
                    }
                )
                position_of[role] += 1
            ids = dict.fromkeys(genre_ids[key] for _, key in place.entry.genres)
            by_genre += [
                {"track_id": place.track_id, "genre_id": genre_id, "position": position}
                for position, genre_id in enumerate(ids)
            ]
        for table, rows in ((track_artist, by_artist), (track_genre, by_genre)):
            _delete_of_tracks(uow, table, places)
            insert_rows(uow, table, rows)

    def _write_lyrics(self, uow: UnitOfWork, places: list[Place]) -> None:
        _delete_of_tracks(uow, lyrics, places, lyrics.c.source.in_(("tag", "lrc")))
        rows: dict[tuple[str, str, str], dict[str, Any]] = {}
        for place in places:
            texts = [("tag", text) for text in place.entry.facts.lyrics]
            if place.entry.lyrics:
                texts.append(("lrc", place.entry.lyrics))
            for source, text in texts:
                key = (place.track_id, source, text.language)
                if text.synced or key not in rows:
                    rows[key] = {
                        "track_id": place.track_id,
                        "source": source,
                        "language": text.language,
                        "synced": text.synced,
                        "body": text.body,
                    }
        insert_rows(uow, lyrics, list(rows.values()))
        # Words that a provider gave stay, and they count.
        for part in chunks(place.track_id for place in places if not place.new_track):
            worded = select(lyrics.c.track_id).where(lyrics.c.track_id.in_(part))
            uow.execute(update(track).where(track.c.id.in_(worded)).values(has_lyrics=True))

    def _index_tracks(self, uow: UnitOfWork, places: Sequence[Place]) -> None:
        self.index.index(
            uow,
            [Document("track", p.track_id, p.entry.title, _other_names(p.entry)) for p in places],
        )

    def _touch_earlier(self, uow: UnitOfWork, places: list[Place]) -> None:
        """Artists and genres that files may be about to leave."""
        self.touch_tracks(uow, [place.track_id for place in places if not place.new_track])
        albums = [p.before.album_id for p in places if p.before and p.before.album_id]
        self._touch_album_artists(uow, albums)

    def touch_tracks(self, uow: UnitOfWork, track_ids: Iterable[str]) -> None:
        """The numbers of these tracks' artists and genres must be made again."""
        for part in chunks(track_ids):
            query = select(track_artist.c.artist_id).distinct().where(track_artist.c.track_id.in_(part))
            self.touched.artists.update(uow.execute(query).scalars())
            query = select(track_genre.c.genre_id).distinct().where(track_genre.c.track_id.in_(part))
            self.touched.genres.update(uow.execute(query).scalars())

    def _touch_album_artists(self, uow: UnitOfWork, album_ids: Iterable[str]) -> None:
        for part in chunks(dict.fromkeys(album_ids)):
            query = select(album_artist.c.artist_id).distinct().where(album_artist.c.album_id.in_(part))
            self.touched.artists.update(uow.execute(query).scalars())


def _told(entry: Entry) -> bool:
    return entry.facts.bpm is not None or entry.facts.key is not None


def _all_credits(entries: list[Entry]) -> list[Credit]:
    found: dict[Credit, None] = {}
    for entry in entries:
        if entry.album:
            found.update(dict.fromkeys(entry.album.credits))
        found.update((credit, None) for _, credit in _roles(entry))
    return list(found)


def _other_names(entry: Entry) -> tuple[str, ...]:
    names = [credit.name for credit in entry.credits]
    if entry.album:
        names += [entry.album.title, entry.album.artist_display]
    return tuple(dict.fromkeys(names))


def _roles(entry: Entry) -> list[tuple[str, Credit]]:
    named = [("composer", name) for name in entry.facts.composers]
    named += entry.facts.credits
    roles = [("artist", credit) for credit in entry.credits]
    return roles + [(role, Credit(name, name_key(name))) for role, name in named]


def _update_many(uow: UnitOfWork, table: Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    names: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "row_id"}
    uow.execute(update(table).where(table.c.id == bindparam("row_id")).values(names), rows)


def _delete_of_tracks(
    uow: UnitOfWork, table: Table, places: list[Place], *conditions: ColumnElement[bool]
) -> None:
    for part in chunks(place.track_id for place in places if not place.new_track):
        uow.execute(delete(table).where(table.c.track_id.in_(part), *conditions))
