"""From guidance files to a published edition."""
