"""Every answer against the specification's own schemas, where a copy of them lies beside the repository."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.api.subsonic import xsd
from tests.api.subsonic.calls import CALLS, FAILING, filled
from tests.api.subsonic.conftest import Server

CONTRACT = Path(__file__).parents[4] / "shared" / "contracts" / "opensubsonic"
jsonschema_rs = pytest.importorskip("jsonschema_rs")
pytestmark = [
    pytest.mark.skipif(
        not CONTRACT.is_dir(), reason="the OpenSubsonic schemas are not beside the repository"
    ),
    pytest.mark.sqlite_only("the goldens show that the answers are the same on PostgreSQL"),
]


@pytest.mark.parametrize("name", CALLS)
def test_json_is_what_the_specification_says(server: Server, name: str) -> None:
    method, params = CALLS[name]
    answer = json.loads(server.ada.raw(method, f="json", **filled(params, server.seeded)).content)
    assert answer["subsonic-response"]["status"] == ("failed" if name in FAILING else "ok")
    faults = [f"{fault.instance_path}: {fault.message}" for fault in _validator(method).iter_errors(answer)]
    assert not faults


@pytest.mark.parametrize("name", CALLS)
def test_xml_is_what_the_schema_says(server: Server, name: str) -> None:
    method, params = CALLS[name]
    if method in xsd.BEYOND_SUBSONIC:
        pytest.skip("OpenSubsonic gives no XML schema for it")
    answer = server.ada.raw(method, **filled(params, server.seeded))
    root = ElementTree.fromstring(answer.content)
    assert xsd.load(CONTRACT / "subsonic-rest-api-1.16.0.xsd").faults(root) == []


@functools.cache
def _validator(method: str) -> Any:
    path = CONTRACT / "openapi" / "endpoints" / f"{method}.json"
    endpoint = json.loads(path.read_text())
    answer = _resolved(endpoint["get"]["responses"]["200"], path.parent)
    schema = answer["content"]["application/json"]["schema"]
    return jsonschema_rs.Draft7Validator(schema, validate_formats=True)


def _resolved(node: Any, folder: Path) -> Any:
    """The schema with every file it names put in its place. The contract has no cycles but through these."""
    if isinstance(node, list):
        return [_resolved(item, folder) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        path = (folder / node["$ref"]).resolve()
        return _file(path)
    return {name: _resolved(value, folder) for name, value in node.items() if name != "discriminator"}


@functools.cache
def _file(path: Path) -> Any:
    return _resolved(json.loads(path.read_text()), path.parent)
