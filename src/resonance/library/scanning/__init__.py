"""From a folder to the catalogue: `scan.py` reads top to bottom."""
