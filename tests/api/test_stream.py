"""/stream and /download: ranges to the letter, transcodes, and encoders that end with their listener."""

from __future__ import annotations

import http.client
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from resonance.db.tables.library import library
from tests.api.conftest import Api, Client
from tests.fixtures.audio import make_tone
from tests.fixtures.live import running
from tests.fixtures.rows import Rows

pytestmark = pytest.mark.sqlite_only("the database only says where the bytes are")
TITLE = 'Über "alles" / 東京'


@dataclass
class Music:
    """One flac of some seconds, in a library with an owner."""

    api: Api
    file: Path
    track_id: str
    library_id: str

    @property
    def url(self) -> str:
        return f"/stream/{self.track_id}"

    @property
    def data(self) -> bytes:
        return self.file.read_bytes()


@pytest.fixture
def music(api: Api, tmp_path: Path) -> Music:
    root = tmp_path / "music"
    root.mkdir()
    file = root / "tone.flac"
    make_tone(file, "flac", 20.0)
    stat = file.stat()
    with api.services.db.write() as uow:
        rows = Rows(uow)
        library_id = rows.library()
        uow.execute(library.update().values(path=str(root)))
        facts = {
            "path": file.name,
            "size": stat.st_size,
            "mtime_ns": stat.st_mtime_ns,
            "format": "flac",
            "codec": "flac",
            "bit_rate_kbps": 700,
        }
        track_id = rows.track(TITLE, library_id=library_id, file=facts, duration_s=20.0)
    return Music(api, file, track_id, library_id)


@pytest.fixture
def listener(music: Music, admin_client: Client) -> Client:
    return admin_client


def test_the_whole_file(music: Music, listener: Client) -> None:
    answer = listener.get(music.url)
    assert answer.status_code == 200
    assert answer.content == music.data
    assert answer.headers["content-type"] == "audio/flac"
    assert answer.headers["accept-ranges"] == "bytes"
    assert int(answer.headers["content-length"]) == len(music.data)


def test_head_tells_the_same_without_a_body(music: Music, listener: Client) -> None:
    answer = listener.head(music.url)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(music.data)
    assert answer.headers["etag"] == listener.get(music.url).headers["etag"]


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-299", 100, 299),
        ("bytes=1000-", 1000, None),
        ("bytes=-500", -500, None),
        ("bytes=0-99999999999", 0, None),
        ("bytes=-99999999999", 0, None),
        ("BYTES=5-9", 5, 9),
    ],
)
def test_one_range(music: Music, listener: Client, given: str, first: int, last: int | None) -> None:
    size = len(music.data)
    start = first if first >= 0 else size + first
    end = size - 1 if last is None else last
    answer = listener.get(music.url, headers={"Range": given})
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {start}-{end}/{size}"
    assert answer.content == music.data[start : end + 1]


@pytest.mark.parametrize("given", ["bytes=999999999-", "bytes=-0", "bytes=999999999-9999999999"])
def test_a_range_beyond_the_end_is_416(music: Music, listener: Client, given: str) -> None:
    answer = listener.get(music.url, headers={"Range": given})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(music.data)}"


@pytest.mark.parametrize(
    "given", ["bytes=9-5", "items=0-5", "bytes=a-b", "bytes=", "bytes=-", "0-5", "bytes=0-5,x"]
)
def test_a_malformed_range_counts_as_absent(music: Music, listener: Client, given: str) -> None:
    answer = listener.get(music.url, headers={"Range": given})
    assert (answer.status_code, answer.content) == (200, music.data)


def test_several_ranges_come_as_multipart_without_the_impossible_ones(music: Music, listener: Client) -> None:
    answer = listener.get(music.url, headers={"Range": "bytes=0-9, 50-59, 99999999999-"})
    assert answer.status_code == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges")
    assert music.data[0:10] in answer.content
    assert music.data[50:60] in answer.content
    assert answer.content.count(b"Content-Range") == 2


def test_if_range_resumes_only_the_same_file(music: Music, listener: Client) -> None:
    etag = listener.head(music.url).headers["etag"]
    same = listener.get(music.url, headers={"Range": "bytes=10-19", "If-Range": etag})
    other = listener.get(music.url, headers={"Range": "bytes=10-19", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)
    assert len(other.content) == len(music.data)


def test_if_none_match(music: Music, listener: Client) -> None:
    etag = listener.head(music.url).headers["etag"]
    assert listener.get(music.url, headers={"If-None-Match": etag}).status_code == 304
    assert listener.get(music.url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_nobody_hears_without_signing_in(music: Music, visitor: Client) -> None:
    for url in (music.url, f"/download/{music.track_id}"):
        assert visitor.get(url).status_code == 401


def test_a_track_of_another_library_does_not_exist(music: Music, admin_client: Client) -> None:
    stranger = music.api.as_new("stranger", libraries=[])
    assert stranger.get(music.url).status_code == 404
    assert stranger.get(f"/download/{music.track_id}").status_code == 404


@pytest.mark.parametrize("track_id", ["nothing", "0" * 22, "%00", "..%2f..%2fetc%2fpasswd"])
def test_unknown_tracks(listener: Client, track_id: str) -> None:
    assert listener.get(f"/stream/{track_id}").status_code == 404


def test_downloads_carry_a_name_in_any_script(music: Music, listener: Client) -> None:
    answer = listener.get(f"/download/{music.track_id}")
    disposition = answer.headers["content-disposition"]
    expected = "Somebody - Über _alles_ _ 東京.flac"
    assert f"filename*=UTF-8''{quote(expected, safe='')}" in disposition
    assert 'filename="Somebody - _ber _alles_ _ __.flac"' in disposition
    assert answer.content == music.data


def test_a_link_that_leaves_the_library_is_not_followed(
    music: Music, listener: Client, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.flac"
    secret.write_bytes(b"secret")
    music.file.unlink()
    music.file.symlink_to(secret)
    assert listener.get(music.url).status_code == 404


def test_a_file_that_is_gone_says_so(music: Music, listener: Client) -> None:
    music.file.unlink()
    answer = listener.get(music.url)
    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"


def probed(data: bytes, tmp_path: Path) -> tuple[str, float]:
    """Codec and seconds, as ffmpeg hears them."""
    file = tmp_path / "answer"
    file.write_bytes(data)
    decoded = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", file, "-f", "s16le", "-ac", "1", "-ar", "8000", "-"],
        capture_output=True,
        check=True,
    )
    codec = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", file],
        capture_output=True,
        text=True,
        check=True,
    )
    return codec.stdout.strip(), len(decoded.stdout) / 16_000


@pytest.mark.parametrize("target", ["mp3", "opus", "aac"])
def test_transcodes_are_what_they_say(music: Music, listener: Client, tmp_path: Path, target: str) -> None:
    answer = listener.get(music.url, params={"format": target, "bit_rate": 96})
    codec, seconds = probed(answer.content, tmp_path)
    assert codec == target
    assert seconds == pytest.approx(20, abs=0.2)
    assert answer.headers["accept-ranges"] == "none"


def test_a_transcode_can_start_later(music: Music, listener: Client, tmp_path: Path) -> None:
    answer = listener.get(music.url, params={"format": "mp3", "offset_s": 15})
    assert probed(answer.content, tmp_path)[1] == pytest.approx(5, abs=0.2)


def test_a_finished_transcode_is_kept_and_has_ranges(music: Music, listener: Client) -> None:
    first = listener.get(music.url, params={"format": "opus"})
    again = listener.get(music.url, params={"format": "opus"}, headers={"Range": "bytes=0-99"})
    assert again.status_code == 206
    assert again.content == first.content[:100]


def test_a_file_below_the_limit_is_sent_as_it_is(music: Music, listener: Client) -> None:
    assert listener.get(music.url, params={"bit_rate": 800}).content == music.data
    assert listener.get(music.url, params={"format": "flac"}).content == music.data
    assert listener.get(music.url, params={"format": "raw", "bit_rate": 64}).content == music.data


def test_an_unknown_target_is_refused(music: Music, listener: Client) -> None:
    answer = listener.get(music.url, params={"format": "exe"})
    assert (answer.status_code, answer.json()["field"]) == (422, "format")


def test_a_broken_file_is_an_error_not_an_empty_song(music: Music, listener: Client) -> None:
    music.file.write_bytes(b"not music at all" * 1000)
    assert listener.get(music.url, params={"format": "mp3"}).status_code == 503


@pytest.fixture
def long_music(music: Music) -> Iterator[Music]:
    """An hour, so that encoding it takes longer than the test looks."""
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=440:d=3600", "-c:a", "flac", music.file],
        check=True,
    )
    yield music


def encoders(file: Path) -> int:
    """How many ffmpeg processes read `file` now."""
    count = 0
    for process in psutil.process_iter(["cmdline"]):
        count += any(str(file) in argument for argument in process.info["cmdline"] or ())
    return count


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_the_encoder_ends_when_the_listener_leaves(long_music: Music, admin_client: Client) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in admin_client.cookies.items())
    with running(long_music.api.app) as address:
        host = address.removeprefix("http://").rstrip("/")
        listeners = []
        for _ in range(3):
            connection = http.client.HTTPConnection(host, timeout=20)
            connection.request("GET", f"{long_music.url}?format=mp3", headers={"Cookie": cookies})
            answer = connection.getresponse()
            assert answer.status == 200
            assert answer.read(1000)
            listeners.append(connection)
        assert encoders(long_music.file) == 3

        fourth = http.client.HTTPConnection(host, timeout=20)
        fourth.request("GET", f"{long_music.url}?format=mp3", headers={"Cookie": cookies})
        refused = fourth.getresponse()
        assert refused.status == 429
        assert refused.getheader("retry-after")
        refused.read()

        for connection in listeners:
            connection.close()
        assert wait_for(lambda: encoders(long_music.file) == 0)
        fourth.request("GET", f"{long_music.url}?format=mp3", headers={"Cookie": cookies})
        assert fourth.getresponse().status == 200
        fourth.close()
        assert wait_for(lambda: encoders(long_music.file) == 0)


def test_half_a_transcode_is_never_kept(long_music: Music, admin_client: Client) -> None:
    test_the_encoder_ends_when_the_listener_leaves(long_music, admin_client)
    kept = long_music.api.services.settings.data_dir / "cache" / "transcodes"
    assert wait_for(lambda: list(kept.iterdir()) == [])
