"""Thumbnails, colours and placeholders from real pictures."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from resonance.audio import colours, covers
from resonance.core.errors import Invalid, NotFound
from resonance.demo.covers import cover
from tests.fixtures.audio import make_tone, picture


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("size", [96, 320, 960])
def test_thumbnails_fit_and_are_never_enlarged(size: int) -> None:
    made = opened(covers.thumbnail(cover(2, 1), size))
    assert made.format == "WEBP"
    assert made.size == (min(size, 800),) * 2


def test_shape_is_kept() -> None:
    made = opened(covers.thumbnail(saved(Image.new("RGB", (600, 300)), "PNG"), 96))
    assert made.size == (96, 48)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = (
        Image.new(mode, (64, 64)) if mode == "I;16" else Image.new("RGB", (64, 64), "#d04020").convert(mode)
    )
    made = opened(covers.thumbnail(saved(image, kind), 32))
    assert made.mode == "RGB" and made.size == (32, 32)
    if mode in ("RGB", "RGBA", "CMYK"):
        red, green, blue = made.getpixel((16, 16))  # type: ignore[misc]
        assert red > 160 and green < 110 and blue < 90


def test_photographs_are_turned_upright() -> None:
    image = Image.new("RGB", (80, 40), "red")
    exif = image.getexif()
    exif[0x0112] = 6
    assert opened(covers.thumbnail(saved(image, "JPEG", exif=exif), 80)).size == (40, 80)


@pytest.mark.parametrize(
    "data", [b"", b"no picture", picture()[:60], b"\xff\xd8\xff" + bytes(50), b"GIF89a" + bytes(20)]
)
def test_bad_pictures_are_refused_with_a_code(data: bytes) -> None:
    for call in (
        lambda: covers.thumbnail(data, 96),
        lambda: covers.palette(data),
        lambda: covers.placeholder(data),
    ):
        with pytest.raises(Invalid) as caught:
            call()
        assert caught.value.code == "bad_picture"


def test_decompression_bombs_are_refused() -> None:
    bomb = saved(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(bomb) < 200_000
    with pytest.raises(Invalid):
        covers.thumbnail(bomb, 96)


def test_palettes_are_readable_for_every_colour() -> None:
    rng = np.random.default_rng(5)
    pictures = [cover(index, 1) for index in range(10)]
    pictures += [
        picture(f"#{value:06x}") for value in (0, 0xFFFFFF, 0x808080, 0xFF0000, 0xFFFF00, 0x0000FF, 0x00FF00)
    ]
    pictures += [picture(f"#{int(value):06x}") for value in rng.integers(0, 1 << 24, 40)]
    for data in pictures:
        made = covers.palette(data)
        assert colours.contrast(made.text, made.background) >= 4.5
        assert colours.contrast(made.accent_hex, made.background) >= 4.5
        assert 0 <= made.accent.c <= 0.14 and 0.74 <= made.accent.l <= 0.82 and 0 <= made.accent.h < 360


def test_the_accent_is_the_hue_one_sees() -> None:
    # OKLab hues: red near 29, green near 142, blue near 264, yellow near 110
    for colour, hue in {"#ff0000": 29, "#00ff00": 142, "#0000ff": 264, "#ffff00": 110}.items():
        assert covers.palette(picture(colour)).accent.h == pytest.approx(hue, abs=3)
    mostly_grey = Image.new("RGB", (90, 90), "#777777")
    mostly_grey.paste("#c03040", (0, 0, 30, 90))
    assert covers.palette(saved(mostly_grey, "PNG")).accent.h == pytest.approx(19, abs=8)
    assert covers.palette(picture("#7a7a7a")).accent.c < 0.03


def test_contrast_is_that_of_wcag() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_placeholders_are_tiny() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 300, 3), np.uint8)
    for data in [*(cover(index, 1) for index in range(10)), saved(Image.fromarray(noise), "PNG")]:
        url = covers.placeholder(data)
        assert len(url) <= covers.PLACEHOLDER_LIMIT
        head, _, body = url.partition(",")
        assert head == "data:image/webp;base64"
        assert max(opened(base64.b64decode(body)).size) >= 2


@pytest.mark.parametrize(
    ("names", "album", "best"),
    [
        (["back.jpg", "Cover.PNG", "folder.jpg"], None, "Cover.PNG"),
        (["folder.jpg", "cover.jpg", "cover.png"], None, "cover.jpg"),
        (["Some Album.webp", "scan01.jpg"], "some album", "Some Album.webp"),
        (["front (1).jpg", "inlay.jpg"], None, "front (1).jpg"),
        (["AlbumArtSmall.jpg", "booklet.pdf", "cover.txt"], None, None),
        (["recovered.jpg", ".cover.jpg"], None, None),
        (["FOLDER.JPEG"], None, "FOLDER.JPEG"),
    ],
)
def test_folder_covers(names: list[str], album: str | None, best: str | None) -> None:
    assert covers.best_folder_cover(names, album) == best


def test_embedded_bytes_come_back(tmp_path: Path) -> None:
    art = picture("#aa5511")
    for extension in ("mp3", "flac", "opus", "m4a"):
        assert covers.read_embedded_cover(str(make_tone(tmp_path / f"x.{extension}", cover=art))) == art
    with pytest.raises(NotFound):
        covers.read_embedded_cover(str(make_tone(tmp_path / "y.mp3")))
