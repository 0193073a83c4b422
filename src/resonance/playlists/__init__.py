"""Lists of tracks that people make."""
