"""Artists and genres by name: found, promoted or made, within the batch that needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy import bindparam, or_, select, update

from resonance.core.ids import new_id
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import artist, genre
from resonance.db.upsert import upsert
from resonance.library.scanning.naming import Credit, artist_sort

# Below SQLite's oldest limit on variables in a statement, with room for the other ones.
IN_LIMIT = 400

T = TypeVar("T")


def chunks(items: Iterable[T], size: int = IN_LIMIT) -> Iterable[list[T]]:
    """`items` in lists short enough for one IN (...)."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part


@dataclass(slots=True)
class Artists:
    """Ids of credited artists.

    An artist is his MusicBrainz id, else his folded name. A row made from a name takes on the id that turns
    up later; a name without id joins the artist of that name who has one.
    """

    articles: tuple[str, ...]
    now: int
    by_mbid: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    _looked_up: set[str] = field(default_factory=set)

    def ids(self, uow: UnitOfWork, credits: Sequence[Credit]) -> dict[Credit, str]:
        """The id of every credit; rows are made or promoted as needed."""
        distinct = list(dict.fromkeys(credits))
        self._load(uow, distinct)
        made: dict[str, dict[str, object]] = {}
        promoted: list[dict[str, object]] = []
        found = {credit: self._one(credit, made, promoted) for credit in distinct}
        if promoted:
            uow.execute(
                update(artist)
                .where(artist.c.id == bindparam("row_id"))
                .values(mbid=bindparam("new_mbid"), identity=bindparam("new_mbid")),
                promoted,
            )
        if made:
            self._insert(uow, made, found)
        return found

    def _one(
        self, credit: Credit, made: dict[str, dict[str, object]], promoted: list[dict[str, object]]
    ) -> str:
        if credit.mbid:
            if present := self.by_mbid.get(credit.mbid):
                return present
            if plain := self.plain.pop(credit.key, None):
                if plain in made:
                    made[plain]["mbid"] = made[plain]["identity"] = credit.mbid
                else:
                    promoted.append({"row_id": plain, "new_mbid": credit.mbid})
                self.by_mbid[credit.mbid] = plain
                self.named.setdefault(credit.key, plain)
                return plain
        elif present := self.plain.get(credit.key) or self.named.get(credit.key):
            return present
        row_id = new_id()
        made[row_id] = {
            "id": row_id,
            "name": credit.name,
            "name_folded": credit.key,
            "name_sort": artist_sort(credit.name, credit.sort, self.articles),
            "mbid": credit.mbid,
            "identity": credit.mbid or credit.key,
            "added_at": self.now,
        }
        if credit.mbid:
            self.by_mbid[credit.mbid] = row_id
            self.named.setdefault(credit.key, row_id)
        else:
            self.plain[credit.key] = row_id
        return row_id

    def _load(self, uow: UnitOfWork, credits: Sequence[Credit]) -> None:
        wanted = [word for c in credits for word in (c.key, c.mbid) if word and word not in self._looked_up]
        query = select(artist.c.id, artist.c.name_folded, artist.c.mbid).order_by(
            artist.c.added_at, artist.c.id
        )
        for part in chunks(dict.fromkeys(wanted)):
            for row_id, key, mbid in uow.execute(
                query.where(or_(artist.c.name_folded.in_(part), artist.c.mbid.in_(part)))
            ):
                if mbid:
                    self.by_mbid[mbid] = row_id
                    self.named.setdefault(key, row_id)
                else:
                    self.plain[key] = row_id
        self._looked_up.update(wanted)

    def _insert(self, uow: UnitOfWork, made: dict[str, dict[str, object]], found: dict[Credit, str]) -> None:
        # In one order, and leaving alone what another library's scan made meanwhile (PostgreSQL).
        rows = sorted(made.values(), key=lambda row: str(row["identity"]))
        upsert(uow, artist, rows, keys=["identity"], update=[])
        if uow.dialect == "sqlite":
            return
        kept: dict[str, str] = {}
        for part in chunks(str(row["identity"]) for row in rows):
            query = select(artist.c.identity, artist.c.id).where(artist.c.identity.in_(part))
            kept.update((identity, row_id) for identity, row_id in uow.execute(query))
        stands_for = {row_id: kept[str(row["identity"])] for row_id, row in made.items()}
        for book in (self.by_mbid, self.plain, self.named):
            book.update({word: stands_for[row_id] for word, row_id in book.items() if row_id in stands_for})
        found.update({c: stands_for[row_id] for c, row_id in found.items() if row_id in stands_for})


@dataclass(slots=True)
class Genres:
    """Ids of genres by folded name."""

    known: dict[str, str] = field(default_factory=dict)

    def ids(self, uow: UnitOfWork, genres: Iterable[tuple[str, str]]) -> dict[str, str]:
        """(name, key) pairs to key -> id."""
        wanted = {key: name for name, key in reversed(list(genres)) if key not in self.known}
        self._load(uow, wanted)
        missing = sorted(key for key in wanted if key not in self.known)
        if missing:
            rows = [{"id": new_id(), "name": wanted[key], "name_folded": key} for key in missing]
            upsert(uow, genre, rows, keys=["name_folded"], update=[])
            self._load(uow, missing)
        return self.known

    def _load(self, uow: UnitOfWork, keys: Iterable[str]) -> None:
        for part in chunks(keys):
            query = select(genre.c.name_folded, genre.c.id).where(genre.c.name_folded.in_(part))
            self.known.update((key, row_id) for key, row_id in uow.execute(query))
