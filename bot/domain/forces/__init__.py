"""Several forces in one installation."""
