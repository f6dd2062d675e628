"""What waits: how long, who is reminded, shifts, late answers, recalls, unresolved questions."""
