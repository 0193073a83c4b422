"""A whole sync with a music server: its songs, what lies here as well, then what each linked person did.

Composed here because it runs through three rooms; each part can be repeated, so a kill loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from resonance.core.clock import now_ms
from resonance.core.errors import NotFound, ResonanceError
from resonance.core.logs import logger
from resonance.library.remote import joining, store
from resonance.library.remote.ports import Refused, Remote
from resonance.library.remote.record import Report
from resonance.library.remote.requests import JOB
from resonance.library.remote.sync import Syncing

if TYPE_CHECKING:
    from resonance.services import Services

__all__ = ["JOB", "sync"]

log = logger(__name__)

# What linked accounts are asked for in turn: playlists, and the ratings of each kind.
_TURNS = ("track", "playlists", "album", "track", "playlists", "artist")


def sync(
    services: Services,
    server_id: str,
    *,
    reason: str = "manual",
    full: bool = False,
    progress: Callable[[Report], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Report:
    """Run it. Conflict while another one runs; Refused and Unavailable as the server gives them."""
    with services.db.read() as uow:
        server = store.server(uow, server_id)
    if server is None:
        raise NotFound("There is no such server.")
    with closing(services.servers.open(server)) as remote:
        how: dict[str, Any] = {"reason": reason, "full": full, "progress": progress, "cancelled": cancelled}
        running = services.servers.syncing(remote, server_id, **how)
        with running:
            state = running.catalogue()
            if state != "postponed":
                if state == "done" or joining.has_news(services.db, server_id):
                    joining.join(services.db, services.search, running.run, server_id, everything=full)
                running.run.step = "people"
                _people(services, server, running, full=full)
            running.end(state)
        services.servers.keep_token(server_id, remote)
    return running.run.report


def join_files(services: Services) -> None:
    """Files that were scanned just now may be songs of a server as well."""
    joining.join_all(services.db, services.search)


def forward_plays(services: Services) -> None:
    """Plays that wait, to each linked account that has some; no request for the others."""
    from resonance.listens.remote import scrobbling

    with services.db.read() as uow:
        pairs = [
            (server, link)
            for server in store.servers(uow)
            for link in store.links(uow, server_id=server.id)
            if link.scrobbles and link.secret and scrobbling.waiting(uow, link)
        ]
    for server, link in pairs:
        try:
            with closing(services.servers.links.open(server, link)) as remote:
                scrobbling.forward(services.db, link, remote)
        except ResonanceError as fault:
            log.info("remote.plays_wait", link_id=link.id, reason=fault.code)


def _people(services: Services, server: Any, running: Syncing, *, full: bool) -> None:
    with services.db.read() as uow:
        links = store.links(uow, server_id=server.id)
    for link in links:
        running.run.tick(force=True)
        told = {"link_id": link.id, "username": link.username}
        try:
            with closing(services.servers.links.open(server, link)) as remote:
                told |= _person(services, server, link, remote, full=full)
                running.run.counts.requests += remote.requests
            services.servers.links.keep_token(link.id, remote)
        except Refused as fault:
            told |= {"problem": fault.message}
            log.info("remote.shut_out", link_id=link.id)
            with services.db.write() as uow:
                services.servers.links.shut_out(uow, server.id, link.id, fault.message)
        except ResonanceError as fault:
            # One person's trouble is not the others'.
            told |= {"problem": fault.message}
            with services.db.write() as uow:
                store.change_link(uow, link.id, problem=fault.message)
        running.run.report.people.append(told)


def _person(services: Services, server: Any, link: Any, remote: Remote, *, full: bool) -> dict[str, Any]:
    from resonance.listens.remote import marks
    from resonance.playlists import remote as lists

    cursor = store.cursor(link)
    report: dict[str, Any] = {}
    # Four lists, three questions: one of the slow ones is looked at in turn, unless there is news to send.
    turns = [turn for turn in _TURNS if (link.playlists if turn == "playlists" else link.ratings)]
    number, every = int(cursor.get("turn") or 0), full or not cursor
    look_at = set(_TURNS) if every else {turns[number % len(turns)]} if turns else set()
    report |= marks.sync(
        *(services.db, services.events, services.servers.links, server, link, remote, cursor),
        look_at=[kind for kind in marks.KINDS if kind in look_at],
        whole=every,
    )
    if link.playlists:
        report |= lists.sync(
            *(services.db, services.events, server, link, remote, cursor), look="playlists" in look_at
        )
    cursor["turn"] = number + 1
    values = {"cursor": store.encode(cursor), "last_sync_at": now_ms(), "problem": None}
    with services.db.write() as uow:
        store.change_link(uow, link.id, report=store.encode(report), **values)
    return report | {"requests": remote.requests}
