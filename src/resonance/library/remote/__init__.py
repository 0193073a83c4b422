"""Music servers as sources of the library: accounts, the sync of their songs, their bytes."""
