"""/health for whatever keeps the server alive, /metrics for Prometheus."""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from resonance import __version__
from resonance.api.deps import services
from resonance.api.forwarded import is_from_here
from resonance.core.errors import Forbidden, ResonanceError, Unauthorized
from resonance.core.logs import logger
from resonance.db.tables.library import album, scan, track
from resonance.jobs import store as jobs
from resonance.jobs.ports import State

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from resonance.services import Services
    from resonance.settings import Settings

router = APIRouter()
log = logger(__name__)

REST = "/api/v1"
disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each counter, which nobody reads
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


@router.get("/health", tags=["server"])
def health(request: Request) -> JSONResponse:
    """200 once requests can be served, 503 while the database does not answer."""
    try:
        with services(request).db.read() as uow:
            uow.execute(select(1))
        database = "ok"
    except (SQLAlchemyError, ResonanceError) as fault:
        log.error("health.failed", exc_info=fault)
        database = "failing"
    ok = database == "ok"
    body = {"status": "ok" if ok else "failing", "version": __version__, "checks": {"database": database}}
    return JSONResponse(body, 200 if ok else 503, {"Cache-Control": "no-store"})


@router.get("/metrics", tags=["server"], response_class=Response)
def metrics(request: Request) -> Response:
    """Prometheus' text format. From this machine, or with METRICS_TOKEN as the bearer token."""
    _must_be_allowed(request)
    kept: Metrics = request.app.state.metrics
    return Response(generate_latest(kept.registry), media_type=CONTENT_TYPE_LATEST)


def _must_be_allowed(request: Request) -> None:
    settings: Settings = request.app.state.settings
    if settings.metrics_token is None:
        if not is_from_here(request):
            raise Forbidden(
                "Metrics are for this machine only. Set METRICS_TOKEN to read them from elsewhere."
            )
        return
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    wanted = settings.metrics_token.get_secret_value().encode()
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), wanted):
        raise Unauthorized("Metrics need METRICS_TOKEN as the bearer token.")


class Metrics:
    """What is counted in this process, and a collector for what the database knows."""

    def __init__(self, built: Services) -> None:
        self.registry = CollectorRegistry()
        by_route = ("method", "route")
        self.requests = Counter(
            "resonance_requests",
            "Answers, by route and status.",
            (*by_route, "status"),
            registry=self.registry,
        )
        self.latency = Histogram(
            "resonance_first_byte_seconds",
            "Time from a request to the first byte of its answer.",
            by_route,
            buckets=BUCKETS_S,
            registry=self.registry,
        )
        self.sending = Gauge(
            "resonance_answers_in_progress",
            "Answers being sent; on /stream these are the streams.",
            by_route,
            registry=self.registry,
        )
        self.registry.register(_Stored(built))
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)


class _Stored:
    """Read at each scrape: jobs by state, running scans, albums and tracks."""

    def __init__(self, built: Services) -> None:
        self._services = built

    def describe(self) -> Iterable[Metric]:
        return []  # else registering would already read the database

    def collect(self) -> Iterable[Metric]:
        by_state = GaugeMetricFamily("resonance_jobs", "Jobs, by state.", labels=["state"])
        with self._services.db.read() as uow:
            counts = jobs.counts(uow)
            scans = uow.execute(select(func.count()).where(scan.c.state == "running")).scalar_one()
            tracks = uow.execute(select(func.count()).where(track.c.missing_at.is_(None))).scalar_one()
            albums = uow.execute(select(func.count()).where(album.c.track_count > 0)).scalar_one()
        for state in State:
            by_state.add_metric([state], counts.get(state, 0))
        yield by_state
        yield GaugeMetricFamily("resonance_scans_running", "Scans in progress.", value=scans)
        yield GaugeMetricFamily("resonance_tracks", "Tracks present.", value=tracks)
        yield GaugeMetricFamily("resonance_albums", "Albums with tracks present.", value=albums)


class CountRequests:
    """Pure ASGI. The route's template is the label: addresses with ids would be labels without end."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        labels: tuple[str, str] | None = None

        async def answer(message: Message) -> None:
            nonlocal labels
            if message["type"] == "http.response.start":
                labels = _method(scope), _template(scope)
                self._metrics.requests.labels(*labels, str(message["status"])).inc()
                self._metrics.latency.labels(*labels).observe(time.perf_counter() - started)
                self._metrics.sending.labels(*labels).inc()
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except Exception:
            if labels is None:  # the outermost layer makes a 500 of it
                self._metrics.requests.labels(_method(scope), _template(scope), "500").inc()
            raise
        finally:
            if labels is not None:
                self._metrics.sending.labels(*labels).dec()


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in METHODS else "other"


def _template(scope: Scope) -> str:
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return "unmatched"
    # A route knows its address below the router it is in; only the REST routers are mounted below a prefix.
    asked = scope["path"].removeprefix(scope.get("root_path", ""))
    return f"{REST}{path}" if asked.startswith(f"{REST}/") and not path.startswith(REST) else str(path)


def install(app: FastAPI, built: Services) -> None:
    """Count every request of the app."""
    app.state.metrics = Metrics(built)
    app.add_middleware(CountRequests, metrics=app.state.metrics)
