"""A Navidrome that does not do as it should, and one that is somewhere else than it seems."""

from __future__ import annotations

import gzip
import ipaddress
import logging
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from resonance.adapters.navidrome import client
from resonance.core.errors import Forbidden, Invalid, Unavailable
from resonance.db.tables.library import carrier, track
from resonance.db.tables.remote import remote_song
from resonance.library.remote import joining
from resonance.library.remote.ports import Refused
from resonance.library.remote.signing import same_server
from resonance.model.caller import OPERATOR
from resonance.worker import remote_sync
from tests.conftest import FreshUrl
from tests.fixtures.audio import make_tone
from tests.fixtures.navidrome import Account, FakeNavidrome, Playlist, fill
from tests.rooms.navidrome_kit import Home

HTML = (200, {"Content-Type": "text/html"}, b"<html><body>Sign in to the hotel's network</body></html>")
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def home(tmp_path: Path, fresh_url: FreshUrl) -> Iterator[Home]:
    made = Home.at(tmp_path, fresh_url(tmp_path))
    yield made
    made.services.close()


@pytest.fixture
def server() -> Iterator[FakeNavidrome]:
    with FakeNavidrome() as running:
        fill(running, 12)
        yield running


# --- answers of another kind


@pytest.mark.parametrize(
    "raw",
    [
        HTML,
        (200, JSON, b'{"error": "something went wrong"}'),
        (200, JSON, b'[{"id": 7}]'),
        (200, JSON, b'[{"id": "a", "size": "large"}]'),
        (200, JSON, b"[" * 100_000),
        (200, JSON, b""),
        (204, {}, b""),
        (404, {}, b"404 page not found"),
    ],
)
def test_no_list_of_songs_is_no_reason_to_lose_any(
    home: Home, server: FakeNavidrome, raw: tuple[int, dict[str, str], bytes]
) -> None:
    server_id = home.add(server)
    home.sync(server_id)
    server.change(next(iter(server.songs)), title="Other")
    server.scan()
    server.instead["/api/song"] = raw
    with pytest.raises(Unavailable):
        home.sync(server_id, full=True)
    assert home.server(server_id).problem
    assert len(home.titles()) == 12
    server.instead.clear()
    assert home.sync(server_id).state == "done"
    assert "Other" in home.titles()


@pytest.mark.parametrize("path", ["/rest/getScanStatus", "/rest/getMusicFolders"])
@pytest.mark.parametrize("raw", [HTML, (200, JSON, b'{"subsonic-response": []}'), (200, JSON, b"null")])
def test_no_answer_of_rest_is_told_in_words(
    home: Home, server: FakeNavidrome, path: str, raw: tuple[int, dict[str, str], bytes]
) -> None:
    server_id = home.add(server)
    server.instead[path] = raw
    with pytest.raises(Unavailable):
        home.sync(server_id)


@pytest.mark.parametrize(
    "row", [{}, {"id": "x", "size": "much"}, {"id": "x", "duration": "long"}, {"id": "x", "artists": "y"}, 7]
)
def test_songs_of_another_shape_end_the_sync(home: Home, row: Any) -> None:
    with FakeNavidrome(native=False) as server:
        fill(server, 3)
        server_id = home.add(server)
        content = httpx.Response(
            200, json={"subsonic-response": {"status": "ok", "searchResult3": {"song": [row]}}}
        )
        server.instead["/rest/search3"] = (200, JSON, content.content)
        with pytest.raises(Unavailable):
            home.sync(server_id)


def test_an_endless_answer_is_left(
    home: Home, server: FakeNavidrome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LARGEST_ANSWER", 200_000)
    server_id = home.add(server)
    server.instead["/api/song"] = (200, JSON, b"[" + b" " * 2_000_000 + b"]")
    with pytest.raises(Unavailable, match="too long"):
        home.sync(server_id)
    packed = gzip.compress(b" " * 50_000_000)
    server.instead["/api/song"] = (200, {**JSON, "Content-Encoding": "gzip"}, packed)
    with pytest.raises(Unavailable, match="too long"):
        home.sync(server_id)


def test_a_slow_page_is_asked_for_again(
    home: Home, server: FakeNavidrome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TIMEOUT", httpx.Timeout(0.5))
    server_id = home.add(server)
    slow = [threading.Event(), threading.Event()]

    def fault(path: str, _words: dict[str, str]) -> None:
        if path == "/api/song" and slow:
            slow.pop().wait(1.5)

    server.faults.append(fault)
    assert home.sync(server_id).counts.added == 12
    assert server.count("/api/song") >= 3


def test_a_list_that_never_ends_is_left(home: Home, server: FakeNavidrome) -> None:
    fill(server, 60)
    server_id = home.add(server)
    with httpx.Client() as asking:
        token = asking.post(f"{server.url}/auth/login", json={"username": "ada", "password": "secret"}).json()
        page = asking.get(
            f"{server.url}/api/song?_start=0&_end=50",
            headers={"X-ND-Authorization": f"Bearer {token['token']}"},
        )
    server.instead["/api/song"] = (200, {**JSON, "X-Total-Count": "72"}, page.content)
    with pytest.raises(Unavailable, match="again and again"):
        home.sync(server_id)


@pytest.mark.parametrize(
    "path", ["/api/song", "/api/album", "/api/artist", "/rest/getStarred2", "/api/playlist"]
)
@pytest.mark.parametrize("raw", [HTML, (200, JSON, b"{}"), (200, JSON, b"[7]"), (500, {}, b"")])
def test_one_persons_trouble_is_theirs_alone(
    home: Home, server: FakeNavidrome, path: str, raw: tuple[int, dict[str, str], bytes]
) -> None:
    server_id = home.add(server)
    home.sync(server_id)
    person = home.person("berta")
    link = home.link(person, server_id)
    home.like(person, "track", home.track("Song 1 of 0").id)
    server.instead[path] = raw
    report = home.sync(server_id)
    assert report.state == "unchanged"
    assert "music server" in report.people[0]["problem"]
    assert home.link_row(link).problem == report.people[0]["problem"]
    assert len(home.liked(person)) == 1
    server.instead.clear()
    home.sync(server_id)
    assert home.link_row(link).problem is None


# --- ids, totals, clocks


def test_odd_and_doubled_ids(home: Home, server: FakeNavidrome) -> None:
    odd = ["a/b?c=d&e", "'; DROP TABLE track; --", "ü ñ 音", '"quoted"', "%2e%2e", "../../etc/passwd"]
    first = next(iter(server.songs.values()))
    for number, id_ in enumerate(odd):
        server.songs[id_] = {**first, "id": id_, "title": f"Odd {number}", "path": f"odd {number}.mp3"}
    for number, id_ in enumerate(["", "nul\0", "x" * 300]):
        server.songs[id_] = {**first, "id": id_, "title": f"Bad {number}", "path": f"bad {number}.mp3"}
    server.songs["twice"] = {**first, "id": "a/b?c=d&e", "title": "Odd 0", "path": "odd 0.mp3"}
    server.songs["big"] = {**first, "id": "big", "title": "Big", "path": "big\0.mp3", "size": 2**70}
    server.playlists["a/../b"] = Playlist("a/../b", "ada", "Odd", [odd[0]])
    server.touched()
    server_id = home.add(server)
    person = home.person("berta")
    home.link(person, server_id)
    report = home.sync(server_id)
    assert report.state == "done"
    titles = home.titles()
    assert [one for one in titles if one.startswith("Odd")] == [f"Odd {n}" for n in range(6)]
    assert "Big" in titles
    assert not [one for one in titles if one.startswith("Bad")]
    failed = [title for action, title, why in home.notes(report) if action == "failed" and "id" in why]
    assert sorted(failed) == ["Bad 0", "Bad 1", "Bad 2"]
    home.like(person, "track", home.track("Odd 0").id)
    home.sync(server_id)
    assert server.accounts["ada"].mark(odd[0]).starred
    server.sounds[odd[0]] = b"ID3" + bytes(5000)
    bytes_ = home.services.remote_bytes
    with home.services.db.read() as uow:
        query = (
            select(carrier.c.id).join(track, track.c.id == carrier.c.track_id).where(track.c.title == "Odd 0")
        )
        place = bytes_.place(uow.execute(query).scalar_one())
    with bytes_.stream(place, 0) as stream:
        assert b"".join(stream) == server.sounds[odd[0]]


def test_our_clock_may_go_back(home: Home, server: FakeNavidrome, monkeypatch: pytest.MonkeyPatch) -> None:
    from resonance.library.remote import sync as syncing

    real = syncing.now_ms
    fill(server, 60, library=1)
    server_id = home.add(server)
    monkeypatch.setattr(syncing, "now_ms", lambda: real() + 86_400_000 * 30)
    home.sync(server_id)
    before = len(home.titles())
    monkeypatch.setattr(syncing, "now_ms", real)
    server.forget(list(server.songs)[-1])
    server.scan()
    report = home.sync(server_id, full=True)
    assert (report.counts.removed, len(home.titles())) == (1, before - 1)
    report = home.sync(server_id, full=True)
    assert (report.counts.removed, len(home.titles())) == (0, before - 1)


def test_the_servers_clock_may_go_back(home: Home, server: FakeNavidrome) -> None:
    fill(server, 300)
    server_id = home.add(server)
    home.sync(server_id)
    server.now -= 400 * 86_400_000
    server.change(list(server.songs)[100], title="Changed in the past")
    server.scan()
    home.sync(server_id)
    assert "Changed in the past" in home.titles()


def test_a_set_up_anew_server_is_joined_with_the_files_again(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    words = {"title": "Song 1 of 0", "artist": "Artist 0", "album": "Album 0", "number": "1"}
    make_tone(folder / "a.mp3", seconds=1.0, **words)
    home.services.scanner.scan(library_id)
    server.change(next(iter(server.songs)), duration=1.0)
    server_id = home.add(server)
    home.sync(server_id)
    before = home.track("Song 1 of 0").id
    server.set_up_anew()
    server.expire()
    report = home.sync(server_id, full=True)
    assert (report.counts.added, report.counts.removed) == (0, 0)
    assert home.carriers(before) == ["file", "remote"]
    assert home.count(remote_song) == 12


def test_a_song_that_was_heard_is_the_file_of_the_same_sound(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    path = make_tone(folder / "a.mp3", seconds=2.0, title="Called here", artist="Someone")
    home.services.scanner.scan(library_id)
    id_ = server.add("Called there", seconds=2.0, artist="Somebody else", album="Other")
    server.add_sound(id_, path.read_bytes())
    server_id = home.add(server)
    assert home.sync(server_id).counts.joined == 0
    ours, theirs = home.track("Called here"), home.track("Called there")
    with home.services.db.read() as uow:
        song = uow.execute(select(carrier.c.id).where(carrier.c.track_id == theirs.id)).scalar_one()
    home.services.remote_bytes.file(song)
    server.forget_requests()
    report = home.sync(server_id)
    assert (report.state, report.counts.joined, server.count()) == ("unchanged", 1, 1)
    assert ("joined", "Called here", "the same sound") in home.notes(report)
    assert home.carriers(ours.id) == ["file", "remote"]
    assert "Called there" not in home.titles()
    # Set apart by hand it stays apart, though it sounds the same.
    with home.services.db.write() as uow:
        fresh = joining.part(uow, home.services.search, server_id, id_)
    for _ in range(2):
        home.sync(server_id)
    assert home.carriers(fresh) == ["remote"]


# --- who and where


def test_a_server_under_a_path(home: Home) -> None:
    with FakeNavidrome(prefix="/music/box") as server:
        server.add_sound(fill(server, 3)[0], b"ID3" + bytes(2000))
        url, server.url = server.url, f"{server.url}/music/box/"
        server_id = home.add(server)
        assert home.server(server_id).url == f"{url}/music/box"
        assert home.sync(server_id).counts.added == 3
        assert all(path.startswith("/music/box/") for path in server.addresses)
        server.url = url
        with pytest.raises((Unavailable, Refused)):
            home.add(server)


def test_where_names_and_passwords_may_go() -> None:
    mine = "http://nas:4533/navidrome"
    assert same_server(mine, "http://nas:4533/elsewhere")
    assert same_server(mine, "https://nas/navidrome")
    assert not same_server("https://nas", "http://nas")
    for other in (
        "http://nas:80",
        "http://nas.evil:4533",
        "ftp://nas:4533",
        "//nas:4533",
        "http://nas:99999",
        "",
    ):
        assert not same_server(mine, other)


@pytest.mark.parametrize(
    "target", ["http://[bad", "http://127.0.0.1:99999/x", "gopher://127.0.0.1/", "//evil/x"]
)
def test_redirects_to_nowhere_end_the_request(home: Home, server: FakeNavidrome, target: str) -> None:
    server_id = home.add(server)
    server.instead["/"] = (302, {"Location": target}, b"")
    with pytest.raises(Unavailable, match="another address"):
        home.sync(server_id)
    place_free = home.services.servers.open(home.server(server_id))
    with pytest.raises(Unavailable, match="another address"):
        place_free.open("x", 0)
    place_free.close()


def test_a_redirect_in_a_circle_ends(home: Home, server: FakeNavidrome) -> None:
    server_id = home.add(server)
    server.instead["/rest/getScanStatus"] = (302, {"Location": f"{server.url}/rest/getScanStatus.view"}, b"")
    with pytest.raises(Unavailable, match="from address to address"):
        home.sync(server_id)


@pytest.mark.parametrize(
    "url", ["http://host:99999", "http://[::1", "http://a b", "http://", "//host", "http://h#x"]
)
def test_no_such_address(home: Home, url: str) -> None:
    with pytest.raises(Invalid):
        home.services.servers.test(OPERATOR, url, "ada", "secret")


def test_only_admins_name_addresses(home: Home, server: FakeNavidrome) -> None:
    person, servers = home.person("berta"), home.services.servers
    given = {"url": server.url, "username": "ada", "password": "secret"}
    server_id = home.add(server)
    server.forget_requests()
    with pytest.raises(Forbidden):
        servers.test(person, **given)
    with pytest.raises(Forbidden):
        servers.add(person, name="x", **given)
    with pytest.raises(Forbidden):
        servers.change(person, server_id, **given)
    assert server.log == []


def test_a_new_address_asks_everybody_for_the_password(home: Home, server: FakeNavidrome) -> None:
    server_id = home.add(server)
    link = home.link(home.person("berta"), server_id)
    with FakeNavidrome() as other:
        home.services.servers.change(OPERATOR, server_id, url=other.url, password="secret")
        other.forget_requests()
        assert home.link_row(link).secret == ""
        home.sync(server_id)
        assert other.count("/api/playlist") == 0
        assert "password" in home.link_row(link).problem.lower()


def test_an_account_that_was_deleted_there(home: Home, server: FakeNavidrome) -> None:
    server.accounts["berta"] = Account("berta", "secret", {1})
    server_id = home.add(server)
    person = home.person("berta")
    link = home.link(person, server_id, "berta")
    home.sync(server_id)
    del server.accounts["berta"]
    report = home.sync(server_id)
    assert "name and password" in report.people[0]["problem"]
    assert home.seen_by(person).libraries == frozenset()
    assert home.link_row(link).token is None
    assert report.state == "unchanged", "one person's trouble is not the catalogue's"


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "own.pem"
    path.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_that_nobody_vouches_for(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.socket = context.wrap_socket(http.socket, server_side=True)
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        url = f"https://127.0.0.1:{http.server_address[1]}"
        with pytest.raises(Unavailable, match="certificate"):
            home.services.servers.test(OPERATOR, url, "ada", "secret")
        assert asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
        client._trusted.cache_clear()
        with pytest.raises(Unavailable, match="does not answer"):
            home.services.servers.test(OPERATOR, url, "ada", "secret")
        client._trusted.cache_clear()
        http.shutdown()
    assert asked == ["/auth/login"], "who vouches for it is for this machine to say"


def test_no_secret_is_in_any_log_or_address(
    home: Home, server: FakeNavidrome, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore"):
        caplog.set_level(logging.WARNING, logger=name)  # as the server runs: see core.logs
    word = "Tr0ub4dor-and-3"
    server.accounts = {name: Account(name, word) for name in ("ada", "berta")}
    server_id = home.add(server, password=word)
    person, links = home.person("berta"), home.services.servers.links
    links.link(person, server_id, "berta", word)
    home.sync(server_id)
    with pytest.raises(Refused):
        links.link(home.person("carl"), server_id, "nobody", word)
    server.instead["/rest/star"] = HTML
    home.like(person, "track", home.track("Song 1 of 0").id)
    home.sync(server_id)
    remote_sync.forward_plays(home.services)
    server.accounts["berta"].password = "other"
    server.expire()
    home.sync(server_id)
    opened = home.services.servers.open(home.server(server_id))
    seen = [caplog.text, *capfd.readouterr(), *server.addresses, repr(opened), repr(vars(opened))]
    seen += [str(home.server(server_id)), str(home.links(server_id))]
    with home.services.db.read() as uow:
        seen += [str(home.services.servers.all(uow, OPERATOR)), str(links.all(uow, person))]
    assert "remote.shut_out" in "".join(seen)
    for text in seen:
        assert word not in text
        assert word.encode().hex() not in text
    given = server.tokens_given
    assert not [token for token in given for text in seen[:-5] + seen[-4:] if token in text]
