"""The SQL of this room: what is known of tracks, beyond what the catalogue shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, null, select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import features, sound, trait
from resonance.db.tables.library import artist, carrier, genre, track, track_artist, track_genre
from resonance.db.traits import TRUSTED
from resonance.library.catalogue.access import chunks
from resonance.recommend.recordings import Trace, Wave

EVERY = 2000  # rows read at a time


@dataclass(frozen=True, slots=True)
class Facts:
    """What reasons are made of. Tempo, key and energy are what counts; None where unknown or not sure."""

    track_id: str
    album_id: str | None
    year: int | None
    duration_s: float
    bpm: float | None
    key: tuple[int, str] | None
    energy: float | None
    artists: tuple[tuple[str, str], ...]  # (id, name) of performers
    genres: tuple[tuple[str, str], ...]

    @property
    def artist_id(self) -> str:
        """The first performer; "" for nobody."""
        return self.artists[0][0] if self.artists else ""


def _sure(value: ColumnElement[Any], source: ColumnElement[Any], confidence: ColumnElement[Any]) -> Any:
    """The value, or NULL where it was measured and the measurement is not sure of it."""
    unsure = and_(source == "measured", func.coalesce(confidence, 0) < TRUSTED)
    return case((unsure, null()), else_=value)


_FACTS = select(
    track.c.id,
    track.c.album_id,
    track.c.year,
    track.c.duration_s,
    _sure(trait.c.bpm, trait.c.bpm_source, trait.c.bpm_confidence),
    _sure(trait.c.key_tonic, trait.c.key_source, trait.c.key_confidence),
    trait.c.key_mode,
    trait.c.energy,
).outerjoin(trait, trait.c.track_id == track.c.id)
_ARTISTS = (
    select(track_artist.c.track_id, track_artist.c.artist_id, artist.c.name)
    .join(artist, artist.c.id == track_artist.c.artist_id)
    .where(track_artist.c.role == "artist")
    .order_by(track_artist.c.track_id, track_artist.c.position)
)
_GENRES = (
    select(track_genre.c.track_id, track_genre.c.genre_id, genre.c.name)
    .join(genre, genre.c.id == track_genre.c.genre_id)
    .order_by(track_genre.c.track_id, track_genre.c.position)
)


def facts(uow: UnitOfWork, track_ids: Iterable[str]) -> dict[str, Facts]:
    """What is known of these tracks; access is the caller's business."""
    found: dict[str, Facts] = {}
    for some in chunks(sorted(set(track_ids))):
        artists = _named(uow, _ARTISTS.where(track_artist.c.track_id.in_(some)))
        genres = _named(uow, _GENRES.where(track_genre.c.track_id.in_(some)))
        for id_, album_id, year, duration, bpm, tonic, mode, energy in uow.execute(
            _FACTS.where(track.c.id.in_(some))
        ):
            found[id_] = Facts(
                track_id=id_,
                album_id=album_id,
                year=year,
                duration_s=duration,
                bpm=bpm,
                key=None if tonic is None or mode is None else (tonic, mode),
                energy=energy,
                artists=tuple(artists[id_]),
                genres=tuple(genres[id_]),
            )
    return found


def edges(uow: UnitOfWork, track_ids: Iterable[str]) -> dict[str, tuple[float | None, float | None]]:
    """(where the music proper begins, where it has ended) in seconds, of tracks that were measured."""
    found: dict[str, tuple[float | None, float | None]] = {}
    statement = select(features.c.track_id, features.c.intro_end_s, features.c.outro_start_s)
    for some in chunks(sorted(set(track_ids))):
        for id_, intro, outro in uow.execute(statement.where(features.c.track_id.in_(some))):
            found[id_] = intro, outro
    return found


def _named(uow: UnitOfWork, statement: Select[Any]) -> defaultdict[str, list[tuple[str, str]]]:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for track_id, item_id, name in uow.execute(statement):
        found[track_id].append((item_id, name))
    return found


def every_artist(uow: UnitOfWork) -> Iterator[Sequence[Any]]:
    """(track_id, artist_id) of every performer of present tracks, in runs."""
    return _runs(uow, _of_present(track_artist, track_artist.c.artist_id, track_artist.c.role == "artist"))


def every_genre(uow: UnitOfWork) -> Iterator[Sequence[Any]]:
    """(track_id, genre_id) of present tracks, in runs."""
    return _runs(uow, _of_present(track_genre, track_genre.c.genre_id))


def every_album(uow: UnitOfWork) -> Iterator[Sequence[Any]]:
    """(track_id, album_id, year) of present tracks, in runs."""
    return _runs(uow, select(track.c.id, track.c.album_id, track.c.year).where(track.c.missing_at.is_(None)))


def genre_names(uow: UnitOfWork) -> dict[str, str]:
    """Names of all genres by id."""
    return {row.id: row.name for row in uow.execute(select(genre.c.id, genre.c.name))}


_TRACES = (
    select(
        track.c.id,
        track.c.duration_s,
        track.c.title,
        features.c.lufs_i,
        trait.c.bpm,
        trait.c.bpm_source,
    )
    .outerjoin(features, features.c.track_id == track.c.id)
    .outerjoin(trait, trait.c.track_id == track.c.id)
    .where(track.c.missing_at.is_(None))
    .order_by(track.c.id)
)
_PAYLOADS = select(carrier.c.track_id, carrier.c.payload_id).where(
    carrier.c.missing_at.is_(None), carrier.c.payload_id.is_not(None)
)
# The file that was listened to; the waveform is told only where it was measured.
_WAVES = (
    select(
        carrier.c.track_id,
        sound.c.peaks,
        sound.c.samples,
        sound.c.sample_rate_hz,
        sound.c.lead_silence_s,
        sound.c.trail_silence_s,
    )
    .join(sound, sound.c.carrier_id == carrier.c.id)
    .where(carrier.c.missing_at.is_(None), sound.c.peaks.is_not(None))
    .order_by(carrier.c.track_id, carrier.c.id.desc())
)


def traces(uow: UnitOfWork, track_ids: Sequence[str] | None = None) -> list[Trace]:
    """What tells recordings apart, of all present tracks or of some, in the order of ids."""
    if track_ids is None:
        return list(_traced(uow, None))
    found = [trace for some in chunks(sorted(set(track_ids))) for trace in _traced(uow, some)]
    return sorted(found, key=lambda trace: trace.track_id)


def _traced(uow: UnitOfWork, some: Sequence[str] | None) -> Iterator[Trace]:
    def only(column: ColumnElement[str]) -> list[ColumnElement[bool]]:
        return [] if some is None else [column.in_(some)]

    artists: defaultdict[str, list[str]] = defaultdict(list)
    performers = _of_present(track_artist, track_artist.c.artist_id, track_artist.c.role == "artist")
    for part in _runs(uow, performers.where(*only(track.c.id))):
        for track_id, artist_id in part:
            artists[track_id].append(artist_id)
    payloads: defaultdict[str, list[str]] = defaultdict(list)
    for part in _runs(uow, _PAYLOADS.where(*only(carrier.c.track_id))):
        for track_id, payload in part:
            payloads[track_id].append(payload)
    for part in _runs(uow, _TRACES.where(*only(track.c.id))):
        for id_, duration, title, lufs, bpm, source in part:
            yield Trace(
                track_id=id_,
                duration_s=duration,
                title=title,
                artists=frozenset(artists.get(id_, ())),
                payloads=frozenset(payloads.get(id_, ())),
                lufs=lufs,
                bpm=bpm if source == "measured" else None,
            )


def waves(uow: UnitOfWork, track_ids: Sequence[str]) -> dict[str, Wave]:
    """The waveforms of those of these tracks that have one."""
    found: dict[str, Wave] = {}
    for some in chunks(sorted(set(track_ids))):
        for id_, peaks, samples, rate, head, tail in uow.execute(_WAVES.where(carrier.c.track_id.in_(some))):
            if samples and rate:
                found[id_] = Wave(bytes(peaks), samples / rate, head or 0.0, tail or 0.0)
    return found


def files(uow: UnitOfWork, track_ids: Sequence[str], libraries: frozenset[str] | None) -> list[Any]:
    """The present carriers of these tracks in those libraries (None: all)."""
    found: list[Any] = []
    for some in chunks(sorted(set(track_ids))):
        mine = [carrier.c.track_id.in_(some), carrier.c.missing_at.is_(None)]
        if libraries is not None:
            mine.append(carrier.c.library_id.in_(sorted(libraries)))
        found += uow.execute(select(carrier).where(and_(*mine)).order_by(carrier.c.id)).all()
    return found


def _of_present(table: Any, column: Any, *conditions: Any) -> Select[Any]:
    joined = select(table.c.track_id, column).join(track, track.c.id == table.c.track_id)
    return joined.where(track.c.missing_at.is_(None), *conditions)


def _runs(uow: UnitOfWork, statement: Select[Any]) -> Iterator[Sequence[Any]]:
    return uow.execute(statement.execution_options(yield_per=EVERY)).partitions()
