"""Everything that can be changed. Each mutation is one transaction."""

from __future__ import annotations

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.server_types import Job
from resonance.api.graphql.types import shown
from resonance.jobs import control
from resonance.library import scan_requests


@strawberry.type
class Mutation:
    @strawberry.mutation(description="Scan a library; the job that does it. For admins.")
    def scan(self, info: Info, library_id: strawberry.ID, full: bool = False) -> Job:
        context = info.context
        context.caller.must_be_admin()
        with context.write() as uow:
            context.services.libraries.one(uow, context.caller, library_id)
            jobs = context.services.jobs
            job_id = scan_requests.request(uow, jobs, library_id, reason="manual", full=full)
            return shown(control.job(uow, context.caller, job_id))

    @strawberry.mutation(description="End a queued job at once, ask a running one to stop. For admins.")
    def cancel_job(self, info: Info, id: strawberry.ID) -> Job:
        context = info.context
        with context.write() as uow:
            return shown(control.cancel(uow, context.caller, context.services.jobs, id))

    @strawberry.mutation(description="Queue a failed or cancelled job again. For admins.")
    def retry_job(self, info: Info, id: strawberry.ID) -> Job:
        context = info.context
        with context.write() as uow:
            return shown(control.retry(uow, context.caller, context.services.jobs, id))
