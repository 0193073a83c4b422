"""Background work: handlers, timers, and what runs them."""
