"""What every finder of identifiers reads with: words with their places, names and places on lists, known people."""
