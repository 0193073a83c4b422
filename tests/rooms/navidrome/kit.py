"""A whole set of services beside a fake Navidrome, and the questions tests ask of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from resonance.accounts import users
from resonance.adapters.navidrome import Connector
from resonance.core.ids import new_id
from resonance.db.tables.library import album, carrier, library, track
from resonance.db.tables.listens import like, rating, track_stat
from resonance.db.tables.remote import remote_link, remote_note, remote_server, remote_song
from resonance.library.remote import song_store
from resonance.library.remote.record import Report
from resonance.listens import store as listens
from resonance.model.caller import OPERATOR, Caller, Role
from resonance.settings import Settings
from resonance.wiring import Wiring
from resonance.worker import remote_sync
from tests.fixtures.navidrome import FakeNavidrome

PAGE = 50  # songs


@dataclass
class Home:
    """Our side."""

    services: Wiring
    folder: Path
    slept: list[float] = field(default_factory=list)

    @classmethod
    def at(cls, folder: Path, url: str, **settings: Any) -> Home:
        """Services over a fresh database; nobody waits between tries."""
        data = folder / "data"
        data.mkdir(exist_ok=True)
        home = cls(Wiring(Settings(data_dir=data, database_url=url, scan_workers=1, **settings)), folder)
        home.services.servers.signing.connect = Connector("test", page=PAGE, sleep=home.slept.append)
        home.services.remote_bytes._sleep = home.slept.append
        return home

    def add(self, server: FakeNavidrome, **more: Any) -> str:
        """The server, by its admin's account."""
        given = {"name": "Den", "url": server.url, "username": "ada", "password": "secret", **more}
        return self.services.servers.add(OPERATOR, **given)

    def sync(self, server_id: str, **how: Any) -> Report:
        """One sync, to its end."""
        return remote_sync.sync(self.services, server_id, **how)

    def person(self, name: str, role: Role = Role.USER) -> Caller:
        """Somebody with an account here."""
        with self.services.db.write() as uow:
            made = users.add(uow, name, name.casefold(), role, None, 1)
        return Caller(made.id, name, role)

    def seen_by(self, person: Caller) -> Caller:
        """The person with the sight that a sign-in would give."""
        from resonance.accounts import store

        with self.services.db.read() as uow:
            seen = store.seen_libraries(uow, person.user_id, person.role, all_libraries=True, servers=True)
        return Caller(person.user_id, person.name, person.role, seen)

    def link(self, person: Caller, server_id: str, username: str = "ada", **wants: bool) -> str:
        """Their account there."""
        return self.services.servers.links.link(person, server_id, username, "secret", wants)

    def folder_library(self) -> tuple[str, Path]:
        """A library that is a folder here: its id and the folder."""
        path = self.folder / "music"
        path.mkdir(exist_ok=True)
        with self.services.db.write() as uow:
            return self.services.libraries.add(uow, OPERATOR, "Here", str(path)), path

    def titles(self) -> list[str]:
        """Of the tracks that are there."""
        with self.services.db.read() as uow:
            query = select(track.c.title).where(track.c.missing_at.is_(None)).order_by(track.c.title)
            return list(uow.execute(query).scalars())

    def track(self, title: str) -> Any:
        """The only present track of that title."""
        with self.services.db.read() as uow:
            query = select(track).where(track.c.title == title, track.c.missing_at.is_(None))
            return uow.execute(query).one()

    def tracks(self, title: str) -> list[Any]:
        with self.services.db.read() as uow:
            query = select(track).where(track.c.title == title, track.c.missing_at.is_(None))
            return list(uow.execute(query.order_by(track.c.added_at, track.c.id)).all())

    def songs(self, server_id: str, remote_ids: Iterable[str]) -> list[str]:
        """Our tracks of a server's songs."""
        with self.services.db.read() as uow:
            return list(song_store.local_ids(uow, server_id, remote_ids).values())

    def carriers(self, track_id: str) -> list[str]:
        """Kinds of the present carriers of a track."""
        with self.services.db.read() as uow:
            here = carrier.c.track_id == track_id, carrier.c.missing_at.is_(None)
            return sorted(uow.execute(select(carrier.c.kind).where(*here)).scalars())

    def count(self, table: Any, *conditions: Any) -> int:
        with self.services.db.read() as uow:
            return int(uow.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())

    def notes(self, report: Report) -> list[tuple[str, str, str]]:
        """(action, title, why) of a run."""
        with self.services.db.read() as uow:
            mine = remote_note.c.run_id == report.run_id
            query = select(remote_note.c.action, remote_note.c.title, remote_note.c.why).where(mine)
            return [tuple(row) for row in uow.execute(query.order_by(remote_note.c.number))]

    def server(self, server_id: str) -> Any:
        with self.services.db.read() as uow:
            return uow.execute(select(remote_server).where(remote_server.c.id == server_id)).one()

    def link_row(self, link_id: str) -> Any:
        with self.services.db.read() as uow:
            return uow.execute(select(remote_link).where(remote_link.c.id == link_id)).one()

    def links(self, server_id: str) -> list[Any]:
        with self.services.db.read() as uow:
            query = select(remote_link).where(remote_link.c.server_id == server_id)
            return [tuple(row) for row in uow.execute(query)]

    def like(self, person: Caller, kind: str, id_: str, at: int = 1) -> None:
        with self.services.db.write() as uow:
            listens.set_like(uow, person.user_id, kind, [id_], at)

    def unlike(self, person: Caller, kind: str, id_: str) -> None:
        with self.services.db.write() as uow:
            listens.unset_like(uow, person.user_id, kind, [id_])

    def liked(self, person: Caller, kind: str = "track") -> set[str]:
        with self.services.db.read() as uow:
            mine = like.c.user_id == person.user_id, like.c.item_kind == kind
            return set(uow.execute(select(like.c.item_id).where(*mine)).scalars())

    def rate(self, person: Caller, id_: str, stars: int, at: int, kind: str = "track") -> None:
        with self.services.db.write() as uow:
            listens.set_rating(uow, person.user_id, kind, id_, stars, at)

    def stars(self, person: Caller, id_: str) -> int:
        with self.services.db.read() as uow:
            mine = rating.c.user_id == person.user_id, rating.c.item_id == id_
            return uow.execute(select(rating.c.stars).where(*mine)).scalar() or 0

    def plays(self, person: Caller, id_: str) -> int:
        with self.services.db.read() as uow:
            mine = track_stat.c.user_id == person.user_id, track_stat.c.track_id == id_
            return uow.execute(select(track_stat.c.play_count).where(*mine)).scalar() or 0

    def state(self) -> dict[str, Any]:
        """Everything a sync writes, without what differs between two runs: ids and times."""
        with self.services.db.read() as uow:
            songs = (
                select(
                    remote_song.c.remote_id,
                    track.c.title,
                    album.c.title,
                    carrier.c.path,
                    carrier.c.missing_at,
                )
                .join(carrier, carrier.c.id == remote_song.c.carrier_id)
                .join(track, track.c.id == carrier.c.track_id)
                .outerjoin(album, album.c.id == track.c.album_id)
                .order_by(remote_song.c.remote_id)
            )
            rows = [(*row[:4], row[4] is None) for row in uow.execute(songs)]
            albums = select(album.c.title, album.c.track_count).order_by(album.c.title)
            listed = [tuple(row) for row in uow.execute(albums)]
            kinds = [tuple(row) for row in uow.execute(select(library.c.kind, library.c.name))]
        return {"songs": rows, "albums": listed, "libraries": kinds}


def fresh_person(home: Home) -> Caller:
    """A person with a name nobody has."""
    return home.person(f"p{new_id()[:8]}")


Make = Callable[..., Home]
