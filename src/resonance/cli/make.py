"""`resonance make`: a sentence into a playlist, from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from resonance.cli.places import ApiKey, Rules, Server, rules
from resonance.core.errors import Invalid, NotFound

if TYPE_CHECKING:
    from resonance.model.caller import Caller
    from resonance.wiring import Wiring

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="WORDS...", help='"90 minutes, dinner jazz to disco, nothing live"'),
]


class Maker(Protocol):
    """Who makes the list: the local database, or a server elsewhere. Answers are those of REST."""

    def plan(self, text: str) -> dict[str, Any]:
        """As POST /prompt/plan."""

    def make(self, plan: dict[str, Any], seed: int) -> dict[str, Any]:
        """As POST /prompt/make."""

    def save(self, plan: dict[str, Any], seed: int, name: str, live: bool) -> dict[str, Any]:
        """As POST /prompt/save."""

    def m3u8(self, name: str, track_ids: list[str]) -> Iterator[bytes]:
        """The list as a file."""


def make(
    words: Words = None,
    minutes: Annotated[float | None, typer.Option("--minutes", help="How long.")] = None,
    tracks: Annotated[int | None, typer.Option("--tracks", min=1, help="How many tracks instead.")] = None,
    curve: Annotated[
        str | None, typer.Option("--curve", help="rise, fall, arc, wave, flat, or a JSON file of points.")
    ] = None,
    max_per_artist: Annotated[int | None, typer.Option("--max-per-artist", min=1)] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Another seed, another list.")] = 1,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write an .m3u8 file; - is standard output.")
    ] = None,
    plan_file: Annotated[
        Path | None, typer.Option("--plan", help="JSON of a plan (see --json), instead of words.")
    ] = None,
    save: Annotated[str | None, typer.Option("--save", metavar="NAME", help="Keep it as a playlist.")] = None,
    user: Annotated[
        str | None, typer.Option("--user", help="Whose likes and plays count, and whose playlist it is.")
    ] = None,
    live: Annotated[
        bool, typer.Option("--live", help="With --save: a playlist that follows the rules.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell how it was understood, and all reasons.")
    ] = False,
    mapped: Rules = None,
    server: Server = None,
    api_key: ApiKey = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make a playlist from a sentence. The same words, seed and library give the same file."""
    with _maker(server, api_key, user, rules(mapped)) as maker:
        run(
            maker,
            " ".join(words or ()),
            options={"minutes": minutes, "tracks": tracks, "curve": curve, "max_per_artist": max_per_artist},
            seed=seed,
            output=output,
            plan_file=plan_file,
            save=save,
            live=live,
            explain=explain,
            as_json=as_json,
        )


@contextmanager
def _maker(
    server: str | None, api_key: str | None, user: str | None, paths: dict[str, list[str]]
) -> Iterator[Maker]:
    """The server's when one is named, else this machine's. `paths` are for the files it writes."""
    if server is None:
        from resonance import wiring

        with closing(wiring.for_command()) as built:
            yield _Local(built, user, paths)
        return
    from resonance.cli.remote import Remote, RemoteMaker

    if user is not None:
        raise Invalid("A server knows you by your API key: leave --user out.", field="user")
    with closing(Remote(server, api_key)) as remote:
        yield RemoteMaker(remote, paths)


def run(
    maker: Maker,
    text: str,
    *,
    options: dict[str, Any],
    seed: int,
    output: Path | None = None,
    plan_file: Path | None = None,
    save: str | None = None,
    live: bool = False,
    explain: bool = False,
    as_json: bool = False,
) -> None:
    """The command over whoever makes lists; a client of a server gives another `maker`."""
    if not text and plan_file is None:
        raise Invalid("Say what to make, or give a plan with --plan.", field="words")
    plan = _read(plan_file) if plan_file is not None else maker.plan(text)["plan"]
    found = maker.make(_with(plan, options), seed)
    if save is not None:
        kept = maker.save(found["plan"], seed, save, live)
        found = found | {"saved": kept}
    if output is not None:
        _write(maker, output, save or text or "Resonance", found)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif output is None or str(output) != "-":
        print("\n".join(_told(found, explain)))


def _with(plan: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """The plan with what the options say instead of its own pieces."""
    from resonance.assistant.plan import from_json

    made = from_json(plan)
    if options["minutes"] is not None and options["tracks"] is not None:
        raise Invalid("Ask for minutes or for a number of tracks, not for both.", field="tracks")
    for name in ("minutes", "tracks"):
        if options[name] is not None:
            made = made.with_piece("length", {name: options[name]})
    if options["curve"] is not None:
        path = Path(options["curve"])
        points = path.suffix == ".json" or path.is_file()
        made = made.with_piece("curve", {"points": _read(path)} if points else {"name": options["curve"]})
    if options["max_per_artist"] is not None:
        made = made.with_piece("per_artist", {"most": options["max_per_artist"]})
    return made.to_json()


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None
    except (OSError, ValueError, RecursionError) as fault:
        raise Invalid(f"{path} is no JSON: {fault}.", field="plan") from None


def _write(maker: Maker, path: Path, name: str, found: dict[str, Any]) -> None:
    pieces = maker.m3u8(name, [item["track"]["id"] for item in found["tracks"]])
    if str(path) == "-":
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    try:
        with path.open("wb") as file:
            file.writelines(pieces)
    except OSError as fault:
        raise Invalid(f"{path} cannot be written: {fault.strerror or fault}.", field="output") from None


def _told(found: dict[str, Any], explain: bool) -> Iterator[str]:
    if explain:
        for chip in found["chips"]:
            doubt = "" if chip["sure"] else "  (not sure)"
            words = f'  from "{chip["words"]}"' if chip["words"] else ""
            yield f"{chip['label']}: {chip['text']}{words}{doubt}"
        yield f"{found['fitting']} tracks pass; energy: {found['curve']['name']}; by the {found['by']['by']}"
        yield ""
    for number, item in enumerate(found["tracks"], 1):
        track = item["track"]
        reasons = "; ".join(item["reasons"]) if explain else item["reason"]
        name = f"{track['artist']} - {track['title']}"
        yield f"{number:>3}  {_clock(track['duration_s']):>5}  {name}  ({reasons})"
    yield f"{len(found['tracks'])} tracks, {_clock(found['duration_s'])}, seed {found['seed']}."
    for note in found["notes"]:
        yield note["text"]
    if found["by"]["fallback"]:
        yield f"Understood without a language model: {found['by']['fallback']}"
    if "saved" in found:
        yield f"Kept as {found['saved']['playlist']['name']}."


def _clock(seconds: float) -> str:
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


class _Local:
    """Maker over the database of this machine."""

    def __init__(self, built: Wiring, user: str | None, paths: dict[str, list[str]]) -> None:
        from resonance.model.caller import OPERATOR

        self._built, self._paths = built, paths
        self._caller = OPERATOR if user is None else self._named(user)

    def _named(self, name: str) -> Caller:
        from resonance.accounts import names, store
        from resonance.model.caller import Caller, Role

        with self._built.db.read() as uow:
            row = store.login(uow, names.folded(name))
            if row is None:
                raise NotFound(f"There is nobody called {name}.")
            seen = store.seen_libraries(uow, row.id, row.role, all_libraries=row.all_libraries, servers=True)
        return Caller(row.id, row.name, Role(row.role), seen, client="command line")

    def plan(self, text: str) -> dict[str, Any]:
        return _plain(self._built.assistant.plan(self._caller, text))

    def make(self, plan: dict[str, Any], seed: int) -> dict[str, Any]:
        from resonance.assistant.plan import from_json

        return _plain(self._built.assistant.make(self._caller, from_json(plan), seed=seed))

    def save(self, plan: dict[str, Any], seed: int, name: str, live: bool) -> dict[str, Any]:
        from resonance.assistant.plan import from_json

        if not self._caller.user_id:
            raise Invalid("A playlist belongs to somebody: say whose with --user.", field="user")
        assistant = self._built.assistant
        return _plain(assistant.save(self._caller, from_json(plan), seed=seed, name=name, live=live))

    def m3u8(self, name: str, track_ids: list[str]) -> Iterator[bytes]:
        from resonance.cli.local import Local

        asked = {"format": "m3u8", **self._paths}
        return Local(self._built, self._caller).exported_tracks(name, track_ids, asked)


def _plain(value: Any) -> dict[str, Any]:
    import msgspec

    found: dict[str, Any] = msgspec.to_builtins(value)
    return found
