"""Exact lengths from headers: each equals what ffmpeg decodes, in every version of it that is at hand."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from mutagen.mp4 import MP4, MP4FreeForm

from resonance.audio import decode_pass, exact
from resonance.audio.ffmpeg import find_ffmpeg

# kind: (format, codec, extension, rate, channels, ffmpeg's output options)
KINDS: dict[str, tuple[str, str, str, int, int, list[str]]] = {
    "mp3": ("mp3", "mp3", "mp3", 44100, 2, ["-c:a", "libmp3lame", "-b:a", "128k"]),
    "mp3-vbr-mono-48k": ("mp3", "mp3", "mp3", 48000, 1, ["-c:a", "libmp3lame", "-q:a", "4"]),
    "mp3-low-rate": ("mp3", "mp3", "mp3", 22050, 2, ["-c:a", "libmp3lame", "-b:a", "64k"]),
    "aac": ("m4a", "aac", "m4a", 44100, 2, ["-c:a", "aac", "-b:a", "96k"]),
    "aac-mono-48k": (
        "m4a",
        "aac",
        "m4a",
        48000,
        1,
        ["-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart"],
    ),
    "alac": ("m4a", "alac", "m4a", 44100, 2, ["-c:a", "alac"]),
    "alac-96k": ("m4a", "alac", "m4a", 96000, 1, ["-c:a", "alac"]),
    "flac": ("flac", "flac", "flac", 44100, 2, ["-c:a", "flac"]),
    "flac-96k": ("flac", "flac", "flac", 96000, 2, ["-c:a", "flac", "-sample_fmt", "s32"]),
    "ogg-flac": ("ogg", "flac", "oga", 48000, 2, ["-c:a", "flac", "-f", "ogg"]),
    "opus": ("opus", "opus", "opus", 48000, 2, ["-c:a", "libopus", "-b:a", "64k"]),
    "opus-mono-60ms": ("opus", "opus", "opus", 48000, 1, ["-c:a", "libopus", "-frame_duration", "60"]),
    "vorbis": ("ogg", "vorbis", "ogg", 44100, 2, ["-c:a", "libvorbis"]),
    "vorbis-mono-96k": ("ogg", "vorbis", "ogg", 96000, 1, ["-c:a", "libvorbis"]),
    "wav": ("wav", "pcm", "wav", 44100, 2, []),
    "wav-24-96k": ("wav", "pcm", "wav", 96000, 2, ["-c:a", "pcm_s24le"]),
    "wav-float-mono": ("wav", "pcm", "wav", 48000, 1, ["-c:a", "pcm_f32le"]),
    "aiff": ("aiff", "pcm", "aiff", 44100, 2, []),
    "aiff-24-mono": ("aiff", "pcm", "aiff", 48000, 1, ["-c:a", "pcm_s24be"]),
}
LENGTHS = (250_001, 200_000, 262_144)


def programs() -> list[str]:
    found = [find_ffmpeg()]
    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        found.append(get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        pass
    return list(dict.fromkeys(found))


def make(path: Path, samples: int, rate: int, channels: int, options: list[str]) -> Path:
    sound = "|".join(f"0.3*sin({440 + 220 * n}*2*PI*t)" for n in range(channels))
    command = [
        find_ffmpeg(),
        "-nostdin",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        f"aevalsrc={sound}:s={rate}",
    ]
    subprocess.run([*command, "-af", f"atrim=end_sample={samples}", *options, str(path)], check=True)
    return path


def decoded(path: Path, known: exact.Exact | None) -> set[tuple[int, int, int]]:
    return {decode_pass.count(path, program, known) for program in programs()}


@pytest.mark.parametrize("samples", LENGTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_header_counts_what_ffmpeg_decodes(kind: str, samples: int, tmp_path: Path) -> None:
    format_, codec, extension, rate, channels, options = KINDS[kind]
    path = make(tmp_path / f"tone.{extension}", samples, rate, channels, options)
    found = exact.read(path, format_, codec)
    assert found is not None
    # ffmpeg's MP3 writer may note a little less padding than there is, and then plays that too.
    assert 0 <= found.samples - samples <= (40 if codec == "mp3" else 0)
    assert decoded(path, found) == {(found.samples, rate, channels)}


def test_lame_files_tell_delay_and_padding(tmp_path: Path) -> None:
    _, _, _, rate, channels, options = KINDS["mp3"]
    found = exact.read(make(tmp_path / "a.mp3", 50_001, rate, channels, options), "mp3", "mp3")
    assert found is not None and found.encoder_delay == 576
    assert (found.encoder_delay + found.padding + found.samples) % 1152 == 0


def test_a_sound_file_behind_tags_is_read_past_them(tmp_path: Path) -> None:
    from tests.fixtures.audio import picture, tag_file

    for kind in ("mp3", "flac", "aac", "vorbis", "opus", "wav", "aiff"):
        format_, codec, extension, rate, channels, options = KINDS[kind]
        path = make(tmp_path / f"tagged.{extension}", 140_007, rate, channels, options)
        tag_file(path, title="T" * 3_000, cover=picture())
        found = exact.read(path, format_, codec)
        assert found is not None and found.samples == 140_007, kind
        assert decoded(path, found) == {(140_007, rate, channels)}


def patched(path: Path, old: bytes, new: bytes) -> Path:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    return path


def test_an_mp3_without_a_trustworthy_tag_has_whole_frames_or_is_unknown(tmp_path: Path) -> None:
    _, _, _, rate, channels, options = KINDS["mp3"]
    unknown = make(tmp_path / "x.mp3", 50_001, rate, channels, [*options, "-write_xing", "0"])
    assert exact.read(unknown, "mp3", "mp3") is None
    foreign = patched(make(tmp_path / "y.mp3", 50_001, rate, channels, options), b"Lavc", b"Gogo")
    found = exact.read(foreign, "mp3", "mp3")
    assert found is not None and (found.encoder_delay, found.padding) == (0, 0)
    assert decoded(foreign, found) == {(found.samples, rate, channels)}


def test_a_file_that_was_cut_or_joined_is_unknown(tmp_path: Path) -> None:
    _, _, _, rate, channels, options = KINDS["mp3"]
    whole = make(tmp_path / "whole.mp3", 150_001, rate, channels, options).read_bytes()
    for name, data in {"cut": whole[:-1_000], "joined": whole + whole[1_000:]}.items():
        path = tmp_path / f"{name}.mp3"
        path.write_bytes(data)
        assert exact.read(path, "mp3", "mp3") is None, name


def test_itunes_own_count_wins(tmp_path: Path) -> None:
    _, _, _, rate, channels, options = KINDS["aac"]
    for samples in (150_001, 96_000):
        path = make(tmp_path / f"{samples}.m4a", samples, rate, channels, options)
        tags = MP4(path)
        note = f" 00000000 00000400 {-(samples + 1024) % 1024:08X} {samples - 5:016X} 00000000 00000000"
        tags["----:com.apple.iTunes:iTunSMPB"] = [MP4FreeForm(note.encode())]
        tags.save()
        for data in (path.read_bytes(), path.read_bytes().replace(b"edts", b"free")):
            path.write_bytes(data)
            found = exact.read(path, "m4a", "aac")
            assert found is not None and (found.samples, found.encoder_delay) == (samples - 5, 1024)
            assert decoded(path, found) == {(samples - 5, rate, channels)}
    # The note of a longer song is not believed.
    short = make(tmp_path / "short.m4a", 50_001, rate, channels, options)
    tags = MP4(short)
    tags["----:com.apple.iTunes:iTunSMPB"] = [MP4FreeForm(note.encode())]
    tags.save()
    found = exact.read(short, "m4a", "aac")
    assert found is not None and found.samples == 50_001


def test_an_edit_list_that_ends_early_is_followed(tmp_path: Path) -> None:
    _, _, _, rate, channels, options = KINDS["aac"]
    path = make(tmp_path / "a.m4a", 88_200, rate, channels, options)
    data = path.read_bytes()
    place = data.find(b"elst") + 12
    path.write_bytes(data[:place] + (1_500).to_bytes(4, "big") + data[place + 4 :])  # of 2,000 ms
    found = exact.read(path, "m4a", "aac")
    assert found is not None and found.samples == 66_150
    assert decoded(path, found) == {(66_150, rate, channels)}


def test_a_piece_of_the_music_is_cut_to_the_sample(tmp_path: Path) -> None:
    for kind in ("aac", "flac"):
        format_, codec, extension, rate, channels, options = KINDS[kind]
        path = make(tmp_path / f"p.{extension}", 150_001, rate, channels, options)
        known = exact.read(path, format_, codec)
        assert known is not None
        keep = exact.filters(known, first=1_000, last=151_000)
        command = [
            find_ffmpeg(),
            "-v",
            "error",
            *exact.input_options(known),
            "-i",
            str(path),
            "-af",
            ",".join(keep),
        ]
        sound = subprocess.run([*command, "-f", "s16le", "-"], check=True, capture_output=True).stdout
        assert len(sound) == 149_001 * 2 * channels


def test_unknown_counts_stay_unknown(tmp_path: Path) -> None:
    flac = make(tmp_path / "a.flac", 96_000, 44100, 2, KINDS["flac"][5])
    data = bytearray(flac.read_bytes())
    data[21] &= 0xF0
    data[22:26] = bytes(4)
    flac.write_bytes(data)
    assert exact.read(flac, "flac", "flac") is None
    one_page = make(tmp_path / "a.ogg", 30_000, 44100, 2, KINDS["vorbis"][5])
    assert exact.read(one_page, "ogg", "vorbis") is None
    assert exact.read(one_page, "wma", "wma") is None


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_headers_never_raise(kind: str, tmp_path: Path) -> None:
    format_, codec, extension, rate, channels, options = KINDS[kind]
    whole = make(tmp_path / f"tone.{extension}", 96_000, rate, channels, options).read_bytes()
    path = tmp_path / "damaged"
    for place in range(0, 2_000, 13):
        path.write_bytes(whole[:place])
        assert exact.read(path, format_, codec) is None or place > 41
        path.write_bytes(whole[:place] + b"\xff\xff\xff\xff" + whole[place + 4 :])
        exact.read(path, format_, codec)
    index = whole.find(b"moov")
    for place in range(max(0, index), max(0, index) + 700, 7):
        path.write_bytes(whole[:place] + b"\x7f\xff\xff\xff" + whole[place + 4 :])
        exact.read(path, format_, codec)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        exact.read(tmp_path / "none.flac", "flac", "flac")
