"""Every answer as reviewed text, in both formats. `make goldens` writes them anew."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.api.subsonic.calls import CALLS, filled
from tests.api.subsonic.conftest import Server

GOLDEN = Path(__file__).parents[2] / "golden" / "subsonic"


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("name", CALLS)
def test_golden(server: Server, name: str, form: str) -> None:
    method, params = CALLS[name]
    answer = server.ada.raw(method, f=form, **filled(params, server.seeded))
    assert answer.status_code == 200, answer.text
    shown = _pretty(answer.text, form)
    path = GOLDEN / f"{name.replace(' ', '-')}.{form}"
    if os.environ.get("UPDATE_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_every_golden_has_a_call() -> None:
    names = {f"{name.replace(' ', '-')}.{form}" for name in CALLS for form in ("json", "xml")}
    assert {path.name for path in GOLDEN.iterdir()} == names


def _pretty(text: str, form: str) -> str:
    if form == "json":
        answer = json.loads(text)
        answer["subsonic-response"]["serverVersion"] = "VERSION"
        return json.dumps(answer, indent=2, ensure_ascii=False) + "\n"
    ElementTree.register_namespace("", "http://subsonic.org/restapi")
    root = ElementTree.fromstring(text)
    root.set("serverVersion", "VERSION")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"
