"""DJ sets: a pool, a length, a curve, and the order that was made of them."""
