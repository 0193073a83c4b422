"""Complete tags in each format's own words.

There are no MusicBrainz ids: these tracks are in no database, and an invented id would be sent to scrobblers.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from mutagen.flac import FLAC, Picture
from mutagen.id3 import (
    APIC,
    ID3,
    TALB,
    TBPM,
    TCMP,
    TCON,
    TDRC,
    TIT2,
    TKEY,
    TPE1,
    TPE2,
    TPOS,
    TPUB,
    TRCK,
    TSST,
    TXXX,
    USLT,
)
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm
from mutagen.oggopus import OggOpus

from resonance.demo.lyrics import synced_lyrics
from resonance.demo.plan import DemoTrack

REPLAYGAIN_LUFS = -18.0


def tag(path: Path, track: DemoTrack, cover: bytes | None) -> None:
    """Write every tag the track has."""
    if track.format == "mp3":
        _id3(path, track, cover)
    elif track.format == "m4a":
        _mp4(path, track, cover)
    else:
        _vorbis(path, track, cover)


def _key(track: DemoTrack) -> str:
    return track.tonic + ("m" if track.mode == "minor" else "")


def _gain(track: DemoTrack) -> float:
    return REPLAYGAIN_LUFS - track.lufs


def _id3(path: Path, track: DemoTrack, cover: bytes | None) -> None:
    tags = ID3()
    for frame in (
        TIT2(3, track.title),
        TPE1(3, track.artist),
        TPE2(3, track.album_artist),
        TALB(3, track.album),
        TRCK(3, f"{track.number}/{track.number_total}"),
        TPOS(3, f"{track.disc}/{track.disc_total}"),
        TDRC(3, track.date),
        TCON(3, list(track.genres)),
        TBPM(3, f"{track.bpm:.0f}"),
        TKEY(3, _key(track)),
        TPUB(3, track.label),
        TXXX(3, "MOOD", list(track.moods)),
        TXXX(3, "ARTISTS", list(track.artists)),
        TXXX(3, "REPLAYGAIN_TRACK_GAIN", f"{_gain(track):.2f} dB"),
    ):
        tags.add(frame)
    if track.compilation:
        tags.add(TCMP(3, "1"))
    if track.disc_subtitle:
        tags.add(TSST(3, track.disc_subtitle))
    if words := synced_lyrics(track):
        tags.add(USLT(3, "eng", "", words))
    if cover:
        tags.add(APIC(3, "image/jpeg", 3, "", cover))
    tags.save(path, v2_version=4)


def _vorbis(path: Path, track: DemoTrack, cover: bytes | None) -> None:
    audio: Any = FLAC(path) if track.format == "flac" else OggOpus(path)
    audio.update(
        {
            "title": track.title,
            "artist": track.artist,
            "artists": list(track.artists),
            "albumartist": track.album_artist,
            "album": track.album,
            "tracknumber": str(track.number),
            "tracktotal": str(track.number_total),
            "discnumber": str(track.disc),
            "disctotal": str(track.disc_total),
            "date": track.date,
            "genre": list(track.genres),
            "bpm": f"{track.bpm:.0f}",
            "initialkey": _key(track),
            "label": track.label,
            "mood": list(track.moods),
        }
    )
    if track.format == "opus":
        audio["r128_track_gain"] = str(round((_gain(track) - 5) * 256))
    else:
        audio["replaygain_track_gain"] = f"{_gain(track):.2f} dB"
    if track.compilation:
        audio["compilation"] = "1"
    if track.disc_subtitle:
        audio["discsubtitle"] = track.disc_subtitle
    if words := synced_lyrics(track):
        audio["lyrics"] = words
    if cover:
        picture = Picture()
        picture.type, picture.mime, picture.data = 3, "image/jpeg", cover
        picture.width = picture.height = 800
        picture.depth = 24
        if isinstance(audio, FLAC):
            audio.add_picture(picture)
        else:
            audio["metadata_block_picture"] = [base64.b64encode(picture.write()).decode()]
    audio.save()


def _mp4(path: Path, track: DemoTrack, cover: bytes | None) -> None:
    audio = MP4(path)
    audio.update(
        {
            "\xa9nam": track.title,
            "\xa9ART": track.artist,
            "aART": track.album_artist,
            "\xa9alb": track.album,
            "trkn": [(track.number, track.number_total)],
            "disk": [(track.disc, track.disc_total)],
            "\xa9day": track.date,
            "\xa9gen": list(track.genres),
            "tmpo": [round(track.bpm)],
            "cpil": track.compilation,
        }
    )
    free = {
        "initialkey": [_key(track)],
        "LABEL": [track.label],
        "MOOD": list(track.moods),
        "ARTISTS": list(track.artists),
        "replaygain_track_gain": [f"{_gain(track):.2f} dB"],
    }
    if track.disc_subtitle:
        free["DISCSUBTITLE"] = [track.disc_subtitle]
    for name, values in free.items():
        audio["----:com.apple.iTunes:" + name] = [MP4FreeForm(value.encode()) for value in values]
    if words := synced_lyrics(track):
        audio["\xa9lyr"] = words
    if cover:
        audio["covr"] = [MP4Cover(cover, MP4Cover.FORMAT_JPEG)]
    audio.save()
