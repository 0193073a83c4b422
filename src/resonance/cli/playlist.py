"""`resonance playlist ...`: playlists seen, written to files and brought in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from resonance.cli.export import File, Format, PlainTimes, wish, write_one
from resonance.cli.places import ApiKey, AsJson, Json, Rules, Server, User, chosen, place
from resonance.core.errors import Invalid, NotFound

app = typer.Typer(help="Playlists.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="PLAYLIST", help="A playlist's name or id.")]


@app.command("list")
def list_playlists(
    server: Server = None, api_key: ApiKey = None, user: User = None, as_json: AsJson = False
) -> None:
    """List your playlists and those that are public."""
    with place(server, api_key, user) as at:
        items = at.playlists()
    if as_json:
        print(json.dumps(items, ensure_ascii=False))
        return
    for item in items:
        minutes = round(item["duration_s"] / 60)
        owner = "" if item["mine"] else f"  ({item['owner']['name']})"
        print(f"{item['id']}  {item['track_count']:>5} tracks  {minutes:>5} min  {item['name']}{owner}")


@app.command("show")
def show(
    name: Name, server: Server = None, api_key: ApiKey = None, user: User = None, as_json: AsJson = False
) -> None:
    """List the tracks of a playlist."""
    with place(server, api_key, user) as at:
        found = at.playlist(chosen(at.playlists(), name, "playlist")["id"])
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for number, entry in enumerate(found["entries"], 1):
        track = entry["track"]
        bpm = "" if track["bpm"] is None else f"{track['bpm']:.0f}"
        facts = f"{_clock(track['duration_s']):>6}  {bpm:>3}  {track['camelot'] or '':>3}"
        print(f"{number:>4}  {facts}  {track['artist']} - {track['title']}")
    print(f"{found['track_count']} tracks, {_clock(found['duration_s'])}.")


@app.command("export")
def export(
    name: Name,
    format: Format = "m3u8",
    output: File = None,
    mapped: Rules = None,
    plain_times: PlainTimes = False,
    server: Server = None,
    api_key: ApiKey = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Write a playlist to a file."""
    asked = wish(format, mapped, plain_times)
    with place(server, api_key, user) as at:
        item = chosen(at.playlists(), name, "playlist")
        write_one(at, "playlist", item, asked, output, as_json)


@app.command("import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="m3u, xspf, jspf, pls, Rekordbox, NML.")
    ],
    format: Annotated[str | None, typer.Option("--format", help="Found out without it.")] = None,
    mapped: Rules = None,
    lists: Annotated[str, typer.Option("--lists", help="Same name: add, replace or skip.")] = "add",
    cues: Annotated[str, typer.Option("--cues", help="merge, replace or skip.")] = "merge",
    ratings: Annotated[str, typer.Option("--ratings", help="keep, replace or skip.")] = "keep",
    grids: Annotated[bool, typer.Option("--grids/--no-grids", help="Take beat grids too.")] = True,
    plain_times: PlainTimes = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing, only tell.")] = False,
    server: Server = None,
    api_key: ApiKey = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Bring in playlists, and of Rekordbox and Traktor cues and ratings as well."""
    asked = {
        **wish(format, mapped, plain_times),
        **{"lists": lists, "cues": cues, "ratings": ratings, "grids": grids, "dry_run": dry_run},
    }
    for path in files:
        if not path.is_file():
            raise NotFound(f"There is no file {path}.")
    with place(server, api_key, user) as at:
        for path in files:
            done = _imported(at, path, asked)
            if as_json:
                print(json.dumps({"file": str(path), **done}, ensure_ascii=False))
            else:
                print("\n".join(_told(path, done)))


def _imported(at: Any, path: Path, asked: Json) -> Json:
    try:
        done: Json = at.imported(path, asked)
    except OSError as fault:
        raise Invalid(f"{path} cannot be read: {fault.strerror or fault}.", field="file") from None
    return done


def _told(path: Path, done: Json) -> Iterator[str]:
    trial = " (a trial, nothing was changed)" if done["dry_run"] else ""
    yield f"{path}: {done['matched']} of {done['tracks']} tracks are here{trial}."
    for one in done["playlists"]:
        name = "/".join([*one["folders"], one["name"]])
        yield f"  {name}: {len(one['matched'])} of {one['entries']}"
        for line in one["missing"]:
            names = " - ".join(part for part in (line["artist"], line["title"]) if part)
            what = f"{len(line['candidates'])} fit alike" if line["how"] == "several" else "missing"
            yield f"    {what}: {names or line['path']}"
    cues, stars = done["cues"], done["ratings"]
    if cues["tracks"] or cues["same"]:
        yield f"  cues: {_counts(cues)}"
    if stars["added"] or stars["same"] or stars["conflicts"]:
        yield f"  ratings: {_counts(stars)}"
    for one in done["conflicts"]:
        yield f"  {one['what']} of {one['artist']} - {one['title']}: here {one['here']}, there {one['there']}"


def _counts(counts: Json) -> str:
    told = f"{counts['added']} added, {counts['same']} the same, {counts['conflicts']} in conflict"
    return f"{told} ({counts['replaced']} replaced)" if counts["conflicts"] else told


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
