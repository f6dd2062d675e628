"""Editions that several machines share: immutable objects, and one small pointer that is swapped."""
