"""What can be listened to. Nothing here reads the database: events carry what is told."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any, cast

import msgspec
import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import subscription
from resonance.api.realtime.audience import ends_session, may_hear
from resonance.core.errors import Unauthorized
from resonance.core.events import Event
from resonance.jobs.ports import Job
from resonance.library.scanning.runs import ScanItem


@strawberry.type(description="The catalogue changed. Fetch again what you show.")
class LibraryChange:
    library_id: strawberry.ID | None


@strawberry.type
class Subscription:
    @subscription(description="Every scan of the libraries you may see, several times a second.")
    async def scan_progress(
        self, info: Info, library_id: strawberry.ID | None = None
    ) -> AsyncIterator[ScanItem]:
        async with aclosing(_data(info, "scan.progress")) as told:
            async for data in told:
                if not data.get("partial") and library_id in (None, data.get("library_id")):
                    yield cast(ScanItem, data)

    @subscription(description="Every change of a background job. For admins.")
    async def job_changed(self, info: Info, id: strawberry.ID | None = None) -> AsyncIterator[Job]:
        info.context.caller.must_be_admin()
        async with aclosing(_data(info, "job.changed")) as told:
            async for data in told:
                if not data.get("partial") and (id is None or data.get("id") == id):
                    yield msgspec.convert(data, Job)

    @subscription()
    async def library_changed(self, info: Info) -> AsyncIterator[LibraryChange]:
        async with aclosing(_data(info, "library.changed", "events.missed")) as told:
            async for data in told:
                yield LibraryChange(library_id=data.get("library_id"))


async def _data(info: Info, *topics: str) -> AsyncGenerator[dict[str, Any], None]:
    caller = info.context.caller
    hears = may_hear(caller)

    def wanted(event: Event) -> bool:
        return hears(event) and (event.topic in topics or ends_session(event, caller))

    with info.context.services.events.subscribe(wanted) as events:
        async for event in events:
            if event.topic in topics:
                yield event.data
            elif ends_session(event, caller):
                raise Unauthorized("This session was ended. Sign in again.", code="session_revoked")
