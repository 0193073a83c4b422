"""Colours of an album, in OKLab, where equal steps look equal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

MIN_CONTRAST = 4.5
_BINS = 36


@dataclass(frozen=True, slots=True)
class Accent:
    """OKLCH: hue in degrees, chroma 0..0.14, lightness 0.74..0.82."""

    h: float
    c: float
    l: float  # noqa: E741 - the name of the axis


@dataclass(frozen=True, slots=True)
class Palette:
    """`accent` for the web tokens; the hex colours for everything else. accent and text each stand on
    background with a WCAG contrast of at least 4.5."""

    accent: Accent
    background: str
    accent_hex: str
    text: str

    def as_json(self) -> dict[str, Any]:
        """{accent: {h, c, l}, background, accent_hex, text}"""
        accent = {"h": self.accent.h, "c": self.accent.c, "l": self.accent.l}
        return {
            "accent": accent,
            "background": self.background,
            "accent_hex": self.accent_hex,
            "text": self.text,
        }


def palette_of(image: Image) -> Palette:
    """The palette of an RGB picture (small ones suffice)."""
    accent = accent_of(image)
    background_l = 0.24
    while True:
        background = hex_colour(background_l, min(0.035, accent.c * 0.4), accent.h)
        colour = hex_colour(accent.l, accent.c, accent.h)
        text = hex_colour(0.96, min(0.012, accent.c * 0.1), accent.h)
        if (
            min(contrast(colour, background), contrast(text, background)) >= MIN_CONTRAST
            or background_l < 0.05
        ):
            return Palette(accent, background, colour, text)
        background_l -= 0.02


def accent_of(image: Image) -> Accent:
    """The most present colourful hue.

    A histogram of hue in bins of 10 degrees, weighted by chroma^1.6 and by how far the lightness is from
    black and white, smoothed with the neighbours; the best bin's means, chroma raised and lightness held.
    """
    import numpy as np

    rgb = np.asarray(image, np.float64).reshape(-1, 3) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    lms = np.cbrt(linear @ np.array(_RGB_TO_LMS).T)
    light, a, b = (lms @ np.array(_LMS_TO_LAB).T).T
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    weight = chroma**1.6 * np.clip(1 - (2 * light - 1.1) ** 2, 0, 1)
    if weight.sum() < 1e-9:
        return Accent(0.0, 0.0, 0.78)
    bins = (hue / (360 / _BINS)).astype(int) % _BINS
    histogram = np.bincount(bins, weight, _BINS)
    smooth = 0.5 * histogram + 0.25 * (np.roll(histogram, 1) + np.roll(histogram, -1))
    best = int(smooth.argmax())
    near = (np.abs((bins - best + _BINS // 2) % _BINS - _BINS // 2) <= 1) & (weight > 0)
    share = weight[near] / weight[near].sum()
    mean_h = np.degrees(np.arctan2((b[near] / chroma[near]) @ share, (a[near] / chroma[near]) @ share)) % 360
    mean_c, mean_l = float(chroma[near] @ share), float(light[near] @ share)
    return Accent(
        round(float(mean_h), 1), round(min(0.14, 1.3 * mean_c), 4), round(min(0.82, max(0.74, mean_l)), 4)
    )


_RGB_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LMS_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def hex_colour(lightness: float, chroma: float, hue: float) -> str:
    """#rrggbb of an OKLCH colour; chroma is reduced until sRGB can show it."""
    for step in range(21):
        channels = _linear_rgb(lightness, chroma * (1 - step / 20), hue)
        if all(-0.001 <= value <= 1.001 for value in channels):
            break
    return "#" + "".join(f"{round(255 * _gamma(value)):02x}" for value in channels)


def _linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    from math import cos, radians, sin

    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _gamma(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return 12.92 * value if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #rrggbb colours, 1..21."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
