"""Which tracks are the same recording in another encoding.

The shape of the waveform decides: codecs leave it within half a decibel, another take, mix or master does
not. What has no waveform yet must agree in sound, length, title and artist. Pairs are looked for among
tracks of about the same length only, in blocks, so that a large library costs seconds and little memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from resonance.core.text import fold
from resonance.recommend.geometry import BLOCK, Floats, Places, unit

LENGTH_S = 2.0  # how much lengths may differ: encoders pad, a copy may lack its last second
UNHEARD_LENGTH_S = 0.35  # the same where there is no waveform
SHAPE_DB = 0.75  # RMS difference of two waveforms that are of one recording
SURE_DB = 0.4  # below this not even tags that say otherwise count
LEVEL_DB = 0.4  # LUFS: louder or softer by more than this, or unknown, the shapes must agree more closely
LOUDER_SHAPE_DB = 0.5
SHAPE_ALIKE = 0.985  # correlation
STRAY_DB = 6.0  # no part of half a second may differ by more: an edit
LIKENESS = 0.6  # of timbre, with a waveform; a codec at 48 kbit/s changes much
UNHEARD_LIKENESS = 0.96
COARSE = 48  # parts of a waveform compared first
COARSE_ALIKE = 0.92
_FEW = 3000
_SHIFTS_S = np.arange(-0.12, 0.121, 0.02)
_FAINT = 4.0  # of 255: what is fainter tells nothing
_DECIBEL = 20 * np.log10(np.arange(256) + _FAINT)
_VERSIONS = re.compile(
    r"\b(live|remix|mix|edit|instrumental|karaoke|acappella|acapella|acoustic|demo|mono|stereo|remaster|"
    r"remastered|clean|explicit|unplugged|session|version|take|rehearsal|extended|radio|dub|orchestral|"
    r"alternate|alternative|cover|fast|slow|reprise|part|pt)\b"
)
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|\s[-–—]\s.*$")


@dataclass(frozen=True, slots=True)
class Trace:
    """What tells recordings apart. `payloads` name the sound of files whatever their tags say."""

    track_id: str
    duration_s: float
    title: str = ""
    artists: frozenset[str] = frozenset()
    payloads: frozenset[str] = frozenset()
    lufs: float | None = None
    bpm: float | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """A waveform as table `sound` keeps it: peaks 0..255 over the whole length, silence at the ends."""

    peaks: bytes
    length_s: float
    head_s: float = 0.0
    tail_s: float = 0.0

    @property
    def music_s(self) -> float:
        """The length without silence at the ends."""
        return max(self.length_s - self.head_s - self.tail_s, 0.0)


@dataclass(frozen=True, slots=True)
class Same:
    """Two places of one recording, and how alike they are (0..1)."""

    one: int
    other: int
    similarity: float


@dataclass
class Material:
    """Tracks to compare: `vectors` are of unit length, rows of 0 where a track has none."""

    traces: Sequence[Trace]
    vectors: Floats
    waves: Callable[[Sequence[str]], Mapping[str, Wave]]
    shapes: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.shapes = np.zeros((len(self.traces), COARSE), np.float32)
        rows = _with_partners(self.traces, self.vectors)
        for start in range(0, len(rows), 2000):
            some = {self.traces[row].track_id: row for row in rows[start : start + 2000]}
            for track_id, wave in self.waves(list(some)).items():
                self.shapes[some[track_id]] = coarse(wave)


def _with_partners(traces: Sequence[Trace], vectors: Floats) -> list[int]:
    """Places of tracks that another of about their length resembles; only their waveforms are read."""
    if len(traces) > _FEW:
        return list(range(len(traces)))
    lengths = np.array([trace.duration_s for trace in traces], np.float32)
    near = np.abs(lengths[:, None] - lengths[None, :]) <= LENGTH_S
    np.fill_diagonal(near, False)
    near &= vectors @ vectors.T >= LIKENESS
    return [int(row) for row in np.flatnonzero(near.any(axis=1))]


def same_recordings(
    material: Material, *, told: Callable[[float], None] = lambda _fraction: None
) -> list[Same]:
    """Every pair of one recording, in the order of places. `told` hears the fraction done."""
    found = list(_by_payload(material.traces))
    known = {(pair.one, pair.other) for pair in found}
    pairs = [pair for pair in _candidates(material, told) if pair not in known]
    for start in range(0, len(pairs), 500):
        some = pairs[start : start + 500]
        ids = sorted({material.traces[place].track_id for pair in some for place in pair})
        waves = material.waves(ids)
        for one, other in some:
            similarity = _judged(material, one, other, waves)
            if similarity is not None:
                found.append(Same(one, other, similarity))
    return sorted(found, key=lambda pair: (pair.one, pair.other))


def numbered(count: int, pairs: Iterable[Same]) -> NDArray[np.int64]:
    """A number for each place that all encodings of one recording share."""
    number = np.arange(count)

    def root(place: int) -> int:
        while number[place] != place:
            number[place] = number[number[place]]
            place = int(number[place])
        return place

    for pair in pairs:
        low, high = sorted((root(pair.one), root(pair.other)))
        number[high] = low
    return np.array([root(place) for place in range(count)], np.int64)


def coarse(wave: Wave) -> Floats:
    """The course of loudness in COARSE parts, centred and of length 1; 0 for what is silent."""
    count = len(wave.peaks)
    if wave.music_s <= 0 or not count:
        return np.zeros(COARSE, np.float32)
    first = int(wave.head_s / wave.length_s * count)
    last = max(first + COARSE, count - int(wave.tail_s / wave.length_s * count))
    music = _DECIBEL[np.frombuffer(wave.peaks, np.uint8)[first:last]]
    if len(music) < COARSE:
        return np.zeros(COARSE, np.float32)
    edges = np.arange(COARSE + 1) * len(music) // COARSE
    parts = np.add.reduceat(music, edges[:-1]) / np.diff(edges)
    return unit((parts - parts.mean()).astype(np.float32))


def shape_difference(one: Wave, other: Wave) -> tuple[float, float, float]:
    """(RMS dB, correlation, largest stray in dB over half a second) of two waveforms at their best fit.

    Whatever their volume: the median difference is taken off.
    """
    length = min(one.music_s, other.music_s)
    if length <= 0 or not one.peaks or not other.peaks:
        return np.inf, 0.0, np.inf
    grid = _grid(length, int(np.clip(length / 0.12, 50, 1000)))
    ours = _level(one, grid)
    best = (np.inf, 0.0, np.inf)
    for shift in _SHIFTS_S:
        theirs = _level(other, grid + shift)
        apart = ours - theirs
        apart -= np.median(apart)
        away = float(np.sqrt((apart**2).mean()))
        if away < best[0]:
            together = np.corrcoef(ours, theirs)[0, 1] if ours.std() > 1e-6 < theirs.std() else 0.0
            best = (away, float(together), _stray(apart, grid))
    return best


def _stray(apart: NDArray[np.float64], grid: NDArray[np.float64]) -> float:
    step = grid[1] - grid[0]
    width = max(1, round(0.5 / step))
    return float(np.abs(np.convolve(apart, np.full(width, 1 / width), "valid")).max())


def _grid(length_s: float, count: int) -> NDArray[np.float64]:
    return (np.arange(count) + 0.5) * length_s / count


def _level(wave: Wave, at_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """dB at times of the music, from its first sound on."""
    peaks = np.frombuffer(wave.peaks, np.uint8).astype(np.float64)
    times = (np.arange(len(peaks)) + 0.5) * wave.length_s / len(peaks) - wave.head_s
    level: NDArray[np.float64] = 20 * np.log10(np.interp(at_s, times, peaks) + _FAINT)
    return level


def _by_payload(traces: Sequence[Trace]) -> Iterator[Same]:
    first: dict[str, int] = {}
    for place, trace in enumerate(traces):
        for payload in sorted(trace.payloads):
            before = first.setdefault(payload, place)
            if before != place:
                yield Same(before, place, 1.0)


def _candidates(material: Material, told: Callable[[float], None]) -> list[tuple[int, int]]:
    """Pairs of about one length whose waveforms run alike, or whose timbre does where one has none."""
    lengths = np.array([trace.duration_s for trace in material.traces])
    heard = np.abs(material.shapes).sum(axis=1) > 0
    found: list[tuple[int, int]] = []
    for one, other in _alike(lengths, material.shapes, heard, heard, COARSE_ALIKE, told):
        if float(material.vectors[one] @ material.vectors[other]) >= LIKENESS:
            found.append((one, other))
    if not heard.all():
        every = np.ones(len(heard), np.bool_)
        found += _alike(lengths, material.vectors, ~heard, every, UNHEARD_LIKENESS, told)
    return sorted({(min(pair), max(pair)) for pair in found})


def _alike(
    lengths: NDArray[np.float64],
    rows: Floats,
    ours: NDArray[np.bool_],
    theirs: NDArray[np.bool_],
    least: float,
    told: Callable[[float], None],
) -> Iterator[tuple[int, int]]:
    """Pairs of `ours` and `theirs`, of about one length, whose rows have a product of at least `least`."""
    mine = _by_length(lengths, ours)
    others = _by_length(lengths, theirs)
    reached = lengths[others]
    start = 0
    while start < len(mine):
        low = int(np.searchsorted(reached, lengths[mine[start]] - LENGTH_S))
        width = int(np.searchsorted(reached, lengths[mine[start]] + LENGTH_S, "right")) - low
        some = mine[start : start + max(1, min(width, BLOCK // max(4 * width, 1)))]
        high = int(np.searchsorted(reached, lengths[some[-1]] + LENGTH_S, "right"))
        near = others[low:high]
        one, other = np.nonzero(rows[some] @ rows[near].T >= least)
        pairs = np.stack([some[one], near[other]], axis=1)
        apart = np.abs(lengths[pairs[:, 0]] - lengths[pairs[:, 1]])
        yield from pairs[(apart <= LENGTH_S) & (pairs[:, 0] != pairs[:, 1])].tolist()
        start += len(some)
        told(start / len(mine))


def _by_length(lengths: NDArray[np.float64], which: NDArray[np.bool_]) -> Places:
    places = np.flatnonzero(which)
    order: Places = places[np.argsort(lengths[places], kind="stable")]
    return order


def _judged(material: Material, one: int, other: int, waves: Mapping[str, Wave]) -> float | None:
    """How alike two tracks are when they are one recording, else None."""
    a, b = material.traces[one], material.traces[other]
    wave_a, wave_b = waves.get(a.track_id), waves.get(b.track_id)
    likeness = float(material.vectors[one] @ material.vectors[other])
    if wave_a is None or wave_b is None:
        return likeness if likeness >= UNHEARD_LIKENESS and _agree(a, b) else None
    if abs(wave_a.music_s - wave_b.music_s) > LENGTH_S:
        return None
    away, together, stray = shape_difference(wave_a, wave_b)
    level = abs(a.lufs - b.lufs) if a.lufs is not None and b.lufs is not None else np.inf
    allowed = SHAPE_DB if level <= LEVEL_DB else LOUDER_SHAPE_DB
    if away > allowed or together < SHAPE_ALIKE or stray > STRAY_DB:
        return None
    if away > SURE_DB and versions(a.title) != versions(b.title):
        return None
    return min(together, 1.0)


def _agree(a: Trace, b: Trace) -> bool:
    """Whether tags and tempo say the same, for what has no waveform to compare."""
    if abs(a.duration_s - b.duration_s) > UNHEARD_LENGTH_S or not a.artists & b.artists:
        return False
    if a.lufs is not None and b.lufs is not None and abs(a.lufs - b.lufs) > LEVEL_DB:
        return False
    if a.bpm and b.bpm and abs(a.bpm / b.bpm - 1) > 0.005:
        return False
    return bool(a.title) and bare(a.title) == bare(b.title) and versions(a.title) == versions(b.title)


def versions(title: str) -> frozenset[str]:
    """The words of a title that name another version: live, remix, remaster ..."""
    asides = (fold(aside) for aside in _ASIDE.findall(title))
    return frozenset(word for aside in asides for word in _VERSIONS.findall(aside))


def bare(title: str) -> str:
    """A title, folded, without what stands in brackets or behind a dash."""
    return fold(_ASIDE.sub("", title)) or fold(title)
