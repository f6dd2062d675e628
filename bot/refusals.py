"""What may be told to whoever asked: the one family of errors whose text is written for people."""


class Refused(Exception):
    """Something cannot be done; the message is a sentence that names the remedy."""
