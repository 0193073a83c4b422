"""Pictures: the embedded one's bytes, the folder's best name, thumbnails, and an album's colours.

Pillow and numpy are imported inside, because the scan imports this file for its names only.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from resonance.audio.colours import Palette, palette_of
from resonance.core.errors import Invalid, NotFound

if TYPE_CHECKING:
    from PIL.Image import Image

EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp")
_NAMES = ("cover", "folder", "front", "album", "albumart", "albumartlarge", "artwork", "art", "thumb")
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
# JPEG can be decoded at an eighth of its size; the others need memory for every pixel.
_MAX_PIXELS = 40_000_000
_MAX_JPEG_PIXELS = 250_000_000
PLACEHOLDER_LIMIT = 200
Kind = Literal["webp", "jpeg"]  # what thumbnails are made as


def read_embedded_cover(path: str | bytes) -> bytes:
    """The bytes of the picture that read_tags named. Raises NotFound without one, BrokenFile as read_tags."""
    from resonance.audio.tags import read_raw

    data = read_raw(path).cover
    if not data:
        raise NotFound("This file has no picture.")
    return data


def best_folder_cover(names: Iterable[str], album: str | None = None) -> str | None:
    """The file of a folder that is its cover, None when no name says so; case does not matter.

    cover, folder, front, album, ... first, then a picture named as the album, then names that begin with
    one of these words ("cover-large.jpg", "Front (1).png").
    """
    best: tuple[int, int, str] | None = None
    wanted = album.casefold().strip() if album else None
    for name in names:
        stem, dot, extension = name.casefold().rpartition(".")
        if dot + extension not in EXTENSIONS or stem.startswith("."):
            continue
        rank = _rank(stem, wanted)
        if rank is not None:
            candidate = (rank, EXTENSIONS.index(dot + extension), name)
            best = candidate if best is None else min(best, candidate)
    return best[2] if best else None


def _rank(stem: str, wanted: str | None) -> int | None:
    if stem in _NAMES:
        return _NAMES.index(stem)
    if wanted and stem == wanted:
        return len(_NAMES)
    for index, name in enumerate(_NAMES[:4]):
        if stem.startswith(name) and not stem[len(name) : len(name) + 1].isalpha():
            return len(_NAMES) + 1 + index
    return None


def thumbnail(data: bytes, size: int, kind: Kind = "webp") -> bytes:
    """A picture that fits into `size` x `size`, upright, never enlarged. Raises Invalid(code bad_picture)."""
    return encoded(_open(data, size), kind)


def encoded(image: Image, kind: Kind) -> bytes:
    """An RGB picture at the quality that thumbnails are kept in."""
    out = io.BytesIO()
    if kind == "webp":
        image.save(out, "WEBP", quality=82, method=4)
    else:
        image.save(out, "JPEG", quality=88)
    return out.getvalue()


def palette(data: bytes) -> Palette:
    """The album's accent, background and text colours. Raises Invalid(code bad_picture)."""
    return palette_of(_open(data, 96))


def placeholder(data: bytes) -> str:
    """A tiny blurred stand-in as a data URL of at most PLACEHOLDER_LIMIT characters. Raises Invalid."""
    import base64

    image = _open(data, 32)
    for side, quality in ((12, 30), (10, 20), (8, 10), (6, 1), (4, 1), (2, 1)):
        small = image.copy()
        small.thumbnail((side, side))
        out = io.BytesIO()
        small.save(out, "WEBP", quality=quality, method=6)
        url = "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode("ascii")
        if len(url) <= PLACEHOLDER_LIMIT:
            break
    return url


def _open(data: bytes, size: int) -> Image:
    """Decoded to RGB, turned upright, reduced to fit `size`."""
    import struct

    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            pixels = image.width * image.height
            if pixels > (_MAX_JPEG_PIXELS if image.format == "JPEG" else _MAX_PIXELS):
                raise Invalid(f"The picture has {pixels:,} pixels, too many to decode.", code="bad_picture")
            image.draft("RGB", (2 * size, 2 * size))
            upright = ImageOps.exif_transpose(image)
            plain = _plain(upright)
            plain.thumbnail((size, size), Image.Resampling.LANCZOS)
            return plain
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
        MemoryError,
        Image.DecompressionBombError,
    ) as fault:
        raise Invalid(f"The picture cannot be decoded: {fault}", code="bad_picture") from fault


def _plain(image: Image) -> Image:
    from PIL import Image

    if image.mode.startswith("I") or image.mode == "F":
        # 16-bit grey: Pillow's own conversion clips instead of scaling.
        high = image.getextrema()[1]
        scale = 65_535 if isinstance(high, int | float) and high > 255 else 255
        return image.convert("F").point(lambda value: value * (255 / scale)).convert("L").convert("RGB")
    if "A" in image.mode or "transparency" in image.info:
        rgba = image.convert("RGBA")
        ground = Image.new("RGB", rgba.size, "#ffffff")
        ground.paste(rgba, mask=rgba.getchannel("A"))
        return ground
    return image.convert("RGB")
