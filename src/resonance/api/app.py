"""The ASGI application: every surface is mounted here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI

from resonance import __version__
from resonance.api import ops, problems, realtime, security, shapes, stream, web
from resonance.api.graphql import router as graphql_router
from resonance.api.rest import (
    albums,
    analysis,
    artists,
    artwork,
    auth,
    broken_files,
    cues,
    duplicates,
    exports,
    folders,
    genres,
    home,
    import_reports,
    imports,
    invitations,
    jobs,
    libraries,
    likes,
    lyrics,
    map,
    me,
    mixing,
    moods,
    oidc,
    playback,
    playlist_edits,
    playlist_folders,
    playlists,
    plays,
    prompt,
    queue,
    ratings,
    remote,
    rules,
    scans,
    schedule,
    search,
    search_tracks,
    server,
    sets,
    setup,
    shares,
    similar,
    sonic,
    tracks,
    users,
    waveform,
)
from resonance.api.subsonic import dispatch as subsonic

if TYPE_CHECKING:
    from resonance.services import Services
    from resonance.settings import Settings


def create_app(services: Services, settings: Settings) -> FastAPI:
    """The application over built services."""
    app = FastAPI(
        title="Resonance",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.services = services
    app.state.settings = settings
    problems.install(app)
    ops.install(app, services)
    realtime.install(app)
    security.install(app, settings)
    shapes.install(app)
    for router in _rest_routers():
        app.include_router(router, prefix="/api/v1")
    for router in _other_routers():
        app.include_router(router)
    app.include_router(web.router)  # last: it answers every address that is left
    return app


def _rest_routers() -> list[APIRouter]:
    """One line a file of api/rest."""
    entry = [server.router, setup.router, auth.router, oidc.router]
    accounts = [*entry, me.router, users.router, invitations.router]
    names = [albums.router, tracks.router, lyrics.router, search.router, search_tracks.router, artwork.router]
    near = [similar.router, sonic.router, duplicates.router, map.router, sets.router, mixing.router]
    sources = [libraries.router, scans.router, broken_files.router, remote.router]
    browse = [artists.router, genres.router, folders.router, home.router]
    personal = [likes.router, ratings.router, moods.router, plays.router, queue.router, playlists.router]
    playing = [prompt.router, playback.router, waveform.router, analysis.router, cues.router]
    exchange = [exports.router, imports.router]
    lists = [rules.router, playlist_folders.router, playlist_edits.router, shares.router]
    exchange.append(import_reports.router)
    return [
        *accounts,
        *names,
        *browse,
        *personal,
        *lists,
        *playing,
        *near,
        *exchange,
        *sources,
        jobs.router,
        schedule.router,
    ]


def _other_routers() -> list[APIRouter]:
    """Surfaces with addresses of their own."""
    return [stream.router, realtime.router, graphql_router, ops.router, subsonic.router]
