"""The ear: audio files in, measured facts out. It knows no database."""
