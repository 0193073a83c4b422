"""One module for each outside thing; chosen by wiring, imported when it is built."""
