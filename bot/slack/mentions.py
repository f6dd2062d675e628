"""People in what is read in Slack: Slack's own are mentioned, so that it shows their names; others are named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.refusals import RecordsError
from bot.edges.names import Acquaintances, NamesOf, hidden, ids_in, replaced
from bot.slack import blocks as b
from bot.slack.drawing import Drawn


def mentions(people: Acquaintances) -> NamesOf:
    """Ids to what is read in their place; may raise RecordsError."""

    def names_of(ids: list[str]) -> Mapping[str, str]:
        known = people.names(ids)
        own = people.on_platform(list(known))
        return {one: f"<@{one}>" if one in own else b.escape(name) for one, name in known.items()}

    return names_of


def names_anybody(drawn: Drawn) -> bool:
    """Whether there may be an id of a person in a message."""
    return bool(ids_in([*_words(drawn.blocks), drawn.text]))


def with_people(drawn: Drawn, names_of: NamesOf) -> Drawn:
    """A message in which ids of people are what is read in their place; it never raises."""
    ids = ids_in([*_words(drawn.blocks), drawn.text])
    try:
        names = names_of(ids) if ids else {}
    except RecordsError:
        names = {}
    text = replaced(drawn.text, {one: name for one, name in names.items() if not name.startswith("<@")})
    return Drawn(hidden(text), [_block(block, names) for block in drawn.blocks])


def _words(blocks: list[b.Block]) -> list[str]:
    return [str(part["text"]) for block in blocks for part in _parts(block)]


def _parts(block: b.Block) -> list[dict[str, Any]]:
    """The texts of a block that may be more than plain: not what people said, and not what is on a button."""
    if block["type"] == "section" and "text" in block:
        return [block["text"]]
    return list(block["elements"]) if block["type"] == "context" else []


def _block(block: b.Block, names: Mapping[str, str]) -> b.Block:
    if block["type"] == "section" and "text" in block:
        return {**block, "text": _part(block["text"], names, b.SECTION)}
    if block["type"] == "context":
        return {**block, "elements": [_part(one, names, b.CONTEXT) for one in block["elements"]]}
    return block


def _part(part: dict[str, Any], names: Mapping[str, str], most: int) -> dict[str, Any]:
    text = str(part.get("text", ""))
    if part.get("type") != "plain_text":
        return part
    if any(one in text for one in names):
        return {"type": "mrkdwn", "text": b.cut(hidden_but(replaced(b.escape(text), names)), most)}
    return {**part, "text": hidden(text)}


def hidden_but(text: str) -> str:
    """A text without ids, but for those that Slack shows as names."""
    pieces = text.split("<@")
    shown = [hidden(pieces[0])]
    for piece in pieces[1:]:
        mention, end, rest = piece.partition(">")
        shown.append(f"<@{mention}{end}{hidden(rest)}")
    return "".join(shown)
