"""Album art: flat shapes in a few colours, drawn at twice the size and scaled down."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIDE = 800
_BIG = 2 * SIDE

# (ground, then the colours of the shapes from far to near)
_PALETTES = (
    ("#14213d", "#e5989b", "#ffb4a2", "#fca311", "#fff1d0"),
    ("#101014", "#2a2438", "#5c3d6e", "#b5838d", "#f4d7c4"),
    ("#e9e3d5", "#9fb3a5", "#5f8575", "#2f5d50", "#c46d3b"),
    ("#f3d9b1", "#e0a458", "#c26a4a", "#6b3f2a", "#3a2a20"),
    ("#0b0c10", "#1f2833", "#45606f", "#8da9b5", "#c5352b"),
    ("#0f2a3d", "#15506b", "#2c8aa0", "#8fd0cf", "#f6f2df"),
    ("#fde74c", "#f25f3a", "#d7263d", "#1b998b", "#20344a"),
    ("#1a0f1f", "#3b1c4a", "#7b2d8b", "#e0457b", "#f9c74f"),
    ("#dfe7ea", "#b0c4cc", "#6f8fa0", "#2c4a5e", "#101b24"),
    ("#2b2118", "#6d4c2f", "#b98b4e", "#e8c07d", "#f6e7cb"),
)


def cover(album_index: int, seed: int) -> bytes:
    """A JPEG of 800 x 800. Same album and seed, same picture."""
    rng = np.random.default_rng([seed, album_index, 99])
    palette = _PALETTES[album_index % len(_PALETTES)]
    image = Image.new("RGB", (_BIG, _BIG), palette[0])
    (_sun_and_waves, _arches, _hills, _circles, _bars, _ripples, _tiles, _strata, _horizon, _arches)[
        album_index % 10
    ](ImageDraw.Draw(image), palette, rng)
    small = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    _grain(small, rng).save(out, "JPEG", quality=88)
    return out.getvalue()


def _grain(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    # A little paper, so that flat areas do not look like a screen.
    noise = rng.normal(128, 7, (SIDE, SIDE)).clip(0, 255).astype(np.uint8)
    paper = Image.fromarray(noise).filter(ImageFilter.GaussianBlur(0.6)).convert("RGB")
    return ImageChops.overlay(image, paper)


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: str) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _wave(
    draw: ImageDraw.ImageDraw, level: float, height: float, phase: float, turns: float, colour: str
) -> None:
    points = [
        (
            x,
            level
            + height * math.sin(phase + turns * 2 * math.pi * x / _BIG)
            + height * 0.3 * math.sin(x / 97 + phase),
        )
        for x in range(0, _BIG + 8, 8)
    ]
    draw.polygon([*points, (_BIG, _BIG), (0, _BIG)], fill=colour)


def _sun_and_waves(draw: ImageDraw.ImageDraw, palette: tuple[str, ...], rng: np.random.Generator) -> None:
    _disc(draw, _BIG * 0.5, _BIG * 0.42, _BIG * 0.24, palette[3])
    for index, colour in enumerate((palette[1], palette[2], palette[4])):
        _wave(draw, _BIG * (0.58 + 0.13 * index), 50, float(rng.uniform(0, 6)), 1.2 + 0.4 * index, colour)


def _hills(draw: ImageDraw.ImageDraw, palette: tuple[str, ...], rng: np.random.Generator) -> None:
    _disc(draw, _BIG * 0.7, _BIG * 0.28, _BIG * 0.1, palette[4])
    for index, colour in enumerate(palette[1:4]):
        _wave(draw, _BIG * (0.45 + 0.17 * index), 130 - 20 * index, float(rng.uniform(0, 6)), 0.8, colour)


def _ripples(draw: ImageDraw.ImageDraw, palette: tuple[str, ...], rng: np.random.Generator) -> None:
    x, y = float(rng.uniform(0.35, 0.65)) * _BIG, float(rng.uniform(0.55, 0.7)) * _BIG
    for index in range(14, 0, -1):
        _disc(draw, x, y, index * _BIG * 0.075, palette[(index % 3) + 1] if index % 2 else palette[0])
    _disc(draw, x, y, _BIG * 0.05, palette[4])


def _circles(draw: ImageDraw.ImageDraw, palette: tuple[str, ...], rng: np.random.Generator) -> None:
    step = _BIG // 6
    for row in range(6):
        for column in range(6):
            radius = step * (0.16 + 0.3 * abs(math.sin(row * 0.7 + column * 0.45)))
            colour = palette[1 + int(rng.choice(4, p=[0.35, 0.3, 0.2, 0.15]))]
            _disc(draw, step * (column + 0.5), step * (row + 0.5), radius, colour)


def _bars(draw: ImageDraw.ImageDraw, palette: tuple[str, ...], rng: np.random.Generator) -> None:
    x = _BIG * 0.1
    while x < _BIG * 0.9:
        width = float(rng.uniform(14, 70))
        top = _BIG * (0.5 - 0.33 * abs(math.sin(x / 260)) * float(rng.uniform(0.6, 1)))
        draw.rectangle((x, top, x + width, _BIG - top), fill=palette[1 + int(rng.integers(0, 3))])
        x += width + 22
    draw.rectangle((0, _BIG * 0.495, _BIG, _BIG * 0.505), fill=palette[4])


def _arches(draw: ImageDraw.ImageDraw, palette: tuple[str, ...], rng: np.random.Generator) -> None:
    centre = float(rng.uniform(0.38, 0.62)) * _BIG
    for index, colour in enumerate((palette[1], palette[2], palette[3], palette[4], palette[0])):
        half = _BIG * (0.42 - 0.085 * index)
        top = _BIG * (0.14 + 0.1 * index)
        draw.ellipse((centre - half, top, centre + half, top + 2 * half), fill=colour)
        draw.rectangle((centre - half, top + half, centre + half, _BIG), fill=colour)


def _tiles(draw: ImageDraw.ImageDraw, palette: tuple[str, ...], rng: np.random.Generator) -> None:
    step = _BIG // 5
    for row in range(5):
        for column in range(5):
            x, y = column * step, row * step
            draw.rectangle((x, y, x + step, y + step), fill=palette[int(rng.integers(0, 5))])
            turn = int(rng.integers(0, 4))
            corner = ((x, y), (x + step, y), (x + step, y + step), (x, y + step))[turn]
            colour = palette[int(rng.integers(0, 5))]
            draw.pieslice(
                (corner[0] - step, corner[1] - step, corner[0] + step, corner[1] + step),
                90 * ((turn + 0) % 4),
                90 * ((turn + 1) % 4) or 360,
                fill=colour,
            )


def _strata(draw: ImageDraw.ImageDraw, palette: tuple[str, ...], rng: np.random.Generator) -> None:
    y = -200.0
    index = 0
    while y < _BIG + 200:
        depth = float(rng.uniform(60, 190))
        tilt = 180 * math.sin(index)
        fault = float(rng.uniform(0.4, 0.6)) * _BIG
        shift = 110
        colour = palette[index % 5]
        draw.polygon([(0, y - tilt), (fault, y), (fault, y + depth), (0, y + depth - tilt)], fill=colour)
        draw.polygon(
            [
                (fault, y + shift),
                (_BIG, y + shift + tilt),
                (_BIG, y + depth + shift + tilt),
                (fault, y + depth + shift),
            ],
            fill=colour,
        )
        y += depth
        index += 1


def _horizon(draw: ImageDraw.ImageDraw, palette: tuple[str, ...], rng: np.random.Generator) -> None:
    draw.rectangle((0, _BIG * 0.62, _BIG, _BIG), fill=palette[3])
    _disc(draw, _BIG * 0.5, _BIG * 0.62, _BIG * 0.2, palette[1])
    draw.rectangle((0, _BIG * 0.62, _BIG, _BIG), fill=palette[3])
    for index in range(9):
        y = _BIG * (0.64 + 0.004 * index * (index + 4))
        half = _BIG * float(rng.uniform(0.03, 0.2))
        draw.rectangle((_BIG * 0.5 - half, y, _BIG * 0.5 + half, y + 4 + 2 * index), fill=palette[1])
    for x in rng.uniform(0.05, 0.95, 5):
        height = float(rng.uniform(0.05, 0.2)) * _BIG
        draw.rectangle((x * _BIG, _BIG * 0.62 - height, x * _BIG + 10, _BIG * 0.62), fill=palette[4])
