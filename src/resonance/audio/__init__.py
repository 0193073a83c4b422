"""Audio files: from a file to facts and bytes, with no database anywhere."""
