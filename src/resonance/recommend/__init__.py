"""What goes with what: similar music, ways between tracks, duplicates, the map."""
