"""REST under /api/v1: one file a noun, each with its `router`."""
