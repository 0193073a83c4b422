"""stream and download, with real files and a real ffmpeg."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.api.subsonic.conftest import Server


def test_the_file_itself_with_ranges(server: Server, music: Path) -> None:
    whole = (music / "shared" / "Beatles" / "Help.flac").read_bytes()
    song = server.seeded["song"]
    answer = server.ada.raw("stream", id=song)
    assert answer.content == whole
    assert answer.headers["content-type"] == "audio/flac"
    assert answer.headers["accept-ranges"] == "bytes"
    params = {**server.ada.login(), "id": song, "format": "raw", "estimateContentLength": "true"}
    part = server.client.get("/rest/stream.view", params=params, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole[10:20])
    head = server.client.head("/rest/stream", params=params)
    assert (head.content, head.headers["content-length"]) == (b"", str(len(whole)))
    beyond = server.client.get("/rest/stream", params=params, headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


def test_a_format_nobody_encodes_means_the_file(server: Server) -> None:
    assert (
        server.ada.raw("stream", id=server.seeded["song"], format="wma").headers["content-type"]
        == "audio/flac"
    )


def test_transcodes_with_a_time_offset(server: Server, tmp_path: Path) -> None:
    def seconds(**params: object) -> float:
        answer = server.ada.raw("stream", id=server.seeded["song"], format="mp3", maxBitRate=64, **params)
        assert answer.headers["content-type"] == "audio/mpeg"
        (tmp_path / "got.mp3").write_bytes(answer.content)
        probe = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]
        return float(subprocess.check_output([*probe, str(tmp_path / "got.mp3")]))

    assert 1.8 < seconds() < 2.3
    assert 0.8 < seconds(timeOffset=1) < 1.3


def test_download_has_a_name(server: Server, music: Path) -> None:
    answer = server.ada.raw("download", id=server.seeded["hunter"])
    assert answer.content == (music / "shared" / "Björk" / "01 Hunter.mp3").read_bytes()
    assert "Bj%C3%B6rk%20-%20Hunter.mp3" in answer.headers["content-disposition"]


def test_failures_are_envelopes(server: Server) -> None:
    assert server.ada.fault("stream", id="nothing") == 70
    assert server.ada.fault("stream") == 10
    assert server.ada.fault("stream", id=server.seeded["homogenic"]) == 70
    assert server.ada.fault("download", id="") == 10
