"""`resonance user ...` and `resonance app-password`."""

from __future__ import annotations

import getpass
import json
import sys
from contextlib import closing
from typing import Annotated

import typer

app = typer.Typer(help="People who may sign in.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name to sign in with.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _password(from_stdin: bool) -> str:
    """The new password, typed twice or piped once."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        print("resonance: The two passwords differ.", file=sys.stderr)
        raise typer.Exit(2)
    return first


@app.command("add")
def add(
    name: Name,
    admin: Annotated[bool, typer.Option("--admin", help="May run the server.")] = False,
    guest: Annotated[bool, typer.Option("--guest", help="May only listen.")] = False,
    password_stdin: FromStdin = False,
    as_json: AsJson = False,
) -> None:
    """Add a person."""
    from resonance import wiring
    from resonance.model.caller import Role

    role = Role.ADMIN if admin else Role.GUEST if guest else Role.USER
    with closing(wiring.for_command()) as built, built.db.write() as uow:
        made = built.accounts.add_user(uow, name, _password(password_stdin), role)
    print(
        json.dumps({"id": made, "name": name, "role": role.value})
        if as_json
        else f"Added {name} ({role.value})."
    )


@app.command("list")
def list_users(as_json: AsJson = False) -> None:
    """List the people."""
    from resonance import wiring
    from resonance.core.clock import iso

    with closing(wiring.for_command()) as built, built.db.read() as uow:
        rows = built.accounts.list_users(uow)
    if as_json:
        people = [
            {
                "id": r.id,
                "name": r.name,
                "role": r.role,
                "created_at": iso(r.created_at),
                "disabled": r.disabled,
            }
            for r in rows
        ]
        print(json.dumps(people))
        return
    for row in rows:
        print(
            f"{row.name:<32} {row.role:<6} {iso(row.created_at)[:10]}{'  disabled' if row.disabled else ''}"
        )


@app.command("passwd")
def passwd(name: Name, password_stdin: FromStdin = False) -> None:
    """Set a new password; the person's sessions end."""
    from resonance import wiring

    with closing(wiring.for_command()) as built, built.db.write() as uow:
        built.accounts.set_password(uow, name, _password(password_stdin))
    print(f"The password of {name} is changed.")


def app_password(
    name: Name,
    label: Annotated[str, typer.Option("--label", help="The app or device it is for.")] = "command line",
    as_json: AsJson = False,
) -> None:
    """Make a password for a Subsonic app and print it once."""
    from resonance import wiring

    with closing(wiring.for_command()) as built, built.db.write() as uow:
        made = built.accounts.make_app_password(uow, name, label)
    print(json.dumps({"user": name, "label": label, "password": made}) if as_json else made)
