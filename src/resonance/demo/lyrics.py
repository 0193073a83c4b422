"""Words for a few tracks, written for this library."""

from __future__ import annotations

from resonance.audio import lrc
from resonance.demo.plan import DemoTrack

_WORDS = {
    "Streetlamp Choir": (
        "Every lamp along the river learned to hum",
        "One by one they lit the evening up",
        "We were only passing, we were almost home",
        "Then the corner sang and made us stop",
        "Sing low, streetlamp choir",
        "Keep a little fire",
        "Till the morning takes your part",
        "And we know the song by heart",
    ),
    "Tin Roof Morning": (
        "Rain upon a tin roof, counting out the day",
        "Coffee in a blue cup, nothing much to say",
        "Your coat upon the doorhook, mud upon the floor",
        "I have had a richer house and never wanted more",
        "Stay until it clears",
        "Stay until it clears",
    ),
    "Yellow Raincoat": (
        "You wore the sun on a Tuesday",
        "When the sky had other plans",
        "Ran the whole length of the market",
        "With two oranges in your hands",
        "Yellow raincoat, wait for me",
        "There are puddles yet to leap",
        "Yellow raincoat, one, two, three",
    ),
    "A Room Without Clocks": (
        "No hour ever found this door",
        "The dust lies where it lay before",
        "I set my watch upon the stair",
        "And left the time to wait out there",
        "Slow, slow",
        "Nowhere else to go",
    ),
}


def synced_lyrics(track: DemoTrack) -> str | None:
    """LRC whose lines begin with bars of the track, None for tracks without words."""
    words = _WORDS.get(track.title)
    if not words:
        return None
    bar_ms = 60_000 / track.bpm * track.beats_per_bar
    first = max(1, track.bars // 8)
    step = max(1.0, (track.bars - first - 1) / len(words))
    return lrc.write(
        [lrc.Line(round((first + int(i * step)) * bar_ms), text) for i, text in enumerate(words)]
    )
