"""What a process that died has left: answered by the next one, once."""
