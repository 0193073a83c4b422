"""Links that open one playlist, or some tracks, to whoever has them.

The token is made from the share's id with a key of this server and only its hash is stored: who reads the
database can open nothing, and the owner can still be shown the link. What a share opens is asked anew at
every request, with the eyes its owner has at that moment.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from resonance.accounts.passwords import Passwords
from resonance.core.clock import iso, now_ms
from resonance.core.errors import Invalid, NotFound, Unauthorized
from resonance.core.ids import is_id, new_id
from resonance.core.inputs import one_line
from resonance.db.engine import Database, UnitOfWork
from resonance.library.catalogue import must_see
from resonance.model.caller import Caller, Role
from resonance.model.lists import SharedList, ShareDoor, SharedTrack, ShareItem
from resonance.model.playlist import Owner
from resonance.playlists import share_store as store
from resonance.playlists.playlists import item

LONGEST_LABEL, LONGEST_PASSWORD = 200, 200
MOST_SHARES, MOST_TRACKS = 500, 5000
PASS_MS = 12 * 3600 * 1000  # an opened link works so long without its token


@dataclass(frozen=True, slots=True)
class Opened:
    """A share that may be used now. `listener` sees what the owner sees and is nobody."""

    row: Any
    owner: Caller
    listener: Caller


class Shares:
    """Links of one's own, and the door behind them."""

    def __init__(
        self, db: Database, key: bytes, passwords: Passwords, clock: Callable[[], int] = now_ms
    ) -> None:
        self._db, self._key, self._passwords, self._clock = db, key, passwords, clock

    def mine(self, uow: UnitOfWork, caller: Caller) -> list[ShareItem]:
        """The caller's links, the newest first, also those whose time is over."""
        return [self._item(row) for row in store.of_owner(uow, caller.user_id)]

    def one(self, uow: UnitOfWork, caller: Caller, share_id: str) -> ShareItem:
        """A link of the caller's. NotFound for anybody else's."""
        return self._item(self._own(uow, caller, share_id))

    def hashed(self, password: str | None) -> str | None:
        """A password as it is stored, None without one; slow, so before the transaction."""
        if not password:
            return None
        if len(password) > LONGEST_PASSWORD:
            raise Invalid(f"A password has up to {LONGEST_PASSWORD} characters.", field="password")
        return self._passwords.hash(password)

    def create(
        self,
        uow: UnitOfWork,
        caller: Caller,
        *,
        playlist_id: str | None = None,
        track_ids: Sequence[str] = (),
        label: str = "",
        plays: bool = True,
        expires_at: int | None = None,
        password_hash: str | None = None,
    ) -> ShareItem:
        """A new link to a playlist the caller can read, or to tracks. `expires_at` in ms."""
        caller.must_write()
        if playlist_id is not None:
            item(uow, caller, playlist_id)
        else:
            self._checked_tracks(uow, caller, track_ids)
        if store.count(uow, caller.user_id) >= MOST_SHARES:
            raise Invalid(f"There are up to {MOST_SHARES} links. End one of them first.", field="playlist_id")
        id_ = new_id()
        row = {
            "id": id_,
            "owner_id": caller.user_id,
            "playlist_id": playlist_id,
            "token_hash": _hash(self._token(id_)),
            "label": self._label(label),
            "plays": plays,
            "password_hash": password_hash,
            "expires_at": self._future(expires_at),
            "created_at": self._clock(),
        }
        store.insert(uow, row, () if playlist_id is not None else list(track_ids))
        return self.one(uow, caller, id_)

    def change(
        self,
        uow: UnitOfWork,
        caller: Caller,
        share_id: str,
        *,
        label: str | None = None,
        plays: bool | None = None,
        expires_at: int | None = None,
        for_ever: bool = False,
        password_hash: str | None = None,
        without_password: bool = False,
    ) -> ShareItem:
        """Change what is given; `for_ever` takes the end away, `without_password` the password."""
        self._own(uow, caller, share_id)
        columns: dict[str, Any] = {}
        if label is not None:
            columns["label"] = self._label(label)
        if plays is not None:
            columns["plays"] = plays
        if for_ever or expires_at is not None:
            columns["expires_at"] = None if for_ever else self._future(expires_at)
        if without_password or password_hash is not None:
            columns["password_hash"] = None if without_password else password_hash
        if columns:
            store.change(uow, share_id, **columns)
        return self.one(uow, caller, share_id)

    def end(self, uow: UnitOfWork, caller: Caller, share_id: str) -> None:
        """The link opens nothing from now on. NotFound for anybody else's."""
        self._own(uow, caller, share_id)
        store.remove(uow, share_id)

    def open(self, token: str, password: str | None) -> tuple[ShareDoor, str | None]:
        """What a link opens, and the pass for what follows.

        Without the password it asks for, or without the right one, the list stays closed (the pass is None).
        NotFound for what is no link, or none any more.
        """
        with self._db.read() as uow:
            opened = self._standing(uow, store.by_hash(uow, _hash(token)))
        asked = opened.row.password_hash
        if asked is not None:
            if not password:
                return ShareDoor(needs_password=True, list=None), None
            if len(password) > LONGEST_PASSWORD or not self._passwords.verify(password, asked):
                raise Unauthorized("This is not the password.", code="wrong_password")
        with self._db.write() as uow:
            used = {"opened_at": self._clock(), "opened": opened.row.opened + 1}
            store.change(uow, opened.row.id, **used)
        with self._db.read() as uow:
            return ShareDoor(needs_password=False, list=self._list(uow, opened)), self._pass(opened.row)

    def enter(self, uow: UnitOfWork, share_id: str, given: str | None) -> Opened:
        """The share of a pass that still stands. NotFound for everything else."""
        opened = self._standing(uow, store.one(uow, share_id) if is_id(share_id) else None)
        until, _, signature = (given or "").partition(".")
        if not (until.isascii() and until.isdigit() and len(until) < 16 and int(until) > self._clock()):
            raise _no_such()
        if not hmac.compare_digest(signature, self._signed(opened.row, int(until))):
            raise _no_such()
        return opened

    def listener(self, share_id: str, given: str | None, track_id: str) -> Caller:
        """Who may hear this track through the share; NotFound unless it is in it and may be played."""
        with self._db.read() as uow:
            opened = self.enter(uow, share_id, given)
            if not (
                opened.row.plays and is_id(track_id) and store.holds(uow, opened.row, opened.owner, track_id)
            ):
                raise NotFound("There is no such track.")
        return opened.listener

    def viewer(self, share_id: str, given: str | None, cover_id: str | None) -> tuple[Caller, str | None]:
        """(who may see the pictures, the playlist); NotFound for a cover of something else."""
        with self._db.read() as uow:
            opened = self.enter(uow, share_id, given)
            if cover_id is not None and not (
                is_id(cover_id) and store.shows_cover(uow, opened.row, opened.owner, cover_id)
            ):
                raise NotFound("There is no such cover.")
        return opened.owner, opened.row.playlist_id

    def _standing(self, uow: UnitOfWork, row: Any) -> Opened:
        if row is None or (row.expires_at is not None and row.expires_at <= self._clock()):
            raise _no_such()
        owner = store.owner(uow, row)
        readable = row.playlist_id is None or row.public or row.playlist_owner == row.owner_id
        if owner is None or not readable:
            raise _no_such()
        return Opened(row, owner, Caller(row.id, "", Role.GUEST, owner.libraries, client="share"))

    def _list(self, uow: UnitOfWork, opened: Opened) -> SharedList:
        row = opened.row
        found = store.tracks(uow, row, opened.owner)
        return SharedList(
            id=row.id,
            name=row.playlist_name or row.label,
            comment=row.comment or "",
            owner=Owner(opened.owner.user_id, opened.owner.name),
            plays=row.plays,
            expires_at=iso(row.expires_at) if row.expires_at else None,
            duration_s=sum(one.duration_s for one in found),
            has_cover=row.playlist_id is not None
            and (store.has_cover(uow, row.playlist_id) or any(one.cover_id for one in found)),
            tracks=[
                SharedTrack(
                    id=one.id,
                    title=one.title,
                    artist=one.artist_display,
                    album=one.album or "",
                    duration_s=one.duration_s,
                    cover_id=one.cover_id,
                )
                for one in found
            ],
        )

    def _item(self, row: Any) -> ShareItem:
        token = self._token(row.id)
        over = row.expires_at is not None and row.expires_at <= self._clock()
        return ShareItem(
            id=row.id,
            playlist_id=row.playlist_id,
            name=row.playlist_name or row.label,
            label=row.label,
            plays=row.plays,
            has_password=row.password_hash is not None,
            expires_at=iso(row.expires_at) if row.expires_at else None,
            expired=over,
            created_at=iso(row.created_at),
            opened_at=iso(row.opened_at) if row.opened_at else None,
            opened=row.opened,
            # Under another key than the one it was made with, the token cannot be told any more.
            secret=token if _hash(token) == row.token_hash else None,
        )

    def _own(self, uow: UnitOfWork, caller: Caller, share_id: str) -> Any:
        caller.must_write()
        row = store.one(uow, share_id) if is_id(share_id) else None
        if row is None or row.owner_id != caller.user_id:
            raise _no_such()
        return row

    def _checked_tracks(self, uow: UnitOfWork, caller: Caller, track_ids: Sequence[str]) -> None:
        if not 0 < len(track_ids) <= MOST_TRACKS:
            raise Invalid(f"A link opens 1 to {MOST_TRACKS} tracks.", field="track_ids")
        must_see(uow, caller, "track", track_ids)

    def _label(self, label: str) -> str:
        return one_line(label, field="label", longest=LONGEST_LABEL, blank=True)

    def _future(self, at: int | None) -> int | None:
        if at is not None and at <= self._clock():
            raise Invalid("This moment is over already.", field="expires_at")
        return at

    def _token(self, share_id: str) -> str:
        return _text(hmac.digest(self._key, b"token:" + share_id.encode(), "sha256")[:24])

    def _pass(self, row: Any) -> str:
        until = self._clock() + PASS_MS
        return f"{until}.{self._signed(row, until)}"

    def _signed(self, row: Any, until: int) -> str:
        # A new password makes the passes of the old one worthless.
        words = "\x1f".join(("pass", row.id, str(until), row.token_hash, row.password_hash or ""))
        return _text(hmac.digest(self._key, words.encode(), "sha256"))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _no_such() -> NotFound:
    return NotFound("This link opens nothing (any more).")
