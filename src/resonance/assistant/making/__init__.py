"""A plan into a list: what may be taken, what of it fits, in which order, how long, and why."""
