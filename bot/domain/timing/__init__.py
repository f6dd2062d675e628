"""Time: the hub's hours, targets, how long the program waits, how long records are kept."""
