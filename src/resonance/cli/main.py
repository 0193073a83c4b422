"""The `resonance` command. Each subcommand imports what it needs when it runs."""

from __future__ import annotations

import sys

import typer

from resonance.cli import (
    analyze,
    analyze_file,
    demo,
    dj,
    dj_set,
    doctor,
    export,
    library,
    make,
    playlist,
    scan,
    serve,
    user,
)
from resonance.cli import embed as embed_command
from resonance.cli import search as search_command
from resonance.cli import similar as similar_commands
from resonance.cli import sync as sync_command
from resonance.core.errors import Invalid, NotFound, ResonanceError
from resonance.settings import SettingsFault

# Exit codes: 0 done, 1 refused or failed, 2 wrong usage or settings, 3 not found, 4 a service is unavailable.
USAGE, MISSING, UNAVAILABLE = 2, 3, 4

app = typer.Typer(
    name="resonance",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A self-hosted music platform.",
)
app.command("serve")(serve.serve)
app.command("scan")(scan.scan)
app.command("analyze")(analyze.analyze)
app.command("embed")(embed_command.embed)
app.command("search")(search_command.search)
app.command("make")(make.make)
app.command("similar")(similar_commands.similar)
app.command("path")(similar_commands.path)
app.command("blend")(similar_commands.blend)
app.command("duplicates")(similar_commands.duplicates)
app.add_typer(library.app, name="library")
app.add_typer(sync_command.app, name="sync")
app.add_typer(user.app, name="user")
app.add_typer(dj.app, name="dj")
dj.app.add_typer(dj_set.app, name="set")
dj.app.command("export")(export.dj_export)
app.add_typer(playlist.app, name="playlist")
app.command("export")(export.export)
app.command("app-password")(user.app_password)
app.command("analyze-file")(analyze_file.analyze_file)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)
app.command("export-openapi")(export.openapi)
app.command("export-graphql")(export.graphql)


def main() -> None:
    """Run a command; faults become one line each and an exit code."""
    try:
        app()
    except SettingsFault as fault:
        for line in fault.faults:
            print(f"resonance: {line}", file=sys.stderr)
        sys.exit(USAGE)
    except ResonanceError as fault:
        print(f"resonance: {fault.message}", file=sys.stderr)
        sys.exit(_exit_code(fault))


def _exit_code(fault: ResonanceError) -> int:
    if isinstance(fault, Invalid):
        return USAGE
    if isinstance(fault, NotFound):
        return MISSING
    return UNAVAILABLE if fault.status == 503 else 1
