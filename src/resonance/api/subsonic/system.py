"""Handlers: the server itself, its users, its scans."""

from __future__ import annotations

from resonance.accounts import store as account_store
from resonance.accounts.records import User as Account
from resonance.api.subsonic import store
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import Code, SubsonicFault
from resonance.api.subsonic.model import (
    Extension,
    License,
    MusicFolder,
    MusicFolders,
    ScanStatus,
    TokenInfo,
    User,
    Users,
)
from resonance.core.clock import iso
from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.library.scanning import requests as scan_requests
from resonance.model.caller import Caller, Role

# Only what is true of this server.
EXTENSIONS = [
    Extension(name="apiKeyAuthentication", versions=[1]),
    Extension(name="formPost", versions=[1]),
    Extension(name="indexBasedQueue", versions=[1]),
    Extension(name="songLyrics", versions=[1]),
    Extension(name="sonicSimilarity", versions=[1]),
    Extension(name="topSongsByArtistId", versions=[1]),
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


def get_user(call: Call, uow: UnitOfWork) -> Answer:
    """One account: one's own, or any for an admin."""
    name = call.params.text("username") or call.caller.name
    if fold(name) == fold(call.caller.name):
        return Fragment("user", _user(uow, call.services.accounts.users.me(uow, call.caller)))
    if not call.caller.is_admin:
        raise SubsonicFault(Code.NOT_AUTHORISED, "Only an admin may see other accounts.")
    return Fragment("user", _user(uow, call.services.accounts.users.named(uow, call.caller, name)))


def get_users(call: Call, uow: UnitOfWork) -> Answer:
    """All accounts for an admin, for everybody else their own."""
    accounts = call.services.accounts.users
    everybody = call.caller.is_admin
    found = accounts.everyone(uow, call.caller) if everybody else [accounts.me(uow, call.caller)]
    return Fragment("users", Users(user=[_user(uow, account) for account in found]))


def _user(uow: UnitOfWork, account: Account) -> User:
    keeps = account.role is not Role.GUEST
    sight = {"all_libraries": account.all_libraries, "servers": True}
    seen = account_store.seen_libraries(uow, account.id, account.role, **sight)
    viewer = Caller(account.id, account.name, account.role, seen)
    return User(
        username=account.name,
        scrobbling_enabled=keeps,
        admin_role=account.role is Role.ADMIN,
        settings_role=keeps,
        download_role=True,
        upload_role=False,
        playlist_role=keeps,
        cover_art_role=False,
        comment_role=False,
        podcast_role=False,
        stream_role=True,
        jukebox_role=False,
        share_role=keeps,
        video_conversion_role=False,
        folder=[row.number for row in store.libraries(uow, viewer)],
    )


def get_scan_status(_call: Call, uow: UnitOfWork) -> Answer:
    """Whether a scan runs, and how many files it has seen."""
    return Fragment("scanStatus", _scan_status(uow))


def _scan_status(uow: UnitOfWork) -> ScanStatus:
    scanning, count, last = store.scan_state(uow)
    return ScanStatus(scanning=scanning, count=count, last_scan=None if last is None else iso(last))


def start_scan(call: Call, uow: UnitOfWork) -> Answer:
    """Ask for a scan of every library; with fullScan=true each file is read again."""
    call.caller.must_be_admin()
    full = call.params.flag("fullScan") is True
    for row in store.libraries(uow, call.caller):
        scan_requests.request(uow, call.services.jobs, row.id, reason="manual", full=full)
    status = _scan_status(uow)
    status.scanning = True
    return Fragment("scanStatus", status)
