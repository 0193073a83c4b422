"""Handlers: the server itself, its users, its scans."""

from __future__ import annotations

from resonance.api.subsonic import store
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import Code, SubsonicFault
from resonance.api.subsonic.model import Extension, License, MusicFolder, MusicFolders, TokenInfo
from resonance.db.engine import UnitOfWork

# Only what is true of this server.
EXTENSIONS = [
    Extension(name="apiKeyAuthentication", versions=[1]),
    Extension(name="formPost", versions=[1]),
    Extension(name="indexBasedQueue", versions=[1]),
    Extension(name="songLyrics", versions=[1]),
    Extension(name="transcodeOffset", versions=[1]),
]


def get_open_subsonic_extensions() -> Fragment:
    """What this server can do beyond Subsonic. Asked before signing in."""
    return Fragment("openSubsonicExtensions", EXTENSIONS)


def ping(_call: Call, _uow: UnitOfWork) -> Answer:
    """Whether the server answers and the credentials are right."""
    return None


def get_license(_call: Call, _uow: UnitOfWork) -> Answer:
    """Always valid: this is free software."""
    return Fragment("license", License(valid=True))


def token_info(call: Call, _uow: UnitOfWork) -> Answer:
    """Whose API key this is."""
    if not call.params.text("apiKey"):
        raise SubsonicFault(Code.MISSING_PARAMETER, "Required parameter 'apiKey' is missing.")
    return Fragment("tokenInfo", TokenInfo(username=call.caller.name))


def get_music_folders(call: Call, uow: UnitOfWork) -> Answer:
    """The libraries that the caller may see, under their numbers."""
    rows = store.libraries(uow, call.caller)
    folders = [MusicFolder(id=row.number, name=row.name) for row in rows]
    return Fragment("musicFolders", MusicFolders(music_folder=folders))
