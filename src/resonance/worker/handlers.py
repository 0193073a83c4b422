"""Every job on one page: its name, and which service does the work.

A handler is run again after a crash, so all of them are harmless to repeat.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from resonance.analysis import embedding, listening, mood_reading, sound
from resonance.analysis import requests as analysis_requests
from resonance.analysis.listening import JOB as LISTEN
from resonance.analysis.mood_reading import JOB as READ
from resonance.analysis.progress import Status
from resonance.analysis.run import JOB as ANALYSIS
from resonance.analysis.run import Wish
from resonance.audio.ear.versions import ALL
from resonance.core.clock import now_ms
from resonance.jobs import store as jobs
from resonance.jobs.ports import JobContext
from resonance.library.artwork import palettes as artwork_palettes
from resonance.library.lyrics import finding as lyrics_finding
from resonance.library.remote import requests as remote_requests
from resonance.library.scanning import requests as scan_requests
from resonance.playlists import watched
from resonance.playlists.smart_refresh import JOB as SMART
from resonance.recommend.wishes import MAP
from resonance.worker import remote_sync

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.library.remote.record import Report
    from resonance.library.scanning.runs import ScanCounts
    from resonance.services import Services

JOBS_KEPT_MS = 14 * 24 * 3600 * 1000
READ_AT_ONCE = 2000  # tracks that a language model reads in one job


def scan(services: Services, context: JobContext, args: dict[str, Any]) -> None:
    """One library, or some of its folders."""

    def progress(counts: ScanCounts) -> None:
        context.progress(counts.seen / counts.files if counts.files else None, f"{counts.seen} files")

    counts = services.scanner.scan(
        args["library_id"],
        reason=args["reason"],
        full=args["full"],
        paths=tuple(args["paths"]),
        progress=progress,
        cancelled=lambda: context.cancelled,
    )
    if counts.added:
        remote_sync.join_files(services)
    music_came = counts.added > 0 or counts.updated > 0
    watched.sync(services.db, services.events, args["library_id"], music_came=music_came)
    with services.db.write() as uow:
        if artwork_palettes.needed(uow):
            services.jobs.enqueue(uow, artwork_palettes.JOB, {}, unique_key=artwork_palettes.JOB, priority=-1)
        if services.analyser.enabled and (counts.added or counts.updated):
            analysis_requests.request(uow, services.jobs)
        if counts.added or counts.updated:
            embedding.enqueue(uow, services.jobs)


def analyse(services: Services, context: JobContext, args: dict[str, Any]) -> None:
    """What the music sounds like: what is behind, or what an admin wants measured again."""

    def told(status: Status) -> None:
        done = status.quick_done if status.stage == "quick" else status.full_done
        context.progress(done / status.tracks if status.tracks else None, f"{status.stage}: {done} tracks")

    analyser, ids = services.analyser, args.get("track_ids")
    if "before" in args:
        analyser.redo(frozenset(args["groups"]) or ALL, args["before"], ids)
    summary = analyser.run(Wish(ids=ids), cancelled=lambda: context.cancelled, told=told)
    with services.db.write() as uow:
        embedding.enqueue(uow, services.jobs)
        if services.recommend.map_is_behind(uow):
            services.jobs.enqueue(uow, MAP, {}, unique_key=MAP, priority=-1)
        if summary.opens_at is not None:
            analysis_requests.request(uow, services.jobs, run_at=summary.opens_at)


def embed(services: Services, context: JobContext, _args: dict[str, Any]) -> None:
    """Vectors of words for tracks that have none, or of which something else is known now."""
    services.embedding.run(progress=context.progress, cancelled=lambda: context.cancelled)
    with services.db.write() as uow:
        for job, model in ((LISTEN, services.audio_model), (READ, services.mood_reader)):
            if model is not None:
                services.jobs.enqueue(uow, job, {}, unique_key=job, priority=-2)


def listen(services: Services, context: JobContext, _args: dict[str, Any]) -> None:
    """Vectors and moods by the supplied model of sound, of files that it has not heard yet."""
    if services.audio_model is not None:
        model, cancelled = services.audio_model, lambda: context.cancelled
        listening.run(services.db, services.vectors, model, progress=context.progress, cancelled=cancelled)


def read_moods(services: Services, context: JobContext, _args: dict[str, Any]) -> None:
    """Moods by the language model, of tracks that it has not read yet."""
    if services.mood_reader is not None:
        mood_reading.run(
            services.db,
            services.mood_reader,
            limit=READ_AT_ONCE,
            progress=context.progress,
            cancelled=lambda: context.cancelled,
        )


def draw_map(services: Services, context: JobContext, args: dict[str, Any]) -> None:
    """Places on the music map: of newcomers, or of all where an admin or a new analyser asks for it."""
    services.recommend.draw_map(context, force=bool(args.get("force")))


def palettes(services: Services, context: JobContext, _args: dict[str, Any]) -> None:
    """Colours and placeholders of covers that have none yet."""
    artwork_palettes.make_palettes(services.db, services.artwork, services.events, context)


def measure_sound(services: Services, context: JobContext, args: dict[str, Any]) -> None:
    """Length, waveform and silence of one file."""
    services.sounds.measure(args["carrier_id"], cancelled=lambda: context.cancelled)


def find_lyrics(services: Services, _context: JobContext, args: dict[str, Any]) -> None:
    """Words for a track that is played and has none."""
    services.lyrics.ask_for_job(args["track_id"], args.get("user_id"))


def refresh_smart(services: Services, context: JobContext, _args: dict[str, Any]) -> None:
    """Smart playlists, after what changed since the last time."""
    services.smart.refresh_all(context)


def scan_all(services: Services, _context: JobContext, _args: dict[str, Any]) -> None:
    """Queue a scan of every library."""
    with services.db.write() as uow:
        scan_requests.request_all(uow, services.jobs, reason="timer")


def retention(services: Services, _context: JobContext, _args: dict[str, Any]) -> None:
    """Forget jobs and ticks that ended two weeks ago."""
    with services.db.write() as uow:
        jobs.prune(uow, now_ms() - JOBS_KEPT_MS)


def sync_server(services: Services, context: JobContext, args: dict[str, Any]) -> None:
    """Songs of a music server, and what linked people did there and here."""

    def progress(report: Report) -> None:
        done, total = report.counts.seen, report.counts.total
        context.progress(min(done / total, 1.0) if total else None, f"{done} songs")

    how: dict[str, Any] = {"reason": args["reason"], "full": args["full"]}
    report = remote_sync.sync(
        services, args["server_id"], progress=progress, cancelled=lambda: context.cancelled, **how
    )
    with services.db.write() as uow:
        if report.state == "postponed":
            remote_requests.later(uow, services.jobs, args["server_id"], full=args["full"])
        if report.counts.added or report.counts.updated or report.counts.joined:
            follow_up(services, uow)


def sync_servers(services: Services, _context: JobContext, args: dict[str, Any]) -> None:
    """Queue a sync of every music server."""
    with services.db.write() as uow:
        remote_requests.request_all(uow, services.jobs, reason=args.get("reason", "timer"))


def forward_plays(services: Services, _context: JobContext, _args: dict[str, Any]) -> None:
    """Plays to the linked accounts that have some waiting."""
    remote_sync.forward_plays(services)


def follow_up(services: Services, uow: UnitOfWork) -> None:
    """What new and changed tracks ask for."""
    if artwork_palettes.needed(uow):
        services.jobs.enqueue(uow, artwork_palettes.JOB, {}, unique_key=artwork_palettes.JOB, priority=-1)
    if services.analyser.enabled:
        analysis_requests.request(uow, services.jobs)
    embedding.enqueue(uow, services.jobs)


HANDLERS: dict[str, Callable[[Services, JobContext, dict[str, Any]], None]] = {
    scan_requests.JOB: scan,
    "scan.all": scan_all,
    artwork_palettes.JOB: palettes,
    sound.JOB: measure_sound,
    ANALYSIS: analyse,
    embedding.JOB: embed,
    LISTEN: listen,
    READ: read_moods,
    MAP: draw_map,
    lyrics_finding.JOB: find_lyrics,
    SMART: refresh_smart,
    remote_requests.JOB: sync_server,
    "remote.all": sync_servers,
    remote_requests.SCROBBLE_JOB: forward_plays,
    "retention": retention,
}
