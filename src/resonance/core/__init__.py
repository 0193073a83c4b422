"""Words without music: errors, ids, clock, events, text folding, paging."""
