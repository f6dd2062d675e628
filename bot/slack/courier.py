"""Delivery to Slack: the hub's replies to whoever asked, and the cards of the hub's channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import WebClient

from bot.domain.letters import Letter, LetterKind, NotDelivered
from bot.slack.blocks import escape, section
from bot.slack.drawing import Drawn, draw_card, draw_letter
from bot.slack.mentions import mentions, with_people
from bot.slack.places import PLATFORM, Spot
from bot.slack.sending import PLAIN
from bot.slack.workspaces import Workspaces

if TYPE_CHECKING:
    from bot.records import Records

HOPELESS = frozenset(
    "channel_not_found is_archived user_not_found user_disabled account_inactive cannot_dm_bot not_in_channel".split()
)
"""Trying again does not help; a person has to."""
CONFIRMED = (LetterKind.REPLY, LetterKind.LATE_ANSWER)


class SlackCourier:
    """Brings letters to Slack; each carries its key, so that a repeat can be told from a new one."""

    def __init__(self, workspaces: Workspaces, records: Records, api_url: str) -> None:
        self._workspaces, self._records, self._api_url = workspaces, records, api_url

    def deliver(self, letter: Letter) -> None:
        """Bring a letter. NotDelivered with what Slack said."""
        spot = Spot.of(letter.address)
        workspace = self._workspaces.find(spot.team)
        if workspace is None:
            raise NotDelivered("the app is not installed in this workspace", hopeless=True)
        client = WebClient(token=workspace.token, base_url=self._api_url, timeout=20)
        try:
            if letter.kind is LetterKind.CARD:
                self._card(client, spot, letter)
            elif letter.kind is LetterKind.REMINDER:
                self._remind(client, spot, letter)
            else:
                self._letter(client, spot, letter)
        except SlackApiError as error:
            raise _not_delivered(error) from error
        except (SlackClientError, URLError, TimeoutError, OSError) as error:
            raise NotDelivered(type(error).__name__) from error

    def close(self) -> None:
        """It holds nothing between two letters."""

    def _letter(self, client: WebClient, spot: Spot, letter: Letter) -> None:
        """To the direct message it was asked in; what was asked in a channel is replied to in private."""
        confirms = letter.kind in CONFIRMED
        asked_in = "" if spot.is_direct else spot.channel
        asks = letter.kind is LetterKind.ASK_MORE
        drawn = draw_letter(letter.reference, letter.text, confirms=confirms, asks=asks, channel=asked_in)
        channel, thread = spot.channel, spot.thread
        if not spot.channel.startswith("D"):
            opened = client.api_call("conversations.open", json={"users": letter.person})
            channel, thread = str(opened["channel"]["id"]), ""
        self._post(client, channel, thread, drawn, letter)
        if thread:
            status = "closed" if letter.kind is LetterKind.CLOSED else "active"
            _nice(client, "agents.sessions.setStatus", channel_id=channel, thread_ts=thread, status=status)

    def _card(self, client: WebClient, spot: Spot, letter: Letter) -> None:
        """The request as it stands now, in its one card, and a line about what happened in the card's thread."""
        request = self._records.request(letter.reference)
        if request is None:
            return  # it was purged meanwhile: there is nothing to show
        advice = next((one for one in self._records.advice.all() if one.reference == request.reference), None)
        names_of = mentions(self._records.people)
        drawn = with_people(draw_card(request, advice.state.value if advice else ""), names_of)
        posted = self._records.cards.get(PLATFORM, letter.address, letter.reference)
        if not posted or not _update(client, spot.channel, posted, drawn):
            message = self._post(client, spot.channel, "", drawn, letter)
            self._records.cards.put(PLATFORM, letter.address, letter.reference, message)
            return
        line = with_people(Drawn(escape(letter.text), [section(letter.text)]), names_of)
        self._post(client, spot.channel, posted, line, letter)

    def _remind(self, client: WebClient, spot: Spot, letter: Letter) -> None:
        posted = self._records.cards.get(PLATFORM, letter.address, letter.reference) if letter.reference else ""
        parts = [letter.text[start : start + 2500] for start in range(0, len(letter.text), 2500)]
        drawn = Drawn(escape(letter.text[:3500]), [section(part) for part in parts])
        self._post(client, spot.channel, posted, with_people(drawn, mentions(self._records.people)), letter)

    def _post(self, client: WebClient, channel: str, thread: str, drawn: Drawn, letter: Letter) -> str:
        message: dict[str, Any] = {
            "channel": channel,
            "text": drawn.text,
            "blocks": drawn.blocks,
            "metadata": {
                "event_type": "prevention_hub_letter",
                "event_payload": {"key": letter.key, "reference": letter.reference},
            },
            **PLAIN,
        }
        if thread:
            message["thread_ts"] = thread
        return str(client.api_call("chat.postMessage", json=message).get("ts", ""))


def _update(client: WebClient, channel: str, message: str, drawn: Drawn) -> bool:
    """Change a card in place; False where somebody has deleted it."""
    try:
        client.api_call(
            "chat.update", json={"channel": channel, "ts": message, "text": drawn.text, "blocks": drawn.blocks}
        )
    except SlackApiError as error:
        if str(error.response.get("error")) not in ("message_not_found", "cant_update_message"):
            raise
        return False
    return True


def _nice(client: WebClient, method: str, **body: Any) -> None:
    """A call whose failure changes nothing."""
    try:
        client.api_call(method, json=body)
    except (SlackClientError, URLError, TimeoutError, OSError):
        return


def _not_delivered(error: SlackApiError) -> NotDelivered:
    code = str(error.response.get("error", "unknown")) if hasattr(error.response, "get") else "unknown"
    headers = getattr(error.response, "headers", None) or {}
    wait = next((value for name, value in headers.items() if name.lower() == "retry-after"), 0)
    seconds = float(wait[0] if isinstance(wait, list) else wait or 0)
    return NotDelivered(f"Slack said {code}", wait=seconds, hopeless=code in HOPELESS)
