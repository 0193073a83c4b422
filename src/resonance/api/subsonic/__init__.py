"""The OpenSubsonic API under /rest.

One route table (`routes.py`), one envelope (`envelope.py`), one typed model (`model.py`) from which both the
XML and the JSON are generated.
"""
