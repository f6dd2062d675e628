"""Requests: changing one, finding some, joining, late answers, and how long they wait."""
