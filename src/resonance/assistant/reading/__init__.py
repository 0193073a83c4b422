"""A sentence into a plan, by a grammar: English and German phrases, music in seven languages."""
