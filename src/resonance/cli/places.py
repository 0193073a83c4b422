"""Where a command works: on this machine's database, or on a server elsewhere. Answers are those of REST."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer

from resonance.core.errors import Conflict, Invalid, NotFound

Server = Annotated[
    str | None,
    typer.Option("--server", envvar="RESONANCE_SERVER", metavar="URL", help="Work on this server instead."),
]
ApiKey = Annotated[
    str | None,
    typer.Option(
        "--api-key",
        envvar="RESONANCE_API_KEY",
        metavar="KEY",
        help="Your API key there; better in the variable.",
    ),
]
User = Annotated[
    str | None,
    typer.Option("--user", metavar="NAME", help="Whose; needed where several people have accounts."),
]
Rules = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FROM=TO", help="What begins with FROM begins with TO; may be repeated."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Json = dict[str, Any]


class Place(Protocol):
    """A Resonance, near or far."""

    def playlists(self) -> list[Json]:
        """As GET /playlists."""

    def playlist(self, playlist_id: str) -> Json:
        """As GET /playlists/{id}."""

    def sets(self) -> list[Json]:
        """As GET /sets."""

    def dj_set(self, set_id: str) -> Json:
        """As GET /sets/{id}."""

    def new_set(self, body: Json) -> Json:
        """As POST /sets."""

    def arranged(self, set_id: str, body: Json, told: Callable[[float], None]) -> Json:
        """The result of POST /sets/{id}/arrange; `told` hears the share of the search that is done."""

    def put_slots(self, set_id: str, body: Json) -> Json:
        """As PUT /sets/{id}/slots."""

    def formats(self) -> list[Json]:
        """As GET /exports/formats."""

    def exported(self, kind: str, item_id: str, asked: Mapping[str, Any]) -> Iterator[bytes]:
        """As GET /exports/{kind}/{id}; kind "all" has no id."""

    def exported_tracks(
        self, name: str, track_ids: Sequence[str], asked: Mapping[str, Any]
    ) -> Iterator[bytes]:
        """As POST /exports/tracks."""

    def imported(self, path: Path, asked: Mapping[str, Any]) -> Json:
        """As POST /imports."""


@contextmanager
def place(server: str | None, api_key: str | None, user: str | None) -> Iterator[Place]:
    """The server's when one is named, else this machine's."""
    if server is None:
        from resonance import wiring
        from resonance.cli.local import Local, somebody

        with closing(wiring.for_command()) as built:
            yield Local(built, somebody(built, user))
        return
    from resonance.cli.remote import Remote

    if user is not None:
        raise Invalid("A server knows you by your API key: leave --user out.", field="user")
    with closing(Remote(server, api_key)) as remote:
        yield remote


def rules(given: Sequence[str] | None) -> dict[str, list[str]]:
    """The from= and to= of rules typed as FROM=TO."""
    pairs = [rule.partition("=") for rule in given or ()]
    if any(not (source and sign) for source, sign, _ in pairs):
        raise Invalid("A rule is FROM=TO, as in /music=D:/Music.", field="map")
    return {"from": [source for source, _, _ in pairs], "to": [target for _, _, target in pairs]}


def chosen(items: Sequence[Json], wanted: str, what: str) -> Json:
    """The item that is meant by its id or name. NotFound for none, Conflict for several of that name."""
    found = [item for item in items if item["id"] == wanted]
    found = found or [item for item in items if item["name"] == wanted]
    found = found or [item for item in items if item["name"].casefold() == wanted.casefold()]
    if not found:
        raise NotFound(f"There is no {what} {wanted!r}.")
    if len(found) > 1:
        ids = ", ".join(item["id"] for item in found)
        raise Conflict(f"Several are called {wanted!r}: say which by its id ({ids}).")
    return found[0]
