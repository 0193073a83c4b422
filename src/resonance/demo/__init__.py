"""The demo library: short, original, synthesised tracks whose tempo, key, loudness and tags are known."""
