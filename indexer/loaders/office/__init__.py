"""Slides, sheets, OpenDocument texts and old Word files to blocks."""
