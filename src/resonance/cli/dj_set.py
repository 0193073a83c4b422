"""`resonance dj set ...`: DJ sets seen, made and arranged."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resonance.cli.places import ApiKey, AsJson, Json, Server, User, chosen, place
from resonance.core.errors import Invalid

if TYPE_CHECKING:
    from resonance.cli.places import Place

app = typer.Typer(help="DJ sets: a pool of tracks, a length, a curve, an order.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="SET", help="A set's name or id.")]
Pick = Annotated[int | None, typer.Option("--pick", min=1, max=2000, help="Choose so many tracks.")]
Minutes = Annotated[float | None, typer.Option("--minutes", help="Choose what lasts so long.")]
Curve = Annotated[
    str | None,
    typer.Option("--curve", help="rise, fall, arc, wave, flat, or a JSON file of [place, level] pairs."),
]


@app.command("list")
def list_sets(
    server: Server = None, api_key: ApiKey = None, user: User = None, as_json: AsJson = False
) -> None:
    """List your sets."""
    with place(server, api_key, user) as at:
        items = at.sets()
    if as_json:
        print(json.dumps(items, ensure_ascii=False))
        return
    for item in items:
        score = "-" if item["average_score"] is None else item["average_score"]
        minutes = round(item["duration_s"] / 60)
        print(
            f"{item['id']}  {item['track_count']:>4} tracks  {minutes:>4} min"
            f"  score {score:>3}  {item['weak']:>3} weak  {item['name']}"
        )


@app.command("show")
def show(
    name: Name, server: Server = None, api_key: ApiKey = None, user: User = None, as_json: AsJson = False
) -> None:
    """List the tracks of a set with its joints."""
    with place(server, api_key, user) as at:
        found = at.dj_set(chosen(at.sets(), name, "set")["id"])
    _tell(found, as_json)


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="How to call it.")],
    playlist: Annotated[
        str | None, typer.Option("--playlist", metavar="NAME", help="Choose from a playlist.")
    ] = None,
    rule: Annotated[
        str | None,
        typer.Option("--rule", metavar="RULE", help='Choose by a rule: "genre:house bpm:118..126".'),
    ] = None,
    liked: Annotated[bool, typer.Option("--liked", help="Choose from what you like.")] = False,
    library: Annotated[bool, typer.Option("--library", help="Choose from everything.")] = False,
    pick: Pick = None,
    minutes: Minutes = None,
    curve: Curve = None,
    server: Server = None,
    api_key: ApiKey = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Make a set. A playlist without --pick or --minutes gives it its first order."""
    if [playlist is not None, rule is not None, liked, library].count(True) != 1:
        raise Invalid("Say one of --playlist, --rule, --liked and --library.", field="pool")
    with place(server, api_key, user) as at:
        pool = _pool(at, playlist, rule, "liked" if liked else "library")
        body: Json = {"name": name, "pool": pool, "length": _length(pick, minutes)}
        found = at.new_set({**body, "curve": _curve(curve) or {"name": "arc"}})
    _tell(found, as_json)


@app.command("arrange")
def arrange(
    name: Name,
    pick: Pick = None,
    minutes: Minutes = None,
    curve: Curve = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=2**31 - 1, help="Another seed, another answer.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the order; the set stays.")] = False,
    server: Server = None,
    api_key: ApiKey = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Choose and order the tracks of a set. Locked and joined slots stay so."""
    body = {"length": _length(pick, minutes), "curve": _curve(curve), "seed": seed}
    asked = {key: value for key, value in body.items() if value is not None}
    with place(server, api_key, user) as at:
        item = at.dj_set(chosen(at.sets(), name, "set")["id"])
        found = at.arranged(item["id"], asked, _progress)
        if not dry_run:
            kept = ("track_id", "locked", "joined")
            slots = [{key: slot[key] for key in kept} for slot in found["slots"]]
            taken = {"slots": slots, "version": item["version"], "arranged": True}
            note = found["pool"]["note"]
            found = at.put_slots(item["id"], taken)
            found["pool_note"] = note
    _tell(found, as_json)


def _pool(at: Place, playlist: str | None, rule: str | None, otherwise: str) -> Json:
    if playlist is not None:
        return {"kind": "playlist", "id": chosen(at.playlists(), playlist, "playlist")["id"]}
    if rule is not None:
        from resonance.rules.text import parse
        from resonance.rules.tree import to_json

        return {"kind": "rule", "rule": to_json(parse(rule))}
    return {"kind": otherwise}


def _length(pick: int | None, minutes: float | None) -> Json | None:
    if pick is not None and minutes is not None:
        raise Invalid("Ask for a number of tracks or for minutes, not for both.", field="minutes")
    if minutes is not None and not minutes > 0:
        raise Invalid("The minutes are more than none.", field="minutes")
    return None if pick is None and minutes is None else {"tracks": pick, "minutes": minutes}


def _curve(text: str | None) -> Json | None:
    from resonance.cli.dj import points_of
    from resonance.sequencing.curve import NAMED

    if text is None:
        return None
    if text in NAMED:
        return {"name": text}
    if not Path(text).is_file():
        raise Invalid(f"There is no curve {text!r}: it is {', '.join(NAMED)}, or a file.", field="curve")
    return {"points": points_of(text)}


def _progress(share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r{share:4.0%}", end="\r", file=sys.stderr, flush=True)


def _tell(found: dict[str, Any], as_json: bool) -> None:
    """A line for each track: tempo, key, and the joint that leads to it."""
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for number, (slot, joint) in enumerate(
        zip(found["slots"], [None, *found["joints"]], strict=bool(found["slots"])), 1
    ):
        track = slot["track"]
        score = "" if joint is None else joint["score"]
        weak = "" if joint is None or joint["weak_reason"] is None else f"  weak: {joint['weak_reason']}"
        if track is None:
            print(f"{number:>4}  {score:>3}  {'':>5}  {'':>3}  (a track that is missing){weak}")
            continue
        bpm = "" if track["bpm"] is None else f"{track['bpm']:.1f}"
        mark = "*" if slot["locked"] else " "
        facts = f"{score:>3}  {bpm:>5}  {track['camelot'] or '':>3}"
        print(f"{number:>4}{mark} {facts}  {track['artist']} - {track['title']}{weak}")
    told = found["statistics"]
    average = "-" if told["average_score"] is None else told["average_score"]
    print(
        f"{told['tracks']} tracks, {told['duration_s'] / 60:.1f} minutes,"
        f" average joint {average}, {told['weak']} weak."
    )
    pool = found.get("pool") or {}
    note = found.get("pool_note") or pool.get("note")
    if note:
        print(note)
