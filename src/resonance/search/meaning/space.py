"""The built-in space: dimensions with names, so that every number of a vector can be told in words.

A track's value of a dimension is -1..1, and 0 where nothing is known: what is unknown speaks neither for nor
against a track. The last dimension fills every track's vector up to one length, so that the cosine with a
query is the plain sum over the dimensions it asks about, however much or little is known of the rest.
"""

from __future__ import annotations

from resonance.model.moods import MOODS
from resonance.search.vectors.ports import Space

MEASURED = (
    "energy", "tempo", "brightness", "acousticness", "danceability", "loudness", "dynamics", "density",
    "mode", "instrumental", "age",
)  # fmt: skip
DECADES = (1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020)  # the first one holds what is older, too
FAMILIES = (
    "rock", "metal", "punk", "pop", "indie", "synthpop", "electronic", "house", "techno", "trance",
    "breaks", "ambient", "downtempo", "lofi", "hiphop", "soul", "funk", "disco", "reggae", "jazz", "blues",
    "country", "folk", "classical", "orchestral", "latin", "world", "gospel", "experimental", "spoken",
    "children", "easy",
)  # fmt: skip
FEELINGS = (
    *MOODS, "dark", "dreamy", "romantic", "epic", "tense", "nostalgic", "warm", "nocturnal", "playful",
    "driving", "soulful", "gentle", "spacious", "hopeful", "elegant", "restless", "mysterious",
)  # fmt: skip
INSTRUMENTS = (
    "piano", "guitar", "strings", "brass", "saxophone", "woodwind", "organ", "synthesizer", "percussion",
    "voice", "choir", "accordion", "harp", "bass",
)  # fmt: skip
FILLER = "rest"

NAMES: tuple[str, ...] = (
    *MEASURED,
    *(f"decade:{decade}" for decade in DECADES),
    *(f"genre:{family}" for family in FAMILIES),
    *(f"mood:{feeling}" for feeling in FEELINGS),
    *(f"sound:{instrument}" for instrument in INSTRUMENTS),
    FILLER,
)
AT = {name: index for index, name in enumerate(NAMES)}
DIMENSIONS = len(NAMES)
LENGTH = 5.0  # of every track's vector before it is made a unit one

# Raised with every change of how tracks are mapped: genres.py, feelings.py and builtin.py.
VERSION = "1"
WORDS = Space("words", f"built-in {VERSION}", DIMENSIONS, "built-in")
