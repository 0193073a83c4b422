"""The player's files: its page at every address of its own, nothing else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from resonance.api import web
from tests.api.conftest import Api, Client

pytestmark = pytest.mark.sqlite_only("the player's files have nothing to do with the database")
INDEX = """<!doctype html><html><head><base href="/" /><meta name="csp-nonce" content="" /></head></html>"""


@pytest.fixture(autouse=True)
def webapp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built player, as small as one can be."""
    folder = tmp_path / "webapp"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(INDEX)
    (folder / "assets" / "app-1a2b.js").write_text("export {}")
    (folder / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr(web, "WEBAPP", folder)
    web._template.cache_clear()
    return folder


@pytest.mark.parametrize("path", ["/", "/library/albums", "/albums/abc", "/setup?code=1", "/index.html"])
def test_the_page_answers_every_address_of_the_player(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert "csp-nonce" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_the_nonce_is_in_page_and_policy_and_never_twice(visitor: Client) -> None:
    nonces = set()
    for _ in range(2):
        answer = visitor.get("/")
        found = re.search(r'name="csp-nonce" content="([\w-]+)"', answer.text)
        assert found is not None
        assert f"style-src 'self' 'nonce-{found[1]}'" in answer.headers["content-security-policy"]
        nonces.add(found[1])
    assert len(nonces) == 2


def test_the_policy_allows_only_ourselves(visitor: Client) -> None:
    policy = visitor.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "media-src 'self' blob:" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


@pytest.mark.parametrize("stripped", [True, False])
def test_below_a_sub_path(make_app: Callable[..., Api], stripped: bool) -> None:
    client = make_app(base_url="https://example.org/music").client()
    prefix = "" if stripped else "/music"
    assert '<base href="/music/"' in client.get(f"{prefix}/library").text
    assert client.get(f"{prefix}/assets/app-1a2b.js").text == "export {}"
    assert client.get(f"{prefix}/api/v1/server").json()["name"] == "Resonance"


def test_built_files_are_kept_for_ever_others_are_asked_for_again(visitor: Client) -> None:
    assert "immutable" in visitor.get("/assets/app-1a2b.js").headers["cache-control"]
    assert visitor.get("/assets/app-1a2b.js").headers["content-type"].startswith("text/javascript")
    assert visitor.get("/favicon.svg").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/rest/", "/assets/gone.js", "/stream", "/graphql/x"])
def test_unknown_addresses_of_machines_are_errors(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code in (401, 404)


@pytest.mark.parametrize(
    "path", ["/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "/%2e%2e/secret.txt", "//etc/passwd"]
)
def test_nothing_outside_the_folder_is_served(visitor: Client, path: str) -> None:
    assert "secret" not in visitor.get(path).text.replace("csp-nonce", "")
    assert "root:" not in visitor.get(path).text


def test_an_unbuilt_player_says_what_to_do(visitor: Client, webapp: Path) -> None:
    (webapp / "index.html").unlink()
    answer = visitor.get("/")
    assert answer.status_code == 503
    assert "make setup" in answer.text
