"""`resonance similar`, `path`, `blend`, `duplicates`: what goes with what, from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resonance.model.caller import OPERATOR

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.catalogue import TrackItem
    from resonance.model.similar import SharedTrait
    from resonance.wiring import Wiring

Track = Annotated[str, typer.Argument(metavar="TRACK", help="A track's id, or its title (and artist).")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=500, help="At most so many.")]
PerArtist = Annotated[int | None, typer.Option("--per-artist", min=1, help="At most so many by one artist.")]
BpmMin = Annotated[float | None, typer.Option("--bpm-min", min=0)]
BpmMax = Annotated[float | None, typer.Option("--bpm-max", min=0)]
Key = Annotated[list[str] | None, typer.Option("--key", help='Any of these keys: "8A", "F#m".')]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def similar(
    track: Track,
    by: Annotated[str, typer.Option("--by", help="sound, tags or mixed.")] = "mixed",
    limit: Limit = 20,
    per_artist: PerArtist = None,
    bpm_min: BpmMin = None,
    bpm_max: BpmMax = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List tracks like a track."""
    from resonance import wiring
    from resonance.core.errors import Invalid
    from resonance.recommend.wishes import narrowed

    if by not in ("sound", "tags", "mixed"):
        raise Invalid("--by is one of sound, tags, mixed.", field="by")
    filters = narrowed(bpm_min=bpm_min, bpm_max=bpm_max, keys=key or ())
    with closing(wiring.for_command()) as built, built.db.read() as uow:
        found = built.recommend.similar_tracks(
            uow,
            OPERATOR,
            _track(built, uow, track),
            by=by,  # type: ignore[arg-type]
            limit=limit,
            per_artist=per_artist,
            filters=filters,
        )
    _tell(found, as_json, ((item.score, item.track, item.reasons) for item in found.items))


def path(
    start: Annotated[str, typer.Argument(metavar="FROM", help="A track's id, or its title (and artist).")],
    end: Annotated[str, typer.Argument(metavar="TO", help="A track's id, or its title (and artist).")],
    length: Annotated[int, typer.Option("--length", help="Tracks, both ends included: 3 to 100.")] = 20,
    per_artist: PerArtist = None,
    bpm_step: Annotated[
        float | None, typer.Option("--bpm-step", help="The most that tempo may change a step: 0.06 is 6 %.")
    ] = None,
    keys_mix: Annotated[bool, typer.Option("--keys-mix", help="Each key mixes with the one before.")] = False,
    bpm_min: BpmMin = None,
    bpm_max: BpmMax = None,
    as_json: AsJson = False,
) -> None:
    """Lead from one track to another in small steps."""
    from resonance import wiring
    from resonance.recommend.wishes import PathWish, narrowed

    filters = narrowed(bpm_min=bpm_min, bpm_max=bpm_max)
    wish = PathWish(length, per_artist, bpm_step, keys_mix, filters)
    with closing(wiring.for_command()) as built, built.db.read() as uow:
        ends = _track(built, uow, start), _track(built, uow, end)
        found = built.recommend.path(uow, OPERATOR, *ends, wish)
    _tell(found, as_json, ((item.step_similarity, item.track, item.reasons) for item in found.items))


def blend(
    like: Annotated[list[str], typer.Argument(metavar="TRACK...", help="Like all of these.")],
    unlike: Annotated[
        list[str] | None, typer.Option("--not", help="Unlike this one; may be repeated.")
    ] = None,
    limit: Limit = 20,
    per_artist: PerArtist = None,
    as_json: AsJson = False,
) -> None:
    """List tracks like A and B and not like C."""
    from resonance import wiring

    with closing(wiring.for_command()) as built, built.db.read() as uow:
        wanted = [_track(built, uow, one) for one in like]
        unwanted = [_track(built, uow, one) for one in unlike or ()]
        found = built.recommend.blend(uow, OPERATOR, wanted, unwanted, limit=limit, per_artist=per_artist)
    _tell(found, as_json, ((item.score, item.track, item.reasons) for item in found.items))


def duplicates(limit: Limit = 200, as_json: AsJson = False) -> None:
    """List recordings that are there more than once, the best file of each first."""
    import msgspec

    from resonance import wiring

    items: list[Any] = []
    with closing(wiring.for_command()) as built, built.db.read() as uow:
        cursor: str | None = None
        while len(items) < limit:
            size = min(limit - len(items), 200)
            page = built.recommend.duplicates(uow, OPERATOR, cursor=cursor, limit=size)
            items += page.items
            cursor = page.next
            if cursor is None:
                break
    if as_json:
        told = {"items": items, "total": page.total, "note": page.note}
        print(json.dumps(msgspec.to_builtins(told)))
        return
    for item in items:
        print(f"{item.similarity:.3f}  {item.tracks[0].track.artist} - {item.tracks[0].track.title}")
        for copy in item.tracks:
            quality = copy.quality
            rate = f"{quality.bit_rate_kbps or 0} kbit/s"
            depth = f"{quality.bit_depth} bit" if quality.lossless and quality.bit_depth else rate
            print(f"  {'*' if copy.best else ' '} {quality.format:<5} {depth:<11} {copy.path}")
    if page.note:
        print(page.note)


def _track(built: Wiring, uow: UnitOfWork, wanted: str) -> str:
    """The id of the track that is meant: by id, else the first that a search finds."""
    from resonance.core.errors import NotFound
    from resonance.library import catalogue

    if catalogue.visible(uow, OPERATOR, "track", [wanted]):
        return wanted
    for hit in built.search.query(uow, wanted, kinds=["track"], limit=1):
        return hit.item_id
    raise NotFound(f"There is no track like '{wanted}'.")


def _tell(
    found: Any, as_json: bool, lines: Iterable[tuple[float | None, TrackItem, Sequence[SharedTrait]]]
) -> None:
    import msgspec

    if as_json:
        print(json.dumps(msgspec.to_builtins(found)))
        return
    for score, track, reasons in lines:
        why = ", ".join(reason.text for reason in reasons)
        shown = "    " if score is None else f"{score:.2f}"
        print(f"{shown}  {track.artist} - {track.title}" + (f"  ({why})" if why else ""))
    if found.note:
        print(found.note)
