"""What is let in from Teams."""
