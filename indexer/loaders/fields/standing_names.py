"""What a file's name says of its own standing by a mark; a word for it among others is what the file is about."""

from __future__ import annotations

import re

from knowledge.passages import Status

_MARKS = {
    Status.WITHDRAWN: "withdrawn|not in force",
    Status.SUPERSEDED: "superseded|old version",
    Status.DRAFT: "draft",
}
"""What only a document is: a name such as "Calls (cancelled)" has its subject in brackets."""
_WORDS = "withdrawn|cancelled|rescinded|revoked|superseded|archived|obsolete|old version|draft"
_NUMBERED = r"\s*v(?:er(?:sion)?)?[\s.-]?\d[\d.-]*"
_VERSION = rf"(?:{_NUMBERED}|[\s.-]*\d[\d.-]*)"
_IN_BRACKETS = r"\s+(?:on|from|since)\s+\d[^\])]*|\s+(?:for consultation|for comment|copy)|(?<=superseded) by [^\])]*"
_AUXILIARIES = "has have had is are was were be been being gets get to not"
_LINKS = "a an the of and or when how if on who we you they officers"
_VERB = "".join(rf"(?<!\b{word})" for word in f"{_AUXILIARIES} {_LINKS}".split())
"""What stands before "withdrawn" or "draft" where somebody withdraws or drafts something."""
_TWO_WORDS = r"^(?=[^\W\d]\w*[\s-]+\w+[\s-]).*"


def status_in_name(stem: str) -> Status:
    """What a file's name says of its standing by a mark: "(withdrawn)", "DRAFT v0.3 dogs", "Dogs - superseded".

    A word among others, as in "Withdrawn_consent", is what the file is about.
    """
    name = " ".join(stem[:200].replace("_", " ").split())
    for status, words in _MARKS.items():
        if any(re.search(mark, name, re.IGNORECASE) for mark in _marks(words)):
            return status
        if not name.isupper() and re.search(rf"{_TWO_WORDS}{_VERB}\s(?:{words.upper()})$", name):
            return status
        # "dog_policy_draft", "form-2023-superseded": a victim's support is withdrawn, and "how-we-draft" is a subject
        sign = {Status.SUPERSEDED: "[_-]", Status.DRAFT: "_"}.get(status)
        joined = sign and " " not in stem and re.search(rf"{sign}(?:{words})$", stem, re.IGNORECASE)
        if joined and re.search(rf"{_TWO_WORDS}{_VERB}[\s-](?:{words})$", name, re.IGNORECASE):
            return status
    return Status.NOT_STATED


def _marks(words: str) -> tuple[str, ...]:
    """How a name may mark it: in brackets, alone, with a number of its version, or at its end behind a dash."""
    return (
        rf"[\[(]\s*(?:{words})(?:{_VERSION}|{_IN_BRACKETS})?\s*[\])]",
        rf"^(?:{words}){_VERSION}?$",
        rf"^(?:{words}){_NUMBERED}(?![a-z\d])",
        rf"{_VERB}[\s-](?:{words}){_NUMBERED}$",
        rf"\w\s[-–—]\s?(?:{words}){_VERSION}?$",
    )


def word_in_name(stem: str) -> str:
    """A word for a standing that a file's name has, as a mark or not; empty if it has none."""
    found = re.search(rf"(?<![a-z])(?:{_WORDS})(?![a-z])", stem, re.IGNORECASE)
    return found.group() if found else ""
