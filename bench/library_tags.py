"""Tags of the bench's files, written the way taggers write them in each format."""

from __future__ import annotations

import base64
from pathlib import Path

from mutagen import id3
from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from bench.library_plan import Album, Track

PEAK = "0.977000"
XIPH = {"flac": FLAC, "ogg": OggVorbis, "opus": OggOpus}


def write(path: Path, album: Album, track: Track, cover: bytes | None) -> None:
    """Tag a file. `cover` is a PNG to embed."""
    if album.format == "mp3":
        _id3(path, album, track, cover)
    elif album.format == "m4a":
        _mp4(path, album, track, cover)
    else:
        _xiph(path, album, track, cover)


def lrc(track: Track) -> str:
    """Two synced lines."""
    return f"[00:00.10]{track.title}\n[00:00.90]{track.artist}\n"


def _sort_name(artist: str) -> str:
    return f"{artist[4:]}, The" if artist.startswith("The ") else artist


def _gain(track: Track) -> str:
    return f"{track.gain_db:.2f} dB"


def _ids(album: Album) -> dict[str, str]:
    return {
        "MusicBrainz Album Id": album.release,
        "MusicBrainz Artist Id": album.artist_id,
        "MusicBrainz Album Artist Id": album.artist_id,
        "MusicBrainz Release Group Id": album.release_group,
    }


def _id3(path: Path, album: Album, track: Track, cover: bytes | None) -> None:
    texts = {"TIT2": track.title}
    tags = id3.ID3()
    if not album.bare:
        texts |= {
            "TPE1": track.artist,
            "TPE2": album.artist,
            "TALB": album.title,
            "TRCK": f"{track.number}/{album.per_disc}",
            "TPOS": f"{track.disc}/{album.discs}",
            "TDRC": album.date,
            "TDOR": album.date[:4],
            "TBPM": str(track.bpm),
            "TKEY": track.key,
            "TPUB": album.label,
            "TSOP": _sort_name(track.artist),
        }
        tags.add(id3.TCON(encoding=3, text=album.genres))
        tags.add(id3.UFID(owner="http://musicbrainz.org", data=track.recording.encode()))
        free = _ids(album)
        if album.gain:
            free |= {"REPLAYGAIN_TRACK_GAIN": _gain(track), "REPLAYGAIN_TRACK_PEAK": PEAK}
        for name, value in free.items():
            tags.add(id3.TXXX(encoding=3, desc=name, text=value))
        if album.compilation:
            texts["TCMP"] = "1"
        if track.lyrics == "tag":
            tags.add(id3.USLT(encoding=3, lang="eng", text=lrc(track)))
        if cover:
            tags.add(id3.APIC(encoding=3, mime="image/png", type=3, desc="front", data=cover))
    for frame, text in texts.items():
        tags.add(getattr(id3, frame)(encoding=3, text=text))
    tags.save(path, v2_version=4)


def _xiph(path: Path, album: Album, track: Track, cover: bytes | None) -> None:
    file = XIPH[album.format](path)
    file["title"] = track.title
    if not album.bare:
        file.update(
            {
                "artist": track.artist,
                "albumartist": album.artist,
                "album": album.title,
                "tracknumber": str(track.number),
                "tracktotal": str(album.per_disc),
                "discnumber": str(track.disc),
                "disctotal": str(album.discs),
                "date": album.date,
                "genre": album.genres,
                "bpm": str(track.bpm),
                "key": track.key,
                "label": album.label,
                "artistsort": _sort_name(track.artist),
                "musicbrainz_trackid": track.recording,
            }
        )
        file.update(
            {name.lower().replace(" ", "_").replace("_id", "id"): v for name, v in _ids(album).items()}
        )
        if album.compilation:
            file["compilation"] = "1"
        if album.gain and album.format == "opus":
            file["r128_track_gain"] = str(int((track.gain_db - 5) * 256))
        elif album.gain:
            file.update({"replaygain_track_gain": _gain(track), "replaygain_track_peak": PEAK})
        if track.lyrics == "tag":
            file["lyrics"] = lrc(track)
        if cover:
            picture = Picture()
            picture.type, picture.mime, picture.data = 3, "image/png", cover
            if isinstance(file, FLAC):
                file.add_picture(picture)
            else:
                file["metadata_block_picture"] = base64.b64encode(picture.write()).decode()
    file.save()


def _mp4(path: Path, album: Album, track: Track, cover: bytes | None) -> None:
    file = MP4(path)
    file["\xa9nam"] = track.title
    if not album.bare:
        file.update(
            {
                "\xa9ART": track.artist,
                "aART": album.artist,
                "\xa9alb": album.title,
                "trkn": [(track.number, album.per_disc)],
                "disk": [(track.disc, album.discs)],
                "\xa9day": album.date,
                "\xa9gen": album.genres,
                "tmpo": [track.bpm],
                "soar": _sort_name(track.artist),
                "cpil": album.compilation,
            }
        )
        free = {**_ids(album), "MusicBrainz Track Id": track.recording, "LABEL": album.label}
        if album.gain:
            free |= {"replaygain_track_gain": _gain(track), "replaygain_track_peak": PEAK}
        for name, value in free.items():
            file[f"----:com.apple.iTunes:{name}"] = MP4FreeForm(value.encode())
        if track.lyrics == "tag":
            file["\xa9lyr"] = lrc(track)
        if cover:
            file["covr"] = [MP4Cover(cover, MP4Cover.FORMAT_PNG)]
    file.save()
