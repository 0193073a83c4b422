"""`resonance dj set`: alike on this machine and on a server."""

from __future__ import annotations

import json

from tests.cli.test_playlist_commands import Home, Run, at, home, run

__all__ = ["at", "home", "run"]


def test_a_set_from_the_command_line(run: Run, at: str, home: Home) -> None:
    name = f"Late {at}"
    code, out, err = run("dj", "set", "new", name, "--rule", "bpm:100..140", "--pick", "4", "--json")
    assert code == 0, err
    made = json.loads(out)
    assert made["slots"] == [] and made["pool"]["kind"] == "rule"
    code, out, err = run("dj", "set", "arrange", name, "--seed", "5", "--curve", "rise", "--json")
    assert code == 0, err
    arranged = json.loads(out)
    order = [slot["track_id"] for slot in arranged["slots"]]
    assert len(set(order)) == 4 and set(order) <= set(home.tracks) and arranged["version"] == 2
    again = json.loads(run("dj", "set", "arrange", name, "--pick", "3", "--dry-run", "--json")[1])
    assert len(again["slots"]) == 3
    shown = json.loads(run("dj", "set", "show", name, "--json")[1])
    assert [slot["track_id"] for slot in shown["slots"]] == order  # a dry run changed nothing
    text = run("dj", "set", "show", name)[1]
    assert "Ännie - Title" in text and "4 tracks" in text and "average joint" in text
    assert name in run("dj", "set", "list")[1]
    from_list = json.loads(run("dj", "set", "new", f"List {at}", "--playlist", "Freitag", "--json")[1])
    assert [slot["track_id"] for slot in from_list["slots"]] == home.tracks[:3]


def test_what_is_typed_wrongly_is_said(run: Run, at: str) -> None:
    for arguments, said in (
        (("new", "X"), "one of --playlist"),
        (("new", "X", "--liked", "--library"), "one of --playlist"),
        (("new", "X", "--playlist", "Nowhere"), "Nowhere"),
        (("new", "X", "--library", "--pick", "3", "--minutes", "9"), "not for both"),
        (("new", "X", "--library", "--minutes", "nan"), "minutes"),
        (("new", "X", "--library", "--curve", "zigzag"), "zigzag"),
        (("new", "X", "--rule", "nofield:1 ("), ""),
        (("arrange", "Nothing"), "Nothing"),
        (("arrange", "Night", "--pick", "9"), "4 tracks"),
    ):
        code, out, err = run("dj", "set", *arguments)
        assert code != 0 and said in err and out == "" and "Traceback" not in err, (arguments, err)
