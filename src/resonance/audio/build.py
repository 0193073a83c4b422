"""From a reader's raw values to AudioFacts: the one place where tags are interpreted."""

from __future__ import annotations

from resonance.audio import clean, lrc
from resonance.audio.facts import AudioFacts, EmbeddedCover, Lyrics, content_hash
from resonance.audio.raw import RawTags, image_mime
from resonance.audio.tag_names import ROLES

# R128 gains aim at -23 LUFS, ReplayGain 2 at -18.
R128_TO_REPLAYGAIN_DB = 5.0


def build_facts(raw: RawTags) -> AudioFacts:
    """Clean and interpret everything the reader found."""
    values, stream = raw.values, raw.stream
    artist_mbids = clean.mbids(values.get("artist_mbid", ()))
    album_artist_mbids = clean.mbids(values.get("album_artist_mbid", ()))
    title = _first(raw, "title")
    artists = _artists(raw, "artist", "artists", len(artist_mbids))
    if title and "f" in title.lower():
        artists = clean.texts([*artists, *clean.split_featured(title)[1]]) if artists else artists
    disc, disc_total, number, number_total = _positions(raw)
    dates = {name: _date(raw, name) for name in ("date", "original_date", "original_year", "release_date")}
    year = dates["date"] or dates["release_date"] or dates["original_date"] or dates["original_year"]
    return AudioFacts(
        format=stream.format,
        codec=stream.codec,
        duration_s=max(0.0, stream.duration_s),
        bit_rate_kbps=stream.bit_rate_kbps or None,
        sample_rate_hz=stream.sample_rate_hz or None,
        bit_depth=stream.bit_depth or None,
        channels=stream.channels or None,
        title=title,
        title_sort=_first(raw, "title_sort"),
        artists=artists,
        artist_display=_display(raw, "artist", artists),
        artist_sorts=clean.separated(values.get("artist_sort", ())),
        album=_first(raw, "album"),
        album_sort=_first(raw, "album_sort"),
        album_artists=(
            album_artists := _artists(raw, "album_artist", "album_artists", len(album_artist_mbids))
        ),
        album_artist_display=_display(raw, "album_artist", album_artists),
        album_artist_sorts=clean.separated(values.get("album_artist_sort", ())),
        genres=clean.genres(values["genre"]) if "genre" in values else (),
        composers=clean.separated(values["composer"]) if "composer" in values else (),
        moods=clean.genres(values["mood"]) if "mood" in values else (),
        credits=tuple((role, n) for role in ROLES if role in values for n in clean.separated(values[role])),
        disc=disc,
        disc_total=disc_total,
        number=number,
        number_total=number_total,
        disc_subtitle=_first(raw, "disc_subtitle"),
        date=dates["date"],
        original_date=dates["original_date"] or dates["original_year"],
        release_date=dates["release_date"],
        year=int(year[:4]) if year else None,
        labels=clean.separated(values["label"]) if "label" in values else (),
        catalog_number=_first(raw, "catalog_number"),
        release_types=_release_types(raw),
        version=_first(raw, "version"),
        compilation=any(clean.flag(v) for v in values.get("compilation", ())),
        recording_mbid=_mbid(raw, "recording_mbid"),
        track_mbid=_mbid(raw, "track_mbid"),
        release_mbid=_mbid(raw, "release_mbid"),
        release_group_mbid=_mbid(raw, "release_group_mbid"),
        artist_mbids=artist_mbids,
        album_artist_mbids=album_artist_mbids,
        isrc=_isrc(raw),
        comment=_comment(raw),
        explicit=any(v.strip().lower() in ("1", "4", "true", "explicit") for v in values.get("explicit", ())),
        bpm=_number(raw, "bpm", 1, 999),
        key=_first(raw, "key", 16),
        gain_track_db=_gain(raw, "gain_track", "r128_track"),
        peak_track=_number(raw, "peak_track", 1e-6, 100),
        gain_album_db=_gain(raw, "gain_album", "r128_album"),
        peak_album=_number(raw, "peak_album", 1e-6, 100),
        lyrics=_lyrics(raw),
        cover=_cover(raw),
    )


def _first(raw: RawTags, name: str, limit: int = clean.MAX_NAME) -> str | None:
    for value in raw.values.get(name, ()):
        if cleaned := clean.text(value.replace("\0", " "), limit):
            return cleaned
    return None


def _artists(raw: RawTags, single: str, several: str, ids: int) -> tuple[str, ...]:
    # A field made for single names needs no splitting at "feat.".
    if several in raw.values and (names := clean.separated(raw.values[several])):
        return names
    return clean.artists(raw.values[single], ids) if single in raw.values else ()


def _display(raw: RawTags, name: str, artists: tuple[str, ...]) -> str | None:
    """The credit as one text: a single value as it stands, several joined by a comma."""
    values = clean.texts(raw.values.get(name, ()))
    return ", ".join(values)[: clean.MAX_NAME] if values else ", ".join(artists)[: clean.MAX_NAME] or None


def _positions(raw: RawTags) -> tuple[int | None, int | None, int | None, int | None]:
    values = raw.values
    side, number, number_total = clean.position(values["number"][0]) if "number" in values else (None,) * 3
    _, disc, disc_total = clean.position(values["disc"][0]) if "disc" in values else (None,) * 3
    if "number_total" in values:
        number_total = clean.position(values["number_total"][0])[1] or number_total
    if "disc_total" in values:
        disc_total = clean.position(values["disc_total"][0])[1] or disc_total
    return disc or side, disc_total, number, number_total


def _date(raw: RawTags, name: str) -> str | None:
    # The most precise of several ("2001" beside "2001-05-03").
    if name not in raw.values:
        return None
    return max((d for v in raw.values[name] if (d := clean.date(v))), key=len, default=None)


def _release_types(raw: RawTags) -> tuple[str, ...]:
    values = raw.values.get("release_type", ())
    return clean.separated(part.lower() for value in values for part in value.replace("/", ";").split(","))


def _mbid(raw: RawTags, name: str) -> str | None:
    return next(iter(clean.mbids(raw.values[name])), None) if name in raw.values else None


def _isrc(raw: RawTags) -> str | None:
    code = (_first(raw, "isrc", 40) or "").replace("-", "").replace(" ", "").upper()
    return code if len(code) == 12 and code.isascii() and code.isalnum() else None


def _comment(raw: RawTags) -> str | None:
    for value in raw.values.get("comment", ()):
        if cleaned := clean.long_text(value.replace("\0", "\n"), 4_000):
            return cleaned
    return None


def _number(raw: RawTags, name: str, low: float, high: float) -> float | None:
    return clean.number(raw.values[name][0], low, high) if name in raw.values else None


def _gain(raw: RawTags, name: str, r128: str) -> float | None:
    gain = _number(raw, name, -60, 60)
    if gain is None and (fixed := _number(raw, r128, -32768, 32767)) is not None:
        gain = round(fixed / 256 + R128_TO_REPLAYGAIN_DB, 4)
    return gain


def _lyrics(raw: RawTags) -> tuple[Lyrics, ...]:
    found: dict[tuple[str, bool], Lyrics] = {}
    for language, body in [*raw.texts, *(("xxx", v) for v in raw.values.get("lyrics", ()))]:
        body = clean.long_text(body.replace("\0", ""))
        lines = lrc.parse(body) if lrc.looks_synced(body) else []
        body = lrc.write(lines) if lines else body
        code = language.lower() if len(language) == 3 and language.isascii() and language.isalpha() else "xxx"
        if body:
            found.setdefault((code, bool(lines)), Lyrics(code, bool(lines), body))
    return tuple(found.values())[:8]


def _cover(raw: RawTags) -> EmbeddedCover | None:
    mime = image_mime(raw.cover) if raw.cover else None
    return EmbeddedCover(content_hash(raw.cover), len(raw.cover), mime) if raw.cover and mime else None
