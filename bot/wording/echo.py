"""What the feedback channel says: to whoever writes, to the hub, and in public."""

from __future__ import annotations

from collections.abc import Sequence

ECHO_TITLE = "Tell us"
ECHO_INTRO = (
    "Tell the prevention programme what you notice, what helps and what does not. You need not sign in, and we do not "
    "keep who you are: names, numbers and addresses are taken out before anything is stored. Nobody can reply to you "
    "here. What many people tell us is answered in public."
)
ECHO_EMERGENCY = (
    "In an emergency call 999. If you cannot speak, call 999 from a mobile and press 55. "
    "To report something that is not an emergency, call 101. This form is not read at once."
)
ECHO_URGENT = (
    "This sounds as if somebody is in danger or a crime is happening. Call 999 now. "
    "Nothing of what you wrote was kept, and nobody has read it."
)
ECHO_LABEL = "What do you want to tell us?"
ECHO_HINT = "Leave out names, addresses and anything by which a person could be known. At most {most} characters."
ECHO_SIDE = "Who are you?"
ECHO_SIDES = {"public": "A member of the public", "staff": "Somebody who works here"}
ECHO_THEME = "What is it about? (optional)"
ECHO_SEND = "Send"
ECHO_KEPT = "Thank you. It is kept without anything about who you are, and the hub reads it."
ECHO_KEPT_REDACTED = "Thank you. The hub reads it. We took out: {kinds}."
ECHO_NOTHING = "Write what you want to tell us."
ECHO_TOO_LONG = "Write {most} characters or fewer: this is {long}."
ECHO_CHOOSE = "Choose who you are."
ECHO_TOO_MANY = "Too much was sent from here just now. Try again in an hour."
ECHO_ANSWERS_TITLE = "You said, we did"
ECHO_NO_ANSWERS = "Nothing has been answered yet."
ECHO_COVERS_ONE = "One person told us"
ECHO_COVERS = "{count} people told us"
ECHO_HUB_TITLE = "What people told us"
ECHO_TAGS_NEEDED = "Give at least one tag."
ECHO_TAG_LONG = "A tag has {most} characters at most."
ECHO_ANSWER_NEEDED = "Write both what was said and what was done."
ECHO_NUMBERS_NEEDED = "Choose the messages that it answers."
ECHO_TAGGED = "Message {number} is tagged: {tags}."
ECHO_PROPOSED = "Answer {number} is written down. A second person makes it public."
ECHO_PUBLISHED = "Answer {number} is public."
ECHO_WITHDRAWN = "Answer {number} is no longer public."


def echo_covers(count: int) -> str:
    """How many an answer is for."""
    return ECHO_COVERS_ONE if count == 1 else ECHO_COVERS.format(count=count)


def echo_kept(kinds: Sequence[str]) -> str:
    """Thanks, and what was taken out."""
    return ECHO_KEPT_REDACTED.format(kinds=", ".join(kinds)) if kinds else ECHO_KEPT
