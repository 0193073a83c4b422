"""Albums by identity: found or made for a batch, with their own values and credits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.sql import bindparam, update

from resonance.core.ids import new_id
from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, carrier, track
from resonance.library.scanning.naming import (
    LEAD_PREFIX,
    Credit,
    Entry,
    album_folder,
    artist_sort,
    title_sort,
)
from resonance.library.scanning.people import chunks

_SEPARATOR = "\x1f"


def lead_path(lead: str) -> str:
    """The path in a lead, "" where there is none."""
    return lead[LEAD_PREFIX:]


@dataclass(slots=True)
class Known:
    """An album as far as the scan must remember it. `lead` is the file its values come from."""

    id: str
    lead: str


@dataclass(slots=True)
class Albums:
    """The albums of one library during one scan."""

    library_id: str
    articles: tuple[str, ...]
    now: int
    by_identity: dict[str, Known] = field(default_factory=dict)
    by_folder: dict[tuple[str, str], Known] = field(default_factory=dict)
    created: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)

    def resolve(self, uow: UnitOfWork, entries: list[Entry]) -> dict[str, str]:
        """Path -> album id for the entries that have an album. New albums get rows; see `describe`."""
        named = [entry for entry in entries if entry.album is not None]
        self._load(uow, named)
        made: list[dict[str, Any]] = []
        found: dict[str, str] = {}
        for entry in named:
            assert entry.album is not None
            place = (album_folder(entry.folder), entry.album.loose)
            known = self.by_identity.get(entry.album.identity)
            if known is None and not entry.facts.release_mbid:
                known = self.by_folder.get(place)
            if known is None:
                known = Known(new_id(), "")
                made.append(self._blank(known.id, entry))
                self.created.add(known.id)
                self.by_identity[entry.album.identity] = known
            self.by_folder.setdefault(place, known)
            found[entry.path] = known.id
        if made:
            uow.execute(insert(album), made)
        return found

    def describe(
        self,
        uow: UnitOfWork,
        entries: Iterable[Entry],
        album_ids: dict[str, str],
        artists: dict[Credit, str],
        left: Collection[str] = (),
    ) -> set[str]:
        """Give albums the values of their first file, where that file is among the entries.

        `left` are paths that files have moved away from. Returns the ids of albums that were written.
        """
        leads: dict[str, Entry] = {}
        known_of = {known.id: known for known in (*self.by_identity.values(), *self.by_folder.values())}
        for entry in entries:
            if entry.path not in album_ids:
                continue
            album_id = album_ids[entry.path]
            best = leads.get(album_id)
            if best is None or entry.lead < best.lead:
                leads[album_id] = entry
        rows, credits = [], []
        for album_id, entry in leads.items():
            known = known_of[album_id]
            led_by = lead_path(known.lead)
            if known.lead and entry.lead > known.lead and led_by != entry.path and led_by not in left:
                continue
            known.lead = entry.lead
            rows.append({"row_id": album_id, **self._values(entry)})
            assert entry.album is not None
            ids = dict.fromkeys(artists[credit] for credit in entry.album.credits)
            credits += [
                {"album_id": album_id, "artist_id": artist_id, "position": position}
                for position, artist_id in enumerate(ids)
            ]
        if rows:
            names: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "row_id"}
            uow.execute(update(album).where(album.c.id == bindparam("row_id")).values(names), rows)
            written = [row["row_id"] for row in rows]
            for part in chunks(written):
                uow.execute(delete(album_artist).where(album_artist.c.album_id.in_(part)))
            uow.execute(insert(album_artist), credits)
        return {row["row_id"] for row in rows}

    def succeed(self, uow: UnitOfWork, old: str, new: str) -> bool:
        """Let a renamed album go on under its old id: `new`, made in this scan, took all of `old`'s tracks.

        False when this is not so; then nothing is changed.
        """
        left = select(track.c.id).where(track.c.album_id == old, track.c.missing_at.is_(None)).limit(1)
        if new not in self.created or uow.execute(left).first():
            return False
        row = uow.execute(select(album).where(album.c.id == new)).one()
        credits = uow.execute(select(album_artist).where(album_artist.c.album_id == new)).all()
        uow.execute(update(track).where(track.c.album_id == new).values(album_id=old))
        uow.execute(delete(album_artist).where(album_artist.c.album_id == old))
        uow.execute(delete(album).where(album.c.id == new))
        kept = {"id", "added_at", "track_count"}
        values = {name: value for name, value in row._mapping.items() if name not in kept}
        uow.execute(update(album).where(album.c.id == old).values(**values))
        if credits:
            uow.execute(insert(album_artist), [{**credit._mapping, "album_id": old} for credit in credits])
        self.by_identity = {word: known for word, known in self.by_identity.items() if known.id != old}
        self.by_folder = {place: known for place, known in self.by_folder.items() if known.id != old}
        for known in (*self.by_identity.values(), *self.by_folder.values()):
            known.id = old if known.id == new else known.id
        self.created.discard(new)
        return True

    def _load(self, uow: UnitOfWork, entries: list[Entry]) -> None:
        columns = (album.c.id, album.c.identity, album.c.lead)
        wanted = {e.album.identity for e in entries if e.album and e.album.identity not in self.by_identity}
        for part in chunks(wanted):
            query = select(*columns).where(album.c.library_id == self.library_id, album.c.identity.in_(part))
            for album_id, identity, lead in uow.execute(query):
                self.by_identity[identity] = Known(album_id, lead)
        folders = {entry.folder for entry in entries if not entry.facts.release_mbid} - self._folders
        self._folders |= folders
        for part in chunks(folders):
            query = (
                select(carrier.c.folder, *columns)
                .distinct()
                .join_from(carrier, track, track.c.id == carrier.c.track_id)
                .join(album, album.c.id == track.c.album_id)
                .where(
                    carrier.c.library_id == self.library_id,
                    album.c.library_id == self.library_id,  # a song of a server may share a file's track
                    carrier.c.folder.in_(part),
                    carrier.c.missing_at.is_(None),
                )
            )
            for folder, album_id, identity, lead in uow.execute(query):
                if identity.startswith(("mbid:", "folder" + _SEPARATOR)):
                    continue
                known = self.by_identity.setdefault(identity, Known(album_id, lead))
                loose = identity.rsplit(_SEPARATOR, 2)[0]
                self.by_folder.setdefault((album_folder(folder), loose), known)

    def _blank(self, album_id: str, entry: Entry) -> dict[str, Any]:
        assert entry.album is not None
        return {
            "id": album_id,
            "library_id": self.library_id,
            "identity": entry.album.identity,
            "added_at": self.now,
            **self._values(entry),
        }

    def _values(self, entry: Entry) -> dict[str, Any]:
        name, facts = entry.album, entry.facts
        assert name is not None
        return {
            "title": name.title,
            "title_folded": fold(name.title) or name.title.strip().casefold(),
            "title_sort": title_sort(name.title, facts.album_sort, self.articles),
            "artist_display": name.artist_display,
            "artist_sort": artist_sort(name.artist_display, name.credits[0].sort, self.articles)
            if len(name.credits) == 1
            else artist_sort(name.artist_display, None, self.articles),
            "year": entry.year,
            "date": facts.date or facts.release_date or (str(entry.year) if entry.year else None),
            "original_date": facts.original_date,
            "release_types": ";".join(facts.release_types),
            "labels": ";".join(facts.labels),
            "catalog_number": facts.catalog_number,
            "version": facts.version,
            "mbid": facts.release_mbid,
            "release_group_mbid": facts.release_group_mbid,
            "compilation": name.compilation,
            "lead": entry.lead,
            "updated_at": self.now,
        }
