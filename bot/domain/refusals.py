"""The two families of errors that the core knows: what is refused, and a hub database that cannot do its work."""


class Refused(Exception):
    """Something cannot be done; the message is a sentence that names the remedy."""


class RecordsError(Exception):
    """The hub database could not be read or written; the message is one sentence with the remedy."""
