"""People, their sessions and their secrets: who may come in, and as whom."""
