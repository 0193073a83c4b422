"""Putting tracks in order: which of a pool, and in which sequence, so that they mix well and follow a curve.

Pure arithmetic on what is known of the tracks: no database, no files. `arrange.arrange` is the door.
"""
