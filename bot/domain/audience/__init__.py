"""Who belongs to which audience."""
