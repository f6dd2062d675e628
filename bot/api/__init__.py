"""The JSON API under /api/v1: programs take the same steps as people do, in the name of a person, with a token.

`application.py` puts it together; `calls.py` says who calls and what they may; `problems.py` says what went wrong
(RFC 9457); the other files are the addresses.
"""
