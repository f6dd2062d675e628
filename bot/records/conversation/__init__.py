"""What was asked and replied, what was said of it, and who was shown what."""
