"""Messages as Teams takes them: text with citations, a feedback loop, a sensitivity label, cards below.

Citations, labels and feedback: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot import wording
from bot.domain.messages import Citation
from bot.teams import parts as c
from bot.teams import wording as said

Message = dict[str, Any]
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
TEXT = 12_000
"""Characters of a message's text: with its cards it stays well below the 28 KB that Teams takes everywhere."""
NAME, ABSTRACT, KEYWORD, MOST_KEYWORDS, MOST_CITED, MOST_SUGGESTED = 80, 160, 28, 3, 20, 6
PASSAGE = 3000
"""Characters of a quote behind its citation."""
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


def with_suggestions(found: Message, questions: Sequence[str]) -> Message:
    """With questions that one tap sends, as if the reader had typed them: only in a person's own chat.

    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
    """
    actions = [{"type": "imBack", "title": one, "value": one} for one in questions[:MOST_SUGGESTED]]
    return {**found, "suggestedActions": {"to": [], "actions": actions}} if actions else found


def with_citations(
    found: Message, cited: Sequence[Citation], labels: Mapping[str, str], *, room: float = 1.0
) -> Message:
    """With the sources of `[1]`, `[2]` … in its text; `labels` are the ids of sensitivity labels by marking.

    Nothing says "AI generated": it is quoted word for word. `room` is the share of its length that a quote may have.
    """
    root: dict[str, Any] = {
        "type": "https://schema.org/Message",
        "@type": "Message",
        "@context": "https://schema.org",
        "@id": "",
        "citation": [
            {"@type": "Claim", "position": number, "appearance": _appearance(one, labels, room)}
            for number, one in enumerate(cited[:MOST_CITED], 1)
            if f"[{number}]" in found["text"]
        ],
    }
    label = _label(_highest(cited), labels)
    if label:
        root["usageInfo"] = label
    return {**found, "entities": [root]}


def _appearance(cited: Citation, labels: Mapping[str, str], room: float) -> dict[str, Any]:
    keywords = [word for word in wording.standing(cited).split(" · ") if word][:MOST_KEYWORDS]
    appearance: dict[str, Any] = {
        "@type": "DigitalDocument",
        "name": c.cut(wording.source(cited), NAME).strip() or said.GUIDANCE,
        "abstract": c.cut(" ".join(cited.quote.split()), ABSTRACT) or said.GUIDANCE,
        "keywords": [c.cut(word, KEYWORD) for word in keywords],
        "encodingFormat": CARD_TYPE,
        "text": json.dumps(_passage(cited, int(PASSAGE * room)), ensure_ascii=False),
    }
    if _LINK.fullmatch(cited.link):
        appearance["url"] = cited.link
    label = _label(cited.marking, labels)
    if label:
        appearance["usageInfo"] = label
    return appearance


def _passage(cited: Citation, most: int) -> c.Element:
    """What a press on the citation opens: the quote in its own card."""
    standing = c.small(c.cut(wording.standing(cited), c.LINE))
    return c.card([*c.said(wording.source(cited), c.LINE, weight="Bolder"), c.quote(cited.quote, most), *standing])


def _label(marking: str, labels: Mapping[str, str]) -> dict[str, str]:
    """The label of a marking; nothing where its id is not set."""
    if marking not in labels:
        return {}
    return {"@type": "CreativeWork", "@id": labels[marking], "name": marking, "description": marking}


def _highest(cited: Sequence[Citation]) -> str:
    from bot.answering.ceilings import RANKS

    ranks = [str(marking) for marking in RANKS]
    return max((one.marking for one in cited), key=lambda name: ranks.index(name) if name in ranks else 0, default="")
