"""The server: who you are, libraries, scans, jobs."""

from __future__ import annotations

import strawberry

from resonance import __version__
from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.server_types import Job, JobPage, Library, Me, Scan, Server
from resonance.api.graphql.types import shown
from resonance.jobs import control
from resonance.library.scanning import requests as scan_requests


@strawberry.type
class ServerQueries:
    @strawberry.field
    def server(self, info: Info) -> Server:
        return Server(name="Resonance", version=__version__)

    @strawberry.field(description="Who you are signed in as.")
    def me(self, info: Info) -> Me:
        caller = info.context.caller
        return Me(id=strawberry.ID(caller.user_id), name=caller.name, role=caller.role.value)

    @strawberry.field(description="The libraries you may see.")
    def libraries(self, info: Info) -> list[Library]:
        context = info.context
        found = context.services.libraries.all(context.uow, context.caller)
        return [Library.of(item) for item in found]

    @strawberry.field(description="The scans that run now, of the libraries you may see.")
    def scans(self, info: Info) -> list[Scan]:
        caller = info.context.caller
        running = scan_requests.current(info.context.uow)
        return [
            Scan.of(item)
            for item in running
            if caller.libraries is None or item["library_id"] in caller.libraries
        ]

    @strawberry.field(description="Background jobs, newest first. For admins.")
    def jobs(
        self, info: Info, state: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
    ) -> JobPage:
        context = info.context
        size = page_size(limit)
        return shown(control.jobs(context.uow, context.caller, state=state, cursor=cursor, limit=size))

    @strawberry.field(description="One background job. For admins.")
    def job(self, info: Info, id: strawberry.ID) -> Job:
        return shown(control.job(info.context.uow, info.context.caller, id))
