"""Finding tracks by what they are like: texts and tracks as vectors of one space."""
