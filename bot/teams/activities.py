"""Messages as Teams takes them: text with citations, a feedback loop, a sensitivity label, cards below.

Citations, labels and feedback: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot import wording
from bot.domain.messages import Citation
from bot.teams import parts as c
from bot.teams import wording as said

Message = dict[str, Any]
TEXT = 12_000
"""Characters of a message's text: with its cards it stays well below the 28 KB that Teams takes everywhere."""
NAME, ABSTRACT, KEYWORD, MOST_KEYWORDS, MOST_CITED = 80, 160, 28, 3, 20
_LINK = re.compile(r"https?://[^\s<>\"]+")


def message(text: str, *cards: c.Element, room: float = 1.0) -> Message:
    """A message; its text is markdown. `room` is the share of its length that it may have."""
    found: Message = {"type": "message", "text": c.cut(text, int(TEXT * room)), "textFormat": "markdown"}
    if cards:
        found["attachments"] = [c.attachment(card) for card in cards]
        found["attachmentLayout"] = "list"
    return found


def plain(text: str, *cards: c.Element) -> Message:
    """A message of somebody's own words, line by line."""
    return c.fitted(lambda room: message(paragraphs(text), *cards, room=room))


def paragraphs(text: str) -> str:
    """Words as markdown that shows them as they are, each line by itself."""
    return "\n\n".join(c.literal(line) for line in text.split("\n") if line.strip())


def with_feedback(found: Message) -> Message:
    """With Teams' own thumbs; what is wrong is asked for in a dialog of ours."""
    return {**found, "channelData": {"feedbackLoop": {"type": "custom"}}}


def with_citations(found: Message, cited: Sequence[Citation], labels: Mapping[str, str]) -> Message:
    """With the sources of `[1]`, `[2]` … in its text; `labels` are the ids of sensitivity labels by marking.

    Nothing says "AI generated": it is quoted word for word.
    """
    root: dict[str, Any] = {
        "type": "https://schema.org/Message",
        "@type": "Message",
        "@context": "https://schema.org",
        "@id": "",
        "citation": [
            {"@type": "Claim", "position": number, "appearance": _appearance(one, labels)}
            for number, one in enumerate(cited[:MOST_CITED], 1)
        ],
    }
    label = _label(_highest(cited), labels)
    if label:
        root["usageInfo"] = label
    return {**found, "entities": [root]}


def _appearance(cited: Citation, labels: Mapping[str, str]) -> dict[str, Any]:
    keywords = [word for word in wording.standing(cited).split(" · ") if word][:MOST_KEYWORDS]
    appearance: dict[str, Any] = {
        "@type": "DigitalDocument",
        "name": c.cut(wording.source(cited), NAME).strip() or said.GUIDANCE,
        "abstract": c.cut(" ".join(cited.quote.split()), ABSTRACT) or said.GUIDANCE,
        "keywords": [c.cut(word, KEYWORD) for word in keywords],
    }
    if _LINK.fullmatch(cited.link):
        appearance["url"] = cited.link
    label = _label(cited.marking, labels)
    if label:
        appearance["usageInfo"] = label
    return appearance


def _label(marking: str, labels: Mapping[str, str]) -> dict[str, str]:
    """The label of a marking; nothing where its id is not set."""
    if marking not in labels:
        return {}
    return {"@type": "CreativeWork", "@id": labels[marking], "name": marking, "description": marking}


def _highest(cited: Sequence[Citation]) -> str:
    from bot.answering.ceilings import RANKS

    ranks = [str(marking) for marking in RANKS]
    return max((one.marking for one in cited), key=lambda name: ranks.index(name) if name in ranks else 0, default="")
