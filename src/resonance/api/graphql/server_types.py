"""The server as GraphQL shows it: people, libraries, scans, jobs."""

from __future__ import annotations

import strawberry

from resonance.api.graphql.mirrors import mirror
from resonance.core.paging import Page
from resonance.jobs.ports import Job
from resonance.library.scanning.runs import ScanItem
from resonance.library.sources import LibraryItem


@strawberry.type
class Server:
    name: str
    version: str


@strawberry.type(description="The signed-in account. `role` is admin, user or guest.")
class Me:
    id: strawberry.ID
    name: str
    role: str


mirror(ScanItem, name="Scan")
mirror(LibraryItem, name="Library")
mirror(Job)
mirror(Page[Job], name="JobPage")
