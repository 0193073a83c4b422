"""Songs of a server into the catalogue, by the scan's own writer.

A song whose track also lies in a folder here adds a carrier and nothing else: the file tells what the track
is called. All other songs are written as the scan writes files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from resonance.core.ids import new_id
from resonance.db import changes, versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import carrier
from resonance.library.catalogue.access import chunks
from resonance.library.ports import NameIndex
from resonance.library.remote import mapping, same, song_store, store
from resonance.library.remote.ports import Song
from resonance.library.remote.running import Run
from resonance.library.remote.song_words import KIND, as_entry, carrier_values, stored_path
from resonance.library.scanning import aggregates, missing
from resonance.library.scanning.albums import Albums
from resonance.library.scanning.commit import Writer
from resonance.library.scanning.identity import Held, Lost, held
from resonance.library.scanning.naming import Entry
from resonance.library.scanning.people import Artists, Genres
from resonance.library.scanning.placing import Place, Placer


@dataclass(slots=True)
class _ByName(Placer):
    """Places songs by the server's own id of each, wherever it says that they lie."""

    carriers: dict[str, str] = field(default_factory=dict)  # path -> carrier id of known songs

    def settle(
        self, uow: UnitOfWork, entries: list[Entry], album_ids: dict[str, str]
    ) -> tuple[list[Place], list[Held]]:
        """Known songs stay who they are; what else lies on their paths is pushed off."""
        known: dict[str, Held] = {}
        ids = list(self.carriers.values())
        for part in chunks(ids):
            known |= {row.carrier_id: row for row in held(uow, self.library_id, carrier.c.id.in_(part))}
        places = []
        for entry in entries:
            row = known.get(self.carriers.get(entry.path, ""))
            if row is None:
                places.append(Place(entry, new_id(), new_id()))
            else:
                places.append(Place(entry, row.carrier_id, row.track_id, row))
        mine = set(ids)
        pushed: list[Held] = []
        for part in chunks([entry.path for entry in entries]):
            there = carrier.c.path.in_(part) & carrier.c.missing_at.is_(None)
            pushed += [row for row in held(uow, self.library_id, there) if row.carrier_id not in mine]
        return places, pushed


class Catalogue:
    """What one sync writes."""

    def __init__(
        self,
        index: NameIndex,
        articles: tuple[str, ...],
        run: Run,
        server: Any,
        libraries: dict[str, str],
        now: int,
    ) -> None:
        self._index, self._articles, self._run, self._now = index, articles, run, now
        self._server_id = server.id
        self._navidrome = server.kind == "navidrome"
        self._mappings = mapping.decode(server.mappings)
        self.libraries = libraries  # the server's id -> ours
        self.seen_at = now  # the mark of the walk that meets the songs
        self._writers: dict[str, Writer] = {}
        self._touched = aggregates.Touched()

    def put(self, uow: UnitOfWork, songs: Sequence[Song], known: dict[str, Any]) -> None:
        """New and changed songs; `known` are the rows of those seen before."""
        for song in songs:
            row = known.get(song.id)
            wanted = self.libraries[song.library_id]
            if row is not None and row.library_id != wanted:
                # It moved to another library of the server: it is written there in a moment.
                values = {"library_id": wanted, "missing_at": self._now}
                song_store.change_carrier(uow, row.carrier_id, values)
        held_here = song_store.with_files(uow, [row.track_id for row in known.values()])
        joined = self._same(uow, [song for song in songs if song.id not in known])
        for song in songs:
            row = known.get(song.id)
            if row is not None and row.track_id in held_here:
                joined[song.id] = same.Same(row.track_id, row.matched or "names")
        for library_id in dict.fromkeys(self.libraries[song.library_id] for song in songs):
            mine = [song for song in songs if self.libraries[song.library_id] == library_id]
            self._attach(uow, library_id, [song for song in mine if song.id in joined], joined, known)
            self._write(uow, library_id, [song for song in mine if song.id not in joined], known)

    def remove(self, uow: UnitOfWork, rows: Sequence[Any], *, why: str) -> int:
        """Mark songs as missing; nothing is deleted. Rows of (remote_id, library_id, path, track_id)."""
        count = 0
        for library_id in dict.fromkeys(row.library_id for row in rows):
            paths = [row.stored_path for row in rows if row.library_id == library_id]
            count += missing.mark_gone(uow, self._index, library_id, paths, self._now, self._touched)
        names = song_store.titles(uow, [row.track_id for row in rows])
        for row in rows:
            self._run.note(
                uow,
                "removed",
                names.get(row.track_id, "?"),
                track_id=row.track_id,
                remote_id=row.remote_id,
                why=why,
            )
        self._run.counts.removed += count
        return count

    def numbers(self, uow: UnitOfWork) -> None:
        """Counts of artists and genres: part of every batch, so that none is left behind by a kill."""
        for touched in (self._touched, *(writer.touched for writer in self._writers.values())):
            aggregates.refresh_artists(uow, self._index, sorted(touched.artists))
            aggregates.refresh_genres(uow, sorted(touched.genres))
            touched.clear()
        for name in ("catalogue", "artists"):
            versions.bump(uow, name)

    def _same(self, uow: UnitOfWork, songs: Sequence[Song]) -> dict[str, same.Same]:
        """Which new songs are tracks that lie here already."""
        local = store.local_libraries(uow)
        if not songs or not local:
            return {}
        answers = same.find(uow, [self._asked(song) for song in songs], local)
        ids = [answer.track_id for answer in answers if answer.track_id]
        taken, here = song_store.taken(uow, self._server_id, ids), song_store.with_files(uow, ids)
        found: dict[str, same.Same] = {}
        for song, answer in zip(songs, answers, strict=True):
            if answer.track_id is not None and answer.track_id in here and answer.track_id not in taken:
                found[song.id] = answer
            elif answer.why or answer.track_id in taken:
                self._run.counts.unmatched += 1
                why = answer.why if answer.track_id is None else "another song of the server is that track"
                title = song.facts.title or song.path
                self._run.note(uow, "unmatched", title, remote_id=song.id, why=why)
        return found

    def _asked(self, song: Song) -> same.Asked:
        facts = song.facts
        near = mapping.local_path(self._mappings, song.library_path, song.path) if self._mappings else None
        return same.Asked(
            title=facts.title or "",
            artist=facts.artist_display or ", ".join(facts.artists),
            album=facts.album,
            disc=facts.disc,
            number=facts.number,
            duration_s=facts.duration_s,
            isrc=facts.isrc,
            recording_mbid=facts.recording_mbid,
            path=str(near) if mapping.present(near, self._mappings, song.size) else None,
        )

    def _write(self, uow: UnitOfWork, library_id: str, songs: list[Song], known: dict[str, Any]) -> None:
        """Songs whose tracks are the server's alone."""
        if not songs:
            return
        writer = self._writer(library_id)
        by_path = {
            stored_path(song): song for song in songs
        }  # a path that is told twice: the last one counts
        placer = writer.placer
        assert isinstance(placer, _ByName)
        placer.carriers = {
            path: known[song.id].carrier_id for path, song in by_path.items() if song.id in known
        }
        writer.settle(uow, [self._entry(song) for song in by_path.values()])
        # What a changed or returned song was before is told by its row.
        written = song_store.carriers_at(uow, library_id, list(by_path))
        self._save(uow, [(song, *written[path], None) for path, song in by_path.items()])
        for path, song in by_path.items():
            self._tell(uow, song, known.get(song.id), written[path][1])

    def _attach(
        self,
        uow: UnitOfWork,
        library_id: str,
        songs: list[Song],
        joined: dict[str, same.Same],
        known: dict[str, Any],
    ) -> None:
        """Songs whose tracks lie here: only their carriers are written."""
        rows: list[tuple[Song, str, str, str | None]] = []
        self._free(uow, library_id, songs, known)
        for song in songs:
            answer, before = joined[song.id], known.get(song.id)
            assert answer.track_id is not None
            values = carrier_values(song) | {"track_id": answer.track_id, "missing_at": None}
            if before is None:
                carrier_id = new_id()
                values |= {"id": carrier_id, "library_id": library_id, "kind": KIND, "added_at": self._now}
                song_store.add_carrier(uow, values)
            else:
                carrier_id = before.carrier_id
                song_store.change_carrier(uow, carrier_id, values)
            rows.append((song, carrier_id, answer.track_id, answer.how))
            if before is None:
                self._run.counts.joined += 1
                self._run.note(
                    uow,
                    "joined",
                    song.facts.title or song.path,
                    track_id=answer.track_id,
                    remote_id=song.id,
                    why=answer.why,
                )
            else:
                self._tell(uow, song, before, answer.track_id)
        self._save(uow, rows)
        changes.note(uow, "catalogue", [track_id for _, _, track_id, _ in rows])

    def _free(self, uow: UnitOfWork, library_id: str, songs: list[Song], known: dict[str, Any]) -> None:
        """Push what else lies on these songs' paths."""
        mine = {known[song.id].carrier_id for song in songs if song.id in known}
        there = song_store.carriers_at(uow, library_id, [stored_path(song) for song in songs])
        paths = [path for path, (carrier_id, _) in there.items() if carrier_id not in mine]
        missing.mark_gone(uow, self._index, library_id, paths, self._now, self._touched)

    def _tell(self, uow: UnitOfWork, song: Song, before: Any, track_id: str) -> None:
        counts, title = self._run.counts, song.facts.title or song.path
        ids = {"track_id": track_id, "remote_id": song.id}
        if before is None:
            counts.added += 1
            self._run.note(uow, "added", title, **ids)
        elif before.missing_at is not None:
            counts.updated += 1
            self._run.note(uow, "returned", title, **ids, why="it is there again")
        else:
            counts.updated += 1
            moved = before.path != song.path
            self._run.note(
                uow, "updated", title, **ids, why="it lies elsewhere" if moved else "it was changed"
            )

    def _save(self, uow: UnitOfWork, rows: Sequence[tuple[Song, str, str, str | None]]) -> None:
        song_store.save_songs(
            uow,
            [
                {
                    "carrier_id": carrier_id,
                    "server_id": self._server_id,
                    "remote_id": song.id,
                    "remote_album_id": song.album_id,
                    "remote_artist_id": song.artist_id,
                    "path": song.path,
                    "stamp": song.stamp,
                    "changed_at": song.changed_at,
                    "matched": how,
                    "apart": False,
                    "seen_at": self.seen_at,
                }
                for song, carrier_id, _, how in rows
            ],
        )

    def _writer(self, library_id: str) -> Writer:
        if library_id not in self._writers:
            self._writers[library_id] = Writer(
                library_id,
                self._articles,
                self._now,
                self._index,
                Albums(library_id, self._articles, self._now),
                Artists(self._articles, self._now),
                Genres(),
                _ByName(library_id, (), Lost()),
                KIND,
            )
        return self._writers[library_id]

    def _entry(self, song: Song) -> Entry:
        return as_entry(song, self._server_id, always_cover=self._navidrome)
