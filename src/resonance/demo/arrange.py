"""From a track's plan to its sound: which instrument plays what, bar by bar."""

from __future__ import annotations

import numpy as np

from resonance.demo import instruments as play
from resonance.demo import mixing
from resonance.demo.instruments import RATE
from resonance.demo.mixing import Stereo
from resonance.demo.plan import DemoTrack
from resonance.demo.theory import PROGRESSIONS, TONICS, chord, degree_pitch, melody

# Per style: (step in sixteenths, instrument, velocity) over one bar of four beats.
_GROOVES: dict[str, tuple[tuple[float, str, float], ...]] = {
    "house": (
        *((s, "kick", 1.0) for s in (0, 4, 8, 12)),
        (4, "clap", 0.8),
        (12, "clap", 0.8),
        *((s, "open", 0.5) for s in (2, 6, 10, 14)),
        *((s, "shaker", 0.5) for s in range(16)),
    ),
    "synthpop": (
        *((s, "kick", 1.0) for s in (0, 4, 8, 12)),
        (4, "snare", 0.9),
        (12, "snare", 0.9),
        *((s, "hat", 0.8 if s % 4 == 2 else 0.4) for s in range(0, 16, 2)),
    ),
    "indie": (
        (0, "kick", 1.0),
        (6, "kick", 0.7),
        (8, "kick", 0.9),
        (4, "snare", 1.0),
        (12, "snare", 1.0),
        *((s, "hat", 0.7 if s % 4 == 0 else 0.5) for s in range(0, 16, 2)),
    ),
    "lofi": (
        (0, "kick", 0.9),
        (7, "kick", 0.5),
        (10, "kick", 0.7),
        (4, "rim", 0.9),
        (12, "snare", 0.6),
        *((s, "hat", 0.5 if s % 4 else 0.7) for s in range(0, 16, 2)),
    ),
    "downtempo": (
        (0, "kick", 1.0),
        (3, "kick", 0.5),
        (10, "kick", 0.8),
        (4, "snare", 0.8),
        (12, "snare", 0.8),
        *((s, "shaker", 0.6) for s in range(0, 16, 2)),
        (14, "open", 0.3),
    ),
    "breaks": (
        (0, "kick", 1.0),
        (10, "kick", 0.9),
        (4, "snare", 1.0),
        (12, "snare", 1.0),
        (7, "snare", 0.3),
        (9, "snare", 0.35),
        *((s, "hat", 0.7 if s % 4 == 0 else 0.45) for s in range(0, 16, 2)),
    ),
    "folk": (
        (0, "kick", 0.5),
        (8, "kick", 0.4),
        (4, "shaker", 0.9),
        (12, "shaker", 0.9),
        *((s, "shaker", 0.4) for s in range(0, 16, 2)),
    ),
    "ambient": (),
}
_DRUM_GAIN = {"kick": 0.95, "snare": 0.5, "clap": 0.55, "rim": 0.4, "hat": 0.4, "open": 0.3, "shaker": 0.35}
_DRUM_PAN = {"hat": 0.25, "open": 0.3, "shaker": -0.35, "rim": -0.15}


class _Session:
    """One track while it is recorded: its clock, its buses and its chords."""

    def __init__(self, track: DemoTrack) -> None:
        self.track = track
        self.rng = np.random.default_rng([*track.seed, 1])
        self.tonic = TONICS.index(track.tonic)
        self.beat_s = 60 / track.bpm
        self.bar_beats = track.beats_per_bar
        choices = PROGRESSIONS[track.mode]
        loop = choices[int(self.rng.integers(0, len(choices)))]
        self.degrees = [loop[bar % 4] for bar in range(track.bars - 1)] + [0]
        self.sevenths = track.style in ("lofi", "house", "downtempo", "ambient")
        samples = int(track.duration_s * RATE)
        self.drums, self.low, self.harmony, self.top = (mixing.bus(samples) for _ in range(4))
        self.kicks_s: list[float] = []

    def at(self, beat: float) -> float:
        """Seconds of a beat; off-beat eighths come late by the swing."""
        half = beat * 2
        late = self.track.swing * (half % 1 if half % 2 < 1 else 1 - half % 1) if self.track.swing else 0.0
        return (beat + late * 0.5) * self.beat_s

    def part(self, bar: int) -> str:
        """intro | verse | chorus | outro by the bar's place in the track."""
        share = bar / self.track.bars
        if share < 0.125:
            return "intro"
        if bar >= self.track.bars - 2:
            return "outro"
        return "chorus" if 0.45 <= share < 0.85 else "verse"


def render(track: DemoTrack) -> Stereo:
    """The finished sound, stereo float32 at 44.1 kHz, at the track's loudness. Same plan, same samples."""
    session = _Session(track)
    _drums(session)
    _bass(session)
    _harmony(session)
    _lead(session)
    style = track.style
    samples = session.drums.shape[1]
    if style in ("house", "synthpop", "breaks") and session.kicks_s:
        dip = mixing.duck(samples, session.kicks_s, 0.65 if style == "house" else 0.45)
        session.low *= dip
        session.harmony *= dip
    wet = {"ambient": 0.75, "folk": 0.22, "indie": 0.2, "house": 0.3}.get(style, 0.26)
    seconds = 3.0 if style == "ambient" else 1.5
    session.top += mixing.echo(session.top, session.beat_s * 0.75, 0.38)
    space = mixing.room(
        session.harmony * 0.6 + session.top * 0.8 + session.drums * 0.12, seconds, track.seed[1]
    )
    mix = session.drums * 0.75 + session.low * 0.62 + session.harmony * 0.55 + session.top * 0.6 + space * wet
    return mixing.master(_faded(mix, 0.01, 2.2), track.lufs)


def _faded(mix: Stereo, in_s: float, out_s: float) -> Stereo:
    first, last = int(in_s * RATE), int(out_s * RATE)
    mix[:, :first] *= np.linspace(0, 1, first, dtype=np.float32)
    mix[:, -last:] *= (np.linspace(1, 0, last) ** 2).astype(np.float32)
    return mix


def _drums(s: _Session) -> None:
    groove = _GROOVES[s.track.style]
    soft = s.track.style in ("lofi", "folk", "downtempo")
    for bar in range(s.track.bars - 1):
        part = s.part(bar)
        for step, drum, velocity in groove:
            if step >= s.bar_beats * 4 or (part == "intro" and drum not in ("hat", "shaker")):
                continue
            if part == "verse" and drum == "open":
                continue
            at = s.at(bar * s.bar_beats + step / 4)
            loud = velocity * (0.9 + 0.2 * float(s.rng.random())) * _DRUM_GAIN[drum]
            sound = play.kick(soft) if drum == "kick" else play.noise_hit(drum, int(s.rng.integers(0, 3)))
            mixing.put(s.drums, at, sound, loud, _DRUM_PAN.get(drum, 0.0))
            if drum == "kick":
                s.kicks_s.append(at)


def _bass(s: _Session) -> None:
    patterns = {
        "house": (0.5, 1.5, 2.5, 3.5),
        "synthpop": tuple(i / 2 for i in range(8)),
        "breaks": (0, 1.5, 2.5),
        "indie": tuple(i / 2 for i in range(8)),
        "lofi": (0, 1.5, 2.5),
        "downtempo": (0, 0.75, 2.5),
        "folk": (0, 2),
        "ambient": (0,),
    }
    steps = [step for step in patterns[s.track.style] if step < s.bar_beats]
    for bar, degree in enumerate(s.degrees):
        if s.part(bar) == "intro" and s.track.style != "ambient":
            continue
        for index, step in enumerate(steps):
            until = steps[index + 1] if index + 1 < len(steps) else s.bar_beats
            fifth = (
                index == len(steps) - 1
                and len(steps) > 1
                and s.track.style in ("lofi", "folk", "breaks", "downtempo")
            )
            pitch = degree_pitch(s.tonic, s.track.mode, degree + (4 if fifth else 0), 1)
            pitch = pitch + 12 if pitch < 28 else pitch - 12 if pitch > 45 else pitch
            beat = bar * s.bar_beats + step
            length = (
                (until - step) * s.beat_s * (0.55 if s.track.style in ("house", "synthpop", "indie") else 0.9)
            )
            mixing.put(s.low, s.at(beat), play.bass(pitch, length), 0.8 if index == 0 else 0.65)
            if bar == len(s.degrees) - 1:
                break


def _harmony(s: _Session) -> None:
    style = s.track.style
    for bar, degree in enumerate(s.degrees):
        notes = chord(s.tonic, s.track.mode, degree, 3, s.sevenths and bar < len(s.degrees) - 1)
        start = bar * s.bar_beats
        length = s.bar_beats * s.beat_s
        if style in ("ambient", "house", "downtempo", "synthpop", "breaks"):
            for index, pitch in enumerate(notes):
                side = (-0.6, 0.6, -0.25, 0.25)[index % 4]
                mixing.put(s.harmony, s.at(start), play.pad(pitch + 12, length + 0.3, 5 + index), 0.3, side)
        if style in ("lofi", "house", "downtempo"):
            for hit in (0.0, 2.5) if style == "lofi" else (0.75, 1.5, 3.25) if style == "house" else (0.0,):
                for index, pitch in enumerate(notes):
                    late = 0.012 * index if style != "house" else 0.0
                    sound = play.keys(pitch + 12, s.beat_s * (1.6 if style != "house" else 0.3))
                    mixing.put(s.harmony, s.at(start + hit) + late, sound, 0.26, 0.2 - 0.13 * index)
        if style in ("folk", "indie"):
            _strum(s, notes, start)
        if style in ("synthpop", "ambient", "breaks"):
            _arpeggio(s, notes, start, bar)


def _strum(s: _Session, notes: list[int], start: int) -> None:
    picked = s.track.style == "folk"
    if not picked:
        for eighth in range(s.bar_beats * 2):
            for index, pitch in enumerate(notes):
                mixing.put(
                    s.harmony,
                    s.at(start + eighth / 2) + 0.008 * index,
                    play.pluck(pitch + 12),
                    0.15 + 0.08 * (eighth % 2 == 0),
                    -0.3 + 0.2 * index,
                )
        return
    voices = [*notes, notes[0] + 12]
    order = (0, 2, 1, 3, 0, 2, 3, 1)
    for eighth in range(s.bar_beats * 2):
        pitch = voices[order[eighth % 8]] + 12
        mixing.put(s.harmony, s.at(start + eighth / 2), play.pluck(pitch), 0.45, -0.35 + 0.2 * (eighth % 4))


def _arpeggio(s: _Session, notes: list[int], start: int, bar: int) -> None:
    if s.part(bar) == "verse" and s.track.style != "ambient":
        return
    steps = s.bar_beats * (1 if s.track.style == "ambient" else 4 if s.track.style == "synthpop" else 2)
    for step in range(steps):
        pitch = notes[step % len(notes)] + (24 if step // len(notes) % 2 == 0 else 36)
        beat = start + step * s.bar_beats / steps
        loud = 0.22 if s.track.style == "ambient" else 0.13
        mixing.put(s.top, s.at(beat), play.bell(min(pitch, 96)), loud, 0.5 * (-1) ** step)


def _lead(s: _Session) -> None:
    style = s.track.style
    busy = {"ambient": 0.1, "lofi": 0.4, "breaks": 0.5, "downtempo": 0.3}.get(style, 0.6)
    notes = melody(s.rng, s.tonic, s.track.mode, s.degrees[:-1], s.bar_beats, busy)
    for note in notes:
        part = s.part(int(note.start // s.bar_beats))
        if part == "intro" or (part == "verse" and style in ("house", "breaks", "ambient")):
            continue
        if note.start >= (s.track.bars - 1) * s.bar_beats:
            continue
        pitch = note.pitch - 12 if note.pitch > 86 else note.pitch
        if style == "folk":
            sound = play.lead(pitch, note.length * s.beat_s, True)
        elif style in ("lofi", "ambient"):
            sound = play.keys(pitch, note.length * s.beat_s)
        else:
            sound = play.lead(pitch, note.length * s.beat_s, style in ("downtempo", "breaks"))
        mixing.put(s.top, s.at(note.start), sound, 0.34 * note.velocity, 0.08)
    # The last word is the tonic.
    end = (s.track.bars - 1) * s.bar_beats
    home = degree_pitch(s.tonic, s.track.mode, 7, 4)
    mixing.put(s.top, s.at(end), play.keys(home, 2.0), 0.3)
