"""One rule language: a tree of conditions on tracks, for smart lists, prompts, the CLI and the API.

tree and fields say what a rule may be, text and nsp read and write it, sentence tells it, compile makes SQL
of it, evaluate is what the SQL is measured against.
"""
