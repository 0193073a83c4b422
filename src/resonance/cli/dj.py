"""`resonance dj order`: a list of tracks put in order for mixing, without any library."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resonance.core.errors import Invalid, NotFound

if TYPE_CHECKING:
    from resonance.model.camelot import Key
    from resonance.sequencing.curve import Curve
    from resonance.sequencing.items import Arrangement, Item

app = typer.Typer(no_args_is_help=True, help="Sets for DJs.")

_LARGEST_FILE = 64 * 2**20
_NUMBERS = ("bpm", "energy", "duration_s", "intro_end_s", "outro_start_s")
_TEXTS = ("artist", "album")
_SHOWN = 60


@app.callback()
def dj() -> None:
    """Sets for DJs."""


@app.command("order")
def order(
    source: Annotated[Path, typer.Option("--input", help="JSON: a list of tracks; - is standard input.")],
    pick: Annotated[int | None, typer.Option("--pick", min=1, help="Choose so many of them.")] = None,
    minutes: Annotated[float | None, typer.Option("--minutes", help="Choose what lasts so long.")] = None,
    curve: Annotated[
        str,
        typer.Option("--curve", help="rise, fall, arc, wave, flat, or a JSON file of [place, level] pairs."),
    ] = "arc",
    seed: Annotated[int, typer.Option("--seed", help="Another seed, another answer.")] = 0,
    pin_first: Annotated[str | None, typer.Option("--pin-first", metavar="ID")] = None,
    pin_last: Annotated[str | None, typer.Option("--pin-last", metavar="ID")] = None,
    max_per_artist: Annotated[int | None, typer.Option("--max-per-artist", min=1)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Put tracks in an order that mixes well: tempo, keys, energy, sound, artists apart.

    A track is {"id", "artist", "album", "bpm", "camelot", "energy" 0 to 1, "duration_s", "vector"}; all but
    the id may be missing. The same seed gives the same order everywhere.
    """
    from resonance.sequencing.arrange import arrange
    from resonance.sequencing.items import Request

    if pin_first is not None and pin_first == pin_last:
        raise Invalid("One track cannot be both first and last.", field="pins")
    items, titles = _tracks(_parsed(source))
    pins = {id_: place for id_, place in ((pin_first, 0), (pin_last, -1)) if id_ is not None}
    request = Request(
        items,
        pick=pick,
        minutes=minutes,
        curve=_curve(curve),
        pins=pins,
        max_per_artist=max_per_artist,
        seed=seed,
    )
    found = arrange(request)
    print(
        json.dumps(_described(found), ensure_ascii=False, indent=1)
        if as_json
        else _listed(found, items, titles)
    )


def _parsed(path: Path) -> Any:
    """The JSON of a file or of standard input."""
    try:
        if str(path) == "-":
            raw = sys.stdin.buffer.read(_LARGEST_FILE + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None
    except OSError as fault:
        raise Invalid(f"{path} cannot be read: {fault.strerror or fault}.", field="input") from None
    if len(raw) > _LARGEST_FILE:
        raise Invalid(f"{path} is larger than {_LARGEST_FILE // 2**20} MiB.", field="input")
    if not raw.strip():
        raise Invalid(f"{path} is empty.", field="input")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as fault:
        raise Invalid(f"{path} is no JSON: {fault}.", field="input") from None


def _curve(text: str) -> Curve:
    from resonance.sequencing.curve import NAMED, drawn, named

    if text in NAMED:
        return named(text)
    if not Path(text).is_file():
        raise Invalid(f"There is no curve {text!r}: it is {', '.join(NAMED)}, or a file.", field="curve")
    return drawn(points_of(text))


def points_of(text: str) -> list[list[float]]:
    """The [place, level] pairs of a file; what they say is checked by who draws them."""
    points = _parsed(Path(text))
    if not isinstance(points, list) or not all(
        isinstance(point, list) and len(point) == 2 and all(_is_number(value) for value in point)
        for point in points
    ):
        raise Invalid(f"{text} is not a list of [place, level] pairs.", field="curve")
    return points


def _tracks(given: Any) -> tuple[list[Item], dict[str, str]]:
    """The tracks, and what to call them."""
    if isinstance(given, dict):
        given = given.get("tracks")
    if not isinstance(given, list):
        raise Invalid('The input is a list of tracks, or {"tracks": [...]}.', field="input")
    items = [_item(track, number) for number, track in enumerate(given, 1)]
    titles = {
        item.id: track["title"]
        for item, track in zip(items, given, strict=True)
        if _is_text(track.get("title"))
    }
    return items, titles


def _item(track: Any, number: int) -> Item:
    from resonance.sequencing.items import Item

    if not isinstance(track, dict):
        raise Invalid(f"Track {number} is no object.", field="input")
    id_ = track.get("id")
    if isinstance(id_, int) and not isinstance(id_, bool):
        id_ = str(id_)
    if not isinstance(id_, str) or not id_:
        raise Invalid(f"Track {number} has no id.", field="id")
    if not _is_text(id_):
        raise Invalid(f"The id of track {number} is no text: {_short(id_)}.", field="id")
    values: dict[str, Any] = {}
    for name in _NUMBERS:
        value = track.get(name)
        if value is not None and not _is_number(value):
            raise Invalid(f"{name} of track {id_!r} is no number: {_short(value)}.", field=name)
        values[name] = value
    for name in _TEXTS:
        value = track.get(name)
        if value is not None and not _is_text(value):
            raise Invalid(f"{name} of track {id_!r} is no text: {_short(value)}.", field=name)
        values[name] = value or None
    vector = track.get("vector")
    if vector is not None and not (isinstance(vector, list) and all(_is_number(value) for value in vector)):
        raise Invalid(f"vector of track {id_!r} is no list of numbers.", field="vector")
    return Item(id=id_, key=_key(track.get("camelot"), id_), vector=vector, **values)


def _key(text: Any, id_: str) -> Key | None:
    """A place on the wheel, or any other spelling of a key."""
    from resonance.model.camelot import parse

    if text is None or text == "":
        return None
    key = parse(text) if isinstance(text, str) else None
    if key is None:
        raise Invalid(
            f"camelot of track {id_!r} is no key (1A to 12B, or a name): {_short(text)}.", field="camelot"
        )
    return key


def _is_text(value: Any) -> bool:
    """Whether it can be printed: half a surrogate pair, which JSON can spell, cannot."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _short(value: Any) -> str:
    """A wrong value as it is shown."""
    told = ascii(value) if isinstance(value, str) and not _is_text(value) else repr(value)
    return told if len(told) <= _SHOWN else f"{told[:_SHOWN]}..."


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) < 1e12
        and math.isfinite(value)
    )


def _described(found: Arrangement) -> dict[str, Any]:
    return {
        "order": list(found.order),
        "cost": found.cost,
        "curve_cost": found.curve_cost,
        "energy_error": found.energy_error,
        "duration_s": found.duration_s,
        "levels": [level / 1000 for level in found.levels],
        "reproducible": found.reproducible,
        "exact": found.exact,
        "evaluations": found.evaluations,
        "joints": [
            {
                "from": joint.a,
                "to": joint.b,
                "cost": joint.cost,
                "costs": dict(joint.costs),
                "tempo_change_pct": joint.tempo_change_pct,
                "tempo_factor": joint.tempo_factor,
                "relation": joint.relation,
                "compatible": joint.compatible,
            }
            for joint in found.joints
        ],
    }


def _listed(found: Arrangement, items: list[Item], titles: dict[str, str]) -> str:
    """A line for each track: tempo, energy, and how it follows the one before."""
    from resonance.model.camelot import camelot

    by_id = {item.id: item for item in items}
    lines = [f"{'#':>4}  {'BPM':>6}  {'pitch':>6}  {'energy':>6}  {'key':16}  track"]
    for number, (id_, joint) in enumerate(zip(found.order, (None, *found.joints), strict=True), 1):
        item = by_id[id_]
        pitch = None if joint is None else joint.tempo_change_pct
        name = " - ".join(part for part in (item.artist, titles.get(id_, id_)) if part)
        cells = (_cell(item.bpm, ".1f"), _cell(pitch, "+.1f"), _cell(item.energy, ".2f"))
        wheel = "-" if item.key is None else camelot(item.key)
        key = f"{wheel:>3} {(joint and joint.relation) or ''}"
        numbers = "  ".join(f"{cell:>6}" for cell in cells)
        lines.append(f"{number:>4}  {numbers}  {key:16}  {name}")
    known = [joint.compatible for joint in found.joints if joint.compatible is not None]
    if known:
        lines.append(f"{sum(known)} of {len(known)} joints in compatible keys.")
    if found.duration_s is not None:
        lines.append(f"{found.duration_s / 60:.1f} minutes.")
    return "\n".join(lines)


def _cell(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)
