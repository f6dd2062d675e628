"""Working on requests, from taking them in to letters that arrive."""
