"""/tracks/{id}/playback and /seg: what the player is told and sent."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from resonance.analysis import sound as measured
from resonance.db.tables.analysis import sound
from resonance.db.tables.library import library
from tests.api.conftest import Api, Client
from tests.fixtures.audio import make_tone
from tests.fixtures.rows import Rows

pytestmark = pytest.mark.sqlite_only("the database only says where the bytes are")


@dataclass
class Music:
    """Files of a library as tracks."""

    api: Api
    root: Path
    library_id: str

    def add(self, name: str, *, codec: str | None = None, **more: Any) -> str:
        """A file that lies in the library becomes a track; its id."""
        form = {"m4a": "aac", "wav": "pcm"}.get(suffix := name.rpartition(".")[2], suffix)
        facts = {"path": name, "format": suffix, "codec": codec or form, **more}
        with self.api.services.db.write() as uow:
            return Rows(uow).track(name, library_id=self.library_id, file=facts)


@pytest.fixture
def music(api: Api, tmp_path: Path) -> Music:
    root = tmp_path / "music"
    root.mkdir()
    with api.services.db.write() as uow:
        library_id = Rows(uow).library()
        uow.execute(library.update().values(path=str(root)))
    return Music(api, root, library_id)


def decoded(data: bytes) -> bytes:
    """The sound as 32-bit samples."""
    command = ["ffmpeg", "-v", "error", "-i", "pipe:0", "-f", "s32le", "pipe:1"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def whole(client: Client, manifest: dict[str, Any], tier: dict[str, Any]) -> bytes:
    """Init and every fragment of a tier."""
    base = f"/api/v1/seg/{manifest['track_id']}/{tier['name']}"
    parts = (["init"] if tier["init"] else []) + list(range(tier["fragments"]))
    answers = [client.get(f"{base}/{part}", params={"v": manifest["version"]}) for part in parts]
    assert {answer.status_code for answer in answers} == {200}
    over = client.get(f"{base}/{tier['fragments']}", params={"v": manifest["version"]})
    assert (over.status_code, over.json()["code"]) == (404, "fragment_past_end")
    return b"".join(answer.content for answer in answers)


def test_a_flac_file_comes_through_to_the_bit(music: Music, admin_client: Client) -> None:
    file = make_tone(music.root / "a.flac", seconds=13.123)
    manifest = admin_client.get(f"/api/v1/tracks/{music.add('a.flac')}/playback").json()
    tier = manifest["tiers"][0]
    assert (tier["name"], tier["original"], tier["delay_samples"]) == ("flac", True, 0)
    assert manifest["samples"] == tier["samples"] == round(13.123 * 44100)
    assert manifest["duration_s"] == manifest["samples"] / 44100
    assert decoded(whole(admin_client, manifest, tier)) == decoded(file.read_bytes())


def test_a_stale_version_is_told(music: Music, admin_client: Client) -> None:
    file = make_tone(music.root / "a.flac", seconds=5)
    track = music.add("a.flac")
    version = admin_client.get(f"/api/v1/tracks/{track}/playback").json()["version"]
    make_tone(file, seconds=6)
    answer = admin_client.get(f"/api/v1/seg/{track}/flac/0", params={"v": version})
    assert (answer.status_code, answer.json()["code"]) == (409, "file_changed")
    assert admin_client.get(f"/api/v1/tracks/{track}/playback").json()["version"] != version


def test_a_track_of_another_library_does_not_exist(music: Music, admin_client: Client) -> None:
    make_tone(music.root / "a.flac", seconds=5)
    track = music.add("a.flac")
    manifest = admin_client.get(f"/api/v1/tracks/{track}/playback").json()
    stranger = music.api.as_new("stranger", libraries=[])
    for path in (f"tracks/{track}/playback", f"seg/{track}/flac/init", f"seg/{track}/flac/0"):
        answer = stranger.get(f"/api/v1/{path}", params={"v": manifest["version"]})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_nobody_hears_without_signing_in(music: Music, visitor: Client) -> None:
    make_tone(music.root / "a.flac", seconds=5)
    track = music.add("a.flac")
    for path in (f"tracks/{track}/playback", f"seg/{track}/flac/0?v=x"):
        assert visitor.get(f"/api/v1/{path}").status_code == 401


def test_head_is_as_get_without_the_bytes(music: Music, admin_client: Client) -> None:
    make_tone(music.root / "a.flac", seconds=5)
    track = music.add("a.flac")
    version = admin_client.get(f"/api/v1/tracks/{track}/playback").json()["version"]
    url, params = f"/api/v1/seg/{track}/flac/0", {"v": version}
    head, full = admin_client.head(url, params=params), admin_client.get(url, params=params)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-length", "content-type", "cache-control"):
        assert head.headers[name] == full.headers[name]


def test_unknown_tiers_and_numbers(music: Music, admin_client: Client) -> None:
    make_tone(music.root / "a.flac", seconds=5)
    track = music.add("a.flac")
    version = admin_client.get(f"/api/v1/tracks/{track}/playback").json()["version"]
    found = {
        part: admin_client.get(f"/api/v1/seg/{track}/{part}", params={"v": version}).status_code
        for part in ("wav/0", "flac/-1", "flac/x", "flac/99999999", "flac/9999999", "..%2f/0")
    }
    assert found["wav/0"] == found["flac/9999999"] == 404
    assert found["flac/-1"] == found["flac/x"] == found["flac/99999999"] == 422
    assert found["..%2f/0"] == 404
    assert admin_client.get(f"/api/v1/seg/{track}/flac/0").status_code == 422


def test_a_file_that_is_gone_says_so(music: Music, admin_client: Client) -> None:
    file = make_tone(music.root / "a.flac", seconds=5)
    track = music.add("a.flac")
    version = admin_client.get(f"/api/v1/tracks/{track}/playback").json()["version"]
    file.unlink()
    for path in (f"tracks/{track}/playback", f"seg/{track}/flac/0?v={version}"):
        answer = admin_client.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


@pytest.mark.parametrize(
    ("suffix", "codec"), [("mp3", "mp3"), ("m4a", "aac"), ("opus", "opus"), ("wav", "pcm")]
)
def test_every_tier_of_other_files(music: Music, admin_client: Client, suffix: str, codec: str) -> None:
    make_tone(music.root / f"a.{suffix}", seconds=5.5)
    track = music.add(f"a.{suffix}", codec=codec, sample_rate_hz=44100, channels=2)
    manifest = admin_client.get(f"/api/v1/tracks/{track}/playback").json()
    made = ["flac", "mp3-320", "mp3-v2", "opus-128", "aac-192"]
    assert [tier["name"] for tier in manifest["tiers"]] == [*(["mp3"] if suffix == "mp3" else []), *made]
    for tier in manifest["tiers"]:
        music_bytes = decoded(whole(admin_client, manifest, tier))
        seconds = len(music_bytes) / 8 / tier["sample_rate_hz"]
        assert manifest["duration_s"] <= seconds < manifest["duration_s"] + 0.1
        assert tier["splice"] == (tier["name"] in ("flac", "mp3", "mp3-320", "mp3-v2"))


def test_a_length_that_only_decoding_tells_is_kept(music: Music, admin_client: Client) -> None:
    make_tone(music.root / "a.wv", seconds=5.5)
    track = music.add("a.wv", codec="wavpack", bit_depth=16)
    manifest = admin_client.get(f"/api/v1/tracks/{track}/playback").json()
    assert manifest["samples"] == round(5.5 * 44100)
    with music.api.services.db.read() as uow:
        (row,) = uow.execute(select(sound)).all()
    assert (row.samples, row.counted, row.etag) == (manifest["samples"], "decoded", manifest["version"])


def test_what_was_measured_is_told(music: Music, admin_client: Client) -> None:
    make_tone(music.root / "a.flac", seconds=5)
    track = music.add("a.flac", id="C" * 22)
    url = f"/api/v1/tracks/{track}/playback"
    before = admin_client.get(url).json()
    assert (before["silence"], before["waveform"]) == (None, "pending")
    with music.api.services.db.write() as uow:
        found = {"peaks": b"\x01" * 1000, "lead_silence_s": 0.5, "trail_silence_s": 0.25}
        measured.keep(uow, measured.Sound(carrier_id="C" * 22, etag=before["version"], **found))
    after = admin_client.get(url).json()
    assert (after["silence"], after["waveform"]) == ({"lead_s": 0.5, "trail_s": 0.25}, "ready")


@pytest.mark.parametrize("suffix", ["flac", "mp3", "m4a", "opus", "wav", "wv"])
def test_a_file_that_is_no_music_is_refused(music: Music, admin_client: Client, suffix: str) -> None:
    (music.root / f"a.{suffix}").write_bytes(b"not music at all" * 1000)
    track = music.add(f"a.{suffix}")
    answer = admin_client.get(f"/api/v1/tracks/{track}/playback")
    assert (answer.status_code, answer.json()["code"]) == (422, "undecodable")


def test_a_file_under_a_wrong_name_plays(music: Music, admin_client: Client) -> None:
    made = make_tone(music.root / "a.mp3", seconds=5)
    made.rename(music.root / "a.flac")
    manifest = admin_client.get(f"/api/v1/tracks/{music.add('a.flac')}/playback").json()
    for tier in manifest["tiers"]:
        assert not tier["original"]
        assert len(decoded(whole(admin_client, manifest, tier))) >= 5 * 44100 * 8
