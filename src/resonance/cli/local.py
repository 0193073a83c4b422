"""Commands on the database of this machine, with or without a running server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from resonance.core.errors import Invalid, NotFound
from resonance.model.caller import OPERATOR, Caller, Role

if TYPE_CHECKING:
    from resonance.cli.places import Json
    from resonance.playlists.exchange.export import Wish
    from resonance.playlists.exchange.paths import Mapping as Paths
    from resonance.wiring import Wiring


def somebody(built: Wiring, name: str | None) -> Caller:
    """Who is meant: by name, else the only account or the only admin. Nobody, where there is no account."""
    from resonance.accounts import names, store

    with built.db.read() as uow:
        people = [person for person in store.users(uow) if person.disabled_at is None]
        if name is not None:
            found = [person for person in people if names.folded(person.name) == names.folded(name)]
            if not found:
                raise NotFound(f"There is nobody called {name}.")
        else:
            admins = [person for person in people if person.role is Role.ADMIN]
            found = people if len(people) < 2 else admins
        if not found:
            return OPERATOR
        if len(found) > 1:
            raise Invalid(f"Say whose with --user: {', '.join(one.name for one in found)}.", field="user")
        (one,) = found
        seen = store.seen_libraries(uow, one.id, one.role, all_libraries=one.all_libraries, servers=True)
    return Caller(one.id, one.name, one.role, seen, client="command line")


class Local:
    """See `places.Place`."""

    def __init__(self, built: Wiring, caller: Caller) -> None:
        self._built, self._caller = built, caller

    def playlists(self) -> list[Json]:
        from resonance.playlists import playlists

        with self._built.db.read(self._caller.user_id) as uow:
            found: list[Json] = _plain(playlists.readable(uow, self._caller))
        return found

    def playlist(self, playlist_id: str) -> Json:
        from resonance.playlists import playlists

        with self._built.db.read(self._caller.user_id) as uow:
            found: Json = _plain(playlists.detail(uow, self._caller, playlist_id))
        return found

    def sets(self) -> list[Json]:
        with self._built.db.read(self._caller.user_id) as uow:
            found: list[Json] = _plain(self._built.sets.all(uow, self._caller))
        return found

    def dj_set(self, set_id: str) -> Json:
        with self._built.db.read(self._caller.user_id) as uow:
            found: Json = _plain(self._built.sets.detail(uow, self._caller, set_id))
        return found

    def new_set(self, body: Json) -> Json:
        from resonance.model.dj_set import SetCurve, SetLength, SetPool

        if not self._caller.user_id:
            raise Invalid("A set belongs to somebody: add an account first.", field="user")
        with self._built.db.write(self._caller.user_id) as uow:
            made = self._built.sets.create(
                uow,
                self._caller,
                body["name"],
                SetPool(**body["pool"]),
                length=SetLength(**body.get("length") or {}),
                curve=SetCurve(**body.get("curve") or {"name": "arc"}),
            )
        found: Json = _plain(made)
        return found

    def arranged(self, set_id: str, body: Json, told: Callable[[float], None]) -> Json:
        from resonance.model.dj_set import SetCurve, SetLength
        from resonance.sequencing.arrange import arrange
        from resonance.sets.wishes import Wish

        wish = Wish(
            length=SetLength(**body["length"]) if body.get("length") else None,
            curve=SetCurve(**body["curve"]) if body.get("curve") else None,
            seed=body.get("seed"),
        )
        db, proposals = self._built.db, self._built.set_proposals
        with db.read(self._caller.user_id) as uow:
            posed = proposals.posed(uow, self._caller, set_id, wish)
        result = arrange(posed.request, lambda share, _: told(share))
        with db.read(self._caller.user_id) as uow:
            found: Json = _plain(proposals.proposal(uow, self._caller, posed, result))
        return found

    def put_slots(self, set_id: str, body: Json) -> Json:
        from resonance.model.dj_set import SlotPlace

        slots = [SlotPlace(**slot) for slot in body["slots"]]
        with self._built.db.write(self._caller.user_id) as uow:
            changed = self._built.sets.put_slots(
                uow, self._caller, set_id, slots, version=body["version"], arranged=body["arranged"]
            )
        found: Json = _plain(changed)
        return found

    def formats(self) -> list[Json]:
        from resonance.playlists.exchange.formats import FORMATS

        names = ("name", "label", "extension", "media_type", "writes", "reads", "holds")
        return [{name: getattr(each, name) for name in names} for each in FORMATS.values()]

    def exported(self, kind: str, item_id: str, asked: Mapping[str, Any]) -> Iterator[bytes]:
        from resonance.playlists.exchange import export

        db, wanted = self._built.db, self._wish(asked)
        if kind == "all":
            return export.of_all(db, self._caller, wanted).pieces
        if kind == "playlist":
            return export.of_playlist(db, self._caller, item_id, wanted).pieces
        with db.read(self._caller.user_id) as uow:
            name, ids = self._built.sets.order(uow, self._caller, item_id)
        return export.of_tracks(db, self._caller, name, ids, wanted).pieces

    def exported_tracks(
        self, name: str, track_ids: Sequence[str], asked: Mapping[str, Any]
    ) -> Iterator[bytes]:
        from resonance.playlists.exchange import export

        return export.of_tracks(self._built.db, self._caller, name, track_ids, self._wish(asked)).pieces

    def imported(self, path: Path, asked: Mapping[str, Any]) -> Json:
        from resonance.playlists.exchange import importing

        choice = importing.choice(
            asked["lists"],
            asked["cues"],
            asked["ratings"],
            mapping=self._paths(asked, inwards=True),
            grids=asked["grids"],
            program_times=asked["program_times"],
            dry_run=asked["dry_run"],
        )
        if not self._caller.user_id:
            raise Invalid("What is imported belongs to somebody: add an account first.", field="user")
        with path.open("rb") as file:
            format, crate = importing.read(file, name=path.name, format=asked["format"])
        built = self._built
        done = importing.run(built.db, built.events, self._caller, format, crate, choice, name=path.stem)
        told: Json = _plain(done)
        return told

    def _wish(self, asked: Mapping[str, Any]) -> Wish:
        from resonance.playlists.exchange import export

        times = asked.get("program_times", True)
        return export.wish(asked["format"], self._paths(asked), program_times=times)

    def _paths(self, asked: Mapping[str, Any], *, inwards: bool = False) -> Paths:
        """The rules that were typed, else those that the person keeps."""
        from resonance.playlists.exchange import own_paths
        from resonance.playlists.exchange.paths import mapping

        if asked.get("from"):
            return mapping(list(zip(asked["from"], asked["to"], strict=True)))
        with self._built.db.read(self._caller.user_id) as uow:
            return (own_paths.inwards if inwards else own_paths.outwards)(uow, self._caller)


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)
