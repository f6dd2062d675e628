"""Advice, lessons, weekly digests, learning."""
