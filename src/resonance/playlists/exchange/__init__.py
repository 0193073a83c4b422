"""Playlist files and the libraries of DJ software, written and read. One file a format; all speak `crate`."""
