"""Watching the program at work: times of steps, logs in a form for machines, traces; never a word that somebody typed.

Stands on the ground floor, so that every room can say what it does.
"""
