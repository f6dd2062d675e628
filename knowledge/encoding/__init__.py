"""Encoding texts together, and each of them once."""
