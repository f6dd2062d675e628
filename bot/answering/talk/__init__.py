"""A conversation: short answers, follow-ups, what was said before, what fills a form."""
