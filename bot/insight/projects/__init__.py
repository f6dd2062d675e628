"""Improvement projects: working on them, following their measure, and telling no more than it shows."""
