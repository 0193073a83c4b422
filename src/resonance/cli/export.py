"""`resonance export` and `dj export`: lists of music as files; `export-openapi` and `-graphql`: schemas."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from resonance.cli.places import ApiKey, AsJson, Place, Rules, Server, User, chosen, place, rules
from resonance.core.errors import Invalid, NotFound

if TYPE_CHECKING:
    from resonance.cli.places import Json

Format = Annotated[
    str, typer.Option("--format", help="rekordbox, nml, m3u8, xspf, jspf or csv.", metavar="FORMAT")
]
File = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="The file to write; standard output without it, or for -."),
]
PlainTimes = Annotated[
    bool,
    typer.Option("--plain-times", help="Count times from the first sample, not as the program does."),
]

Out = Annotated[Path | None, typer.Argument(help="File to write; standard output without it.")]


def _write(text: str, out: Path | None) -> None:
    if out is None:
        print(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")


def openapi(out: Out = None) -> None:
    """Write the REST API's OpenAPI document."""
    from resonance.api.app import create_app
    from resonance.settings import Settings
    from resonance.wiring import Wiring

    settings = Settings()
    _write(json.dumps(create_app(Wiring(settings), settings).openapi(), indent=2, sort_keys=True), out)


def graphql(out: Out = None) -> None:
    """Write the GraphQL schema."""
    from resonance.api.graphql import schema

    _write(schema.printed(), out)


def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="rekordbox, nml, m3u8, xspf, jspf, csv.")],
    everything: Annotated[bool, typer.Option("--all", help="All playlists, or the whole library.")] = False,
    playlist: Annotated[str | None, typer.Option("--playlist", metavar="NAME", help="One playlist.")] = None,
    dj_set: Annotated[str | None, typer.Option("--set", metavar="NAME", help="One DJ set.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file; with --all and m3u8 a folder, or a .zip.")
    ] = None,
    mapped: Rules = None,
    plain_times: PlainTimes = False,
    server: Server = None,
    api_key: ApiKey = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Write the library, a playlist or a set for other programs.

    Rekordbox XML and Traktor NML hold everything in one file, CSV all tracks; of the other formats --all
    writes one file a playlist.
    """
    if [everything, playlist is not None, dj_set is not None].count(True) != 1:
        raise Invalid("Say one of --all, --playlist NAME and --set NAME.", field="all")
    asked = wish(format, mapped, plain_times)
    with place(server, api_key, user) as at:
        if not everything:
            kind, wanted = ("playlist", playlist) if playlist is not None else ("set", dj_set)
            item = chosen(at.playlists() if kind == "playlist" else at.sets(), wanted or "", kind)
            write_one(at, kind, item, asked, output, as_json)
        elif _holds_one(at, format) and (output is None or output.suffix != ".zip"):
            _write_folder(at, asked, output or Path(), as_json)
        else:
            write(at.exported("all", "", asked), output, as_json, name="all")


def dj_export(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A DJ set or playlist, by name or id.")],
    format: Format = "rekordbox",
    output: File = None,
    mapped: Rules = None,
    plain_times: PlainTimes = False,
    server: Server = None,
    api_key: ApiKey = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Write a set, or a playlist, for DJ software."""
    asked = wish(format, mapped, plain_times)
    with place(server, api_key, user) as at:
        try:
            kind, item = "set", chosen(at.sets(), name, "set")
        except NotFound:
            kind, item = "playlist", chosen(at.playlists(), name, "set or playlist")
        write_one(at, kind, item, asked, output, as_json)


def wish(format: str | None, mapped: Sequence[str] | None, plain_times: bool) -> Json:
    """What is asked of an export or import, as in the query of REST."""
    return {"format": format, **rules(mapped), "program_times": not plain_times}


def write_one(at: Place, kind: str, item: Json, asked: Json, output: Path | None, as_json: bool) -> None:
    """Write a playlist or set to a file."""
    write(at.exported(kind, item["id"], asked), output, as_json, name=item["name"])


def write(pieces: Iterable[bytes], output: Path | None, as_json: bool, *, name: str) -> None:
    """Write a file: whole or not at all. With --json the answer says where and how large it is."""
    if output is None or str(output) == "-":
        if as_json:
            raise Invalid("With --json the file needs a name: -o FILE.", field="output")
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    with _new(output) as file:
        size = sum(file.write(piece) for piece in pieces)
    print(json.dumps({"file": str(output), "name": name, "bytes": size}) if as_json else f"Wrote {output}.")


@contextmanager
def _new(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when it is whole."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    except OSError as fault:
        raise Invalid(f"{path} cannot be written: {fault.strerror or fault}.", field="output") from None
    finally:
        partial.unlink(missing_ok=True)


def _holds_one(at: Place, format: str) -> bool:
    found = next((each for each in at.formats() if each["name"] == format), None)
    return found is not None and found["holds"] == "playlist"


def _write_folder(at: Place, asked: Json, folder: Path, as_json: bool) -> None:
    """The archive of all playlists as files; other files in the folder stay."""
    import shutil
    import tempfile
    import zipfile

    written: list[str] = []
    with tempfile.TemporaryFile() as archive:
        for piece in at.exported("all", "", asked):
            archive.write(piece)
        archive.seek(0)
        with zipfile.ZipFile(archive) as files:
            for inside in files.namelist():
                target = folder.joinpath(*_harmless(inside, asked["format"]))
                with _new(target) as file, files.open(inside) as packed:
                    shutil.copyfileobj(packed, file)
                written.append(str(target))
    if as_json:
        print(json.dumps({"files": written}))
    else:
        print("\n".join([*written, f"{len(written)} playlists."]))


def _harmless(inside: str, format: str) -> tuple[str, ...]:
    """The parts of a name in an archive. A server is not trusted to name other files than playlists."""
    parts = PurePosixPath(inside).parts
    odd = any(part.startswith(".") or set(part) & set("/\\:\0") for part in parts)
    if odd or not inside.endswith(f".{format}"):
        raise Invalid("The archive of that server has files that are no playlists.", field="output")
    return parts
