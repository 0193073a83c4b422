"""What is put in order, what is asked, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from resonance.model.camelot import Key
from resonance.sequencing.curve import Curve, named

# A larger pool is for the caller to narrow: every pair of tracks is priced.
POOL_MOST = 2000


@dataclass(frozen=True)
class Item:
    """A track: None is unknown and costs a neutral amount. `energy` is 0..1, times are seconds.

    `intro_end_s` is where the music proper begins, `outro_start_s` where it has ended. `at_start` and
    `at_end` are what else it costs in the first and in the last place, in thousandths; between, a mixture.
    """

    id: str
    artist: str | None = None
    album: str | None = None
    bpm: float | None = None
    key: Key | None = None
    energy: float | None = None
    duration_s: float | None = None
    vector: Sequence[float] | None = None
    intro_end_s: float | None = None
    outro_start_s: float | None = None
    at_start: int = 0
    at_end: int = 0


@dataclass(frozen=True)
class Request:
    """Order the whole pool, or choose `pick` of it, or as many as last `minutes`.

    `pins` puts a track at a place: 0 is the first, -1 the last. A run of `locked` stays together, in order.
    Tracks of `kept` are chosen, wherever they come to stand. Terms of joints named in `ignored` cost nothing.
    Between two tracks of one artist there are `artist_gap` others if that can be, of one album `album_gap`.
    `budget` is how many moves may be priced (None: as many as the size is worth). A `time_limit_s` that cuts
    the search short makes the answer depend on the machine; the answer says so.
    """

    pool: Sequence[Item]
    pick: int | None = None
    minutes: float | None = None
    curve: Curve = field(default_factory=lambda: named("arc"))
    pins: Mapping[str, int] = field(default_factory=dict)
    locked: Sequence[Sequence[str]] = ()
    kept: Sequence[str] = ()
    ignored: frozenset[str] = frozenset()
    max_per_artist: int | None = None
    artist_gap: int = 3
    album_gap: int = 1
    seed: int = 0
    budget: int | None = None
    time_limit_s: float | None = None


@dataclass(frozen=True)
class Joint:
    """Going from one track to the next. `costs` by name of the term, in thousandths.

    `tempo_change_pct` is how much the second must be sped up (negative: slowed) to run with the first,
    `tempo_factor` what its beats are counted as: 0.5, 1 or 2 times. None: not known.
    """

    a: str
    b: str
    costs: Mapping[str, int]
    tempo_change_pct: float | None
    tempo_factor: float | None
    relation: str | None
    compatible: bool | None

    @property
    def cost(self) -> int:
        """All terms together."""
        return sum(self.costs.values())


@dataclass(frozen=True)
class Arrangement:
    """The order found. `cost` is what was minimised, in thousandths; `curve_cost` the curve's share of it.

    `energy_error` is the mean distance of the tracks' percentiles from the curve (None: no energies known).
    `reproducible` is False when a time limit or a cancellation ended the search; `exact` when every order was
    compared.
    """

    order: tuple[str, ...]
    joints: tuple[Joint, ...]
    cost: int
    curve_cost: int
    energy_error: float | None
    duration_s: float | None
    levels: tuple[int, ...]
    reproducible: bool
    exact: bool
    evaluations: int
