"""`resonance user ...` and `resonance app-password`."""

from __future__ import annotations

import getpass
import json
import sys
from contextlib import closing
from typing import Annotated

import typer

from resonance.model.caller import OPERATOR, Role

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

    role = Role.ADMIN if admin else Role.GUEST if guest else Role.USER
    with closing(wiring.for_command()) as built:
        hashed = built.accounts.passwords.hash(_password(password_stdin))
        with built.db.write() as uow:
            made = built.accounts.users.create(uow, OPERATOR, name, hashed, role)
    if as_json:
        print(json.dumps({"id": made.id, "name": made.name, "role": made.role.value}))
    else:
        print(f"Added {made.name} ({made.role.value}).")


@app.command("list")
def list_users(as_json: AsJson = False) -> None:
    """List the people."""
    from resonance import wiring
    from resonance.core.clock import iso

    with closing(wiring.for_command()) as built, built.db.read() as uow:
        people = built.accounts.users.everyone(uow, OPERATOR)
    if as_json:
        rows = [
            {
                "id": person.id,
                "name": person.name,
                "role": person.role.value,
                "created_at": iso(person.created_at),
                "disabled": person.disabled_at is not None,
            }
            for person in people
        ]
        print(json.dumps(rows))
        return
    for person in people:
        ended = "  disabled" if person.disabled_at is not None else ""
        print(f"{person.name:<32} {person.role.value:<6} {iso(person.created_at)[:10]}{ended}")


@app.command("passwd")
def passwd(name: Name, password_stdin: FromStdin = False) -> None:
    """Set a new password; the person's sessions end."""
    from resonance import wiring

    with closing(wiring.for_command()) as built:
        with built.db.read() as uow:
            person = built.accounts.users.named(uow, OPERATOR, name)
        built.accounts.password_change.reset(OPERATOR, person.id, _password(password_stdin))
    print(f"The password of {person.name} is changed.")


def app_password(
    name: Name,
    label: Annotated[str, typer.Option("--label", help="The app or device it is for.")] = "command line",
    as_json: AsJson = False,
) -> None:
    """Make a password for a Subsonic app and print it once."""
    from resonance import wiring

    with closing(wiring.for_command()) as built, built.db.write() as uow:
        person = built.accounts.users.named(uow, OPERATOR, name)
        made, secret = built.accounts.app_passwords.create(uow, OPERATOR, label, owner_id=person.id)
    if as_json:
        print(json.dumps({"id": made.id, "user": person.name, "label": made.label, "password": secret}))
    else:
        print(secret)
