"""The server: who you are, libraries, scans, jobs."""

from __future__ import annotations

import strawberry

from resonance import __version__
from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.mirrors import field
from resonance.api.graphql.server_types import Me, Server
from resonance.core.paging import Page
from resonance.jobs import control
from resonance.jobs.ports import Job
from resonance.library.scanning import requests as scan_requests
from resonance.library.scanning.runs import ScanItem
from resonance.library.sources import LibraryItem


@strawberry.type
class ServerQueries:
    @field()
    def server(self, info: Info) -> Server:
        return Server(name="Resonance", version=__version__)

    @field(description="Who you are signed in as.")
    def me(self, info: Info) -> Me:
        caller = info.context.caller
        return Me(id=strawberry.ID(caller.user_id), name=caller.name, role=caller.role.value)

    @field(description="The libraries you may see.")
    def libraries(self, info: Info) -> list[LibraryItem]:
        context = info.context
        return context.services.libraries.all(context.uow, context.caller)

    @field(description="The scans that run now, of the libraries you may see.")
    def scans(self, info: Info) -> list[ScanItem]:
        caller = info.context.caller
        running = scan_requests.current(info.context.uow)
        return [
            item for item in running if caller.libraries is None or item["library_id"] in caller.libraries
        ]

    @field(description="Background jobs, newest first. For admins.")
    def jobs(
        self, info: Info, state: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
    ) -> Page[Job]:
        context = info.context
        size = page_size(limit)
        return control.jobs(context.uow, context.caller, state=state, cursor=cursor, limit=size)

    @field(description="One background job. For admins.")
    def job(self, info: Info, id: strawberry.ID) -> Job:
        return control.job(info.context.uow, info.context.caller, id)
