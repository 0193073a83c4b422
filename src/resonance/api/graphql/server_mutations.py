"""Scans and jobs. Each mutation is one transaction."""

from __future__ import annotations

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import mutation
from resonance.jobs import control
from resonance.jobs.ports import Job
from resonance.library.scanning import requests as scan_requests
from resonance.library.scanning.runs import ScanItem


@strawberry.type
class ServerMutations:
    @mutation(description="The scan that runs, or one in state queued with its job's id. Admins.")
    def scan(self, info: Info, library_id: strawberry.ID, full: bool = False) -> ScanItem:
        context = info.context
        with context.write() as uow:
            jobs = context.services.jobs
            return scan_requests.start(uow, context.caller, jobs, library_id, full=full)

    @mutation(description="End a queued job at once, ask a running one to stop. For admins.")
    def cancel_job(self, info: Info, id: strawberry.ID) -> Job:
        context = info.context
        with context.write() as uow:
            return control.cancel(uow, context.caller, context.services.jobs, id)

    @mutation(description="Queue a failed or cancelled job again. For admins.")
    def retry_job(self, info: Info, id: strawberry.ID) -> Job:
        context = info.context
        with context.write() as uow:
            return control.retry(uow, context.caller, context.services.jobs, id)
