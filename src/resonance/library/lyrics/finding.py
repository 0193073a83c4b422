"""Ask a provider for the words of a track, once, and keep the answer for good."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, exists, insert, select, update

from resonance.audio import clean, lrc
from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, Unavailable
from resonance.core.events import Event, EventBus
from resonance.core.logs import logger
from resonance.core.text import fold
from resonance.db import versions
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import album, artist, lyrics, track, track_artist
from resonance.db.tables.lyrics import lyrics_lookup
from resonance.db.upsert import upsert
from resonance.jobs.ports import Jobs
from resonance.library.catalogue.access import must_see
from resonance.library.ports import FoundLyrics, LyricsProvider, WantedLyrics
from resonance.model.caller import Caller

log = logger(__name__)

JOB = "lyrics.find"
TOPIC = "lyrics.found"
VERSION = "lyrics"
ASK_AGAIN_MS = 30 * 24 * 3600 * 1000  # somebody may have written them since
AFTER_ERROR_MS = 3600 * 1000
ON_REQUEST_MS = 60 * 1000  # a person may ask again, but not hammer


@dataclass(frozen=True, slots=True)
class _Question:
    wanted: WantedLyrics
    asked_for: str
    due: bool
    due_on_request: bool


class LyricsFinder:
    """Looks for words. Without a provider it is switched off."""

    def __init__(self, db: Database, events: EventBus, provider: LyricsProvider | None) -> None:
        self._db, self._events, self._provider = db, events, provider

    @property
    def enabled(self) -> bool:
        """Whether there is anybody to ask."""
        return self._provider is not None

    def close(self) -> None:
        """Close the provider's connections."""
        if self._provider is not None:
            self._provider.close()

    def ask(self, caller: Caller, track_id: str) -> None:
        """Ask now, because a person wants it; hold no unit of work meanwhile.

        An answer of the last minute, or words once found, are not asked for again. Raises Conflict when
        lookup is switched off, Unavailable when the provider does not answer, NotFound for a hidden track.
        """
        caller.must_write()
        with self._db.read(caller.user_id) as uow:
            must_see(uow, caller, "track", [track_id])
        if self._provider is None:
            raise Conflict("Looking up lyrics is switched off on this server.", code="lyrics_lookup_off")
        self._ask(self._provider, track_id, on_request=True)

    def ask_for_job(self, track_id: str, user_id: str | None) -> None:
        """Ask if it is time to; `user_id` hears of it when words were found. Never raises Unavailable."""
        if self._provider is None:
            return
        try:
            found = self._ask(self._provider, track_id, on_request=False)
        except Unavailable as fault:
            log.info("lyrics.unavailable", track_id=track_id, reason=fault.message)
            return
        if found:
            self._events.publish(Event(TOPIC, {"track_id": track_id}, user_id=user_id))

    def wish(self, caller: Caller, jobs: Jobs, track_id: str) -> None:
        """Queue the question for a track that is played, has no words, and was not asked for lately."""
        if self._provider is None or not caller.user_id:
            return
        with self._db.read(caller.user_id) as uow:
            worded = select(track.c.has_lyrics).where(track.c.id == track_id)
            if uow.execute(worded).scalar() is not False:
                return
            question = _question(uow, track_id, self._provider.name)
        if question is None or not question.due:
            return
        with self._db.write(caller.user_id) as uow:
            args = {"track_id": track_id, "user_id": caller.user_id}
            jobs.enqueue(uow, JOB, args, unique_key=f"{JOB}:{track_id}", max_attempts=1)

    def _ask(self, provider: LyricsProvider, track_id: str, *, on_request: bool) -> bool:
        with self._db.read() as uow:
            question = _question(uow, track_id, provider.name)
        if question is None or not (question.due_on_request if on_request else question.due):
            return False
        try:
            found = provider.find(question.wanted)
        except Unavailable:
            with self._db.write() as uow:
                _note(uow, track_id, provider.name, question.asked_for, "error")
            raise
        with self._db.write() as uow:
            _keep(uow, track_id, provider.name, question.asked_for, found)
        return found is not None


def _question(uow: UnitOfWork, track_id: str, provider: str) -> _Question | None:
    """None when the track is gone or has no names to ask by."""
    first = and_(
        track_artist.c.track_id == track.c.id,
        track_artist.c.role == "artist",
        track_artist.c.position == 0,
    )
    answered = and_(lyrics_lookup.c.track_id == track.c.id, lyrics_lookup.c.provider == provider)
    row = uow.execute(
        select(
            *(track.c.title, track.c.artist_display, track.c.duration_s),
            *(album.c.title.label("album"), artist.c.name.label("first_artist")),
            *(lyrics_lookup.c.asked_for, lyrics_lookup.c.outcome, lyrics_lookup.c.asked_at),
        )
        .outerjoin(album, album.c.id == track.c.album_id)
        .outerjoin(track_artist, first)
        .outerjoin(artist, artist.c.id == track_artist.c.artist_id)
        .outerjoin(lyrics_lookup, answered)
        .where(track.c.id == track_id)
    ).first()
    if row is None or not row.title.strip() or not row.artist_display.strip():
        return None
    artists = tuple(dict.fromkeys(name for name in (row.artist_display, row.first_artist) if name))
    wanted = WantedLyrics(row.title, artists, row.album, row.duration_s or None)
    asked_for = "|".join(
        [fold(row.title), fold(row.artist_display), fold(row.album or ""), str(round(row.duration_s))]
    )
    age = now_ms() - row.asked_at if row.asked_for == asked_for else None
    if age is None:
        return _Question(wanted, asked_for, due=True, due_on_request=True)
    wait = {"none": ASK_AGAIN_MS, "error": AFTER_ERROR_MS}.get(row.outcome)
    due = wait is not None and age >= wait
    return _Question(wanted, asked_for, due, due or (wait is not None and age >= ON_REQUEST_MS))


def _note(uow: UnitOfWork, track_id: str, provider: str, asked_for: str, outcome: str) -> bool:
    """Whether the track is still there to be noted for."""
    row = {
        "track_id": track_id,
        "provider": provider,
        "asked_for": asked_for,
        "outcome": outcome,
        "asked_at": now_ms(),
    }
    if uow.execute(select(track.c.id).where(track.c.id == track_id)).first() is None:
        return False
    keys = ["track_id", "provider"]
    upsert(uow, lyrics_lookup, [row], keys=keys, update=[name for name in row if name not in keys])
    return True


def _keep(uow: UnitOfWork, track_id: str, provider: str, asked_for: str, found: FoundLyrics | None) -> None:
    kept = _cleaned(found) if found else None
    if not _note(uow, track_id, provider, asked_for, "found" if kept else "none"):
        return
    theirs = and_(lyrics.c.track_id == track_id, lyrics.c.source == provider)
    gone = uow.execute(delete(lyrics).where(theirs)).rowcount
    if kept:
        body, synced = kept
        row = {"track_id": track_id, "source": provider, "language": "xxx", "synced": synced, "body": body}
        uow.execute(insert(lyrics), row)
    if kept or gone:
        refresh_has_lyrics(uow, track.c.id == track_id)
        versions.bump(uow, VERSION)


def refresh_has_lyrics(uow: UnitOfWork, which: ColumnElement[bool]) -> None:
    """Set track.has_lyrics by what is there."""
    uow.execute(update(track).where(which).values(has_lyrics=exists().where(lyrics.c.track_id == track.c.id)))


def _cleaned(found: FoundLyrics) -> tuple[str, bool] | None:
    """(body, synced) as the table holds them; None when no words are left."""
    if found.synced and (lines := lrc.parse(clean.long_text(found.synced))):
        return lrc.write(lines), True
    plain = clean.long_text(found.plain or "")
    return (plain, False) if plain.strip() else None
