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
                if state == "done":
                    joining.join(services.db, services.search, running.run, server_id, everything=full)
                running.run.step = "people"
                _people(services, server, running, full=full)
            running.end(state)
        services.servers.keep_token("remote_server", server_id, remote)
    return running.run.report


def join_files(services: Services) -> None:
    """Files that were scanned just now may be songs of a server as well."""
    joining.join_all(services.db, services.search)


def forward_plays(services: Services) -> None:
    """Plays that wait, to each linked account that has some; no request for the others."""
    from resonance.listens import scrobbling

    with services.db.read() as uow:
        pairs = [
            (server, link)
            for server in store.servers(uow)
            for link in store.links(uow, server_id=server.id)
            if link.scrobbles and link.secret and scrobbling.waiting(uow, link)
        ]
    for server, link in pairs:
        try:
            with closing(services.servers.open_link(server, link)) as remote:
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
            with closing(services.servers.open_link(server, link)) as remote:
                told |= _person(services, server, link, remote, full=full)
                running.run.counts.requests += remote.requests
            services.servers.keep_token("remote_link", link.id, remote)
        except Refused as fault:
            told |= {"problem": fault.message}
            _shut_out(services, server.id, link.id, fault.message)
        except ResonanceError as fault:
            # One person's trouble is not the others'.
            told |= {"problem": fault.message}
            with services.db.write() as uow:
                store.change_link(uow, link.id, problem=fault.message)
        running.run.report.people.append(told)


def _person(services: Services, server: Any, link: Any, remote: Remote, *, full: bool) -> dict[str, Any]:
    from resonance.listens import remote as marks
    from resonance.playlists import remote as lists

    cursor = store.cursor(link)
    report: dict[str, Any] = {}
    # Four lists, three questions: ratings and playlists are looked at in turns, unless there is news to send.
    turn = int(cursor.get("turn") or 0)
    every = full or not cursor
    report |= marks.sync(
        *(services.db, services.events, services.servers, server, link, remote, cursor),
        ratings=every or turn % 2 == 0,
    )
    if link.playlists:
        report |= lists.sync(
            *(services.db, services.events, server, link, remote, cursor), look=every or turn % 2 == 1
        )
    cursor["turn"] = turn + 1
    values = {"cursor": store.encode(cursor), "last_sync_at": now_ms(), "problem": None}
    with services.db.write() as uow:
        store.change_link(uow, link.id, report=store.encode(report), **values)
    return report | {"requests": remote.requests}


def _shut_out(services: Services, server_id: str, link_id: str, why: str) -> None:
    """An account that is not let in sees nothing there, so neither does its person here."""
    log.info("remote.shut_out", link_id=link_id)
    with services.db.write() as uow:
        store.change_link(uow, link_id, problem=why, token=None)
        services.servers.give_sight(uow, server_id, link_id, [])
