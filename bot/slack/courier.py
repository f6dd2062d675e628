"""Delivery to Slack: what the hub sends to askers, and the cards of the hub's channel."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import WebClient

from bot.answering.ceilings import Ceilings
from bot.domain.letters import Letter, LetterKind, NotDelivered, Trouble
from bot.edges.letters import parcel, shown_as
from bot.edges.names import Acquaintances
from bot.edges.shown import Note, Shown
from bot.slack.drawing import Drawn, draw
from bot.slack.mentions import mentions, with_people
from bot.slack.places import PLATFORM, Spot
from bot.slack.sending import BLOCKS_REFUSED, LETTER, PLAIN, as_message, as_text, why
from bot.slack.workspaces import Workspaces

if TYPE_CHECKING:
    from bot.records import Records

GONE = frozenset(
    "channel_not_found is_archived user_not_found user_disabled cannot_dm_bot not_in_channel users_not_found "
    "restricted_action is_inactive messages_tab_disabled".split()
)
"""The address is no good any more."""
REFUSED_TOKENS = frozenset(
    "invalid_auth not_authed account_inactive token_revoked token_expired missing_scope no_permission "
    "team_access_not_granted access_denied ekm_access_denied org_login_required".split()
)
"""Slack does not take our token."""
NOT_THERE = frozenset(("message_not_found", "cant_update_message", "edit_window_closed"))
log = logging.getLogger(__name__)
LOOKED_BACK = 86_400.0
"""Seconds within which a message is looked for that a process may have sent before it died."""
FAILURES = (SlackClientError, URLError, TimeoutError, OSError, ValueError, TypeError, KeyError)


class SlackCourier:
    """Brings letters to Slack; each carries its key, so that a repeat can be told from a new one."""

    def __init__(self, workspaces: Workspaces, records: Records, ceilings: Ceilings, api_url: str) -> None:
        self._workspaces, self._records, self._ceilings, self._api_url = workspaces, records, ceilings, api_url
        self._known = Acquaintances(records, PLATFORM)

    def deliver(self, letter: Letter) -> None:
        """Bring a letter. NotDelivered with what Slack said."""
        spot = Spot.of(letter.address)
        workspace = self._workspaces.find(spot.team)
        if workspace is None:
            raise NotDelivered("the app is not installed in this workspace", trouble=Trouble.OURS)
        client = WebClient(token=workspace.token, base_url=self._api_url, timeout=20)
        try:
            self._bring(client, spot, letter)
        except SlackApiError as error:
            raise _not_delivered(error) from error
        except FAILURES as error:
            raise NotDelivered(type(error).__name__) from error

    def close(self) -> None:
        """It holds nothing between two letters."""

    def _bring(self, client: WebClient, spot: Spot, letter: Letter) -> None:
        # Slack tells what arrived, so a letter that a process died with is brought as any other, or is there already
        found = parcel(replace(letter, again=False), self._records, self._ceilings, is_direct=spot.is_direct)
        channel, thread = spot.channel, "" if letter.kind is LetterKind.REMINDER else spot.thread
        if (found.is_private and not channel.startswith("D")) or channel.startswith("@"):
            opened = client.api_call("conversations.open", json={"users": letter.person or channel[1:]})
            channel, thread = str(opened["channel"]["id"]), ""
        there = _arrived(client, channel, found.posted or thread, letter) if letter.again or letter.attempts else []
        if there is None:  # it cannot be told, so what may have arrived is only told of
            found = parcel(letter, self._records, self._ceilings, is_direct=spot.is_direct)
            there = []
        if there and found.card is not None and not found.posted:
            shown_as(letter, self._records, there[0])
            return
        if found.card is not None:
            card = self._drawn(found.card)
            if not found.posted or not _update(client, channel, found.posted, card):
                shown_as(letter, self._records, self._post(client, channel, "", card, letter))
                return
        for part in found.parts[len(there) :]:
            shown = _with_link(client, part)
            self._post(client, channel, found.posted or thread, self._drawn(shown), letter)
        if found.is_private and thread:
            status = "closed" if letter.kind is LetterKind.CLOSED else "active"
            _nice(client, "agents.sessions.setStatus", channel_id=channel, thread_ts=thread, status=status)

    def _drawn(self, shown: Shown) -> Drawn:
        return with_people(draw(shown), mentions(self._known))

    def _post(self, client: WebClient, channel: str, thread: str, drawn: Drawn, letter: Letter) -> str:
        payload = {"key": letter.key, "reference": letter.reference}
        message: dict[str, Any] = {
            "channel": channel,
            "metadata": {"event_type": LETTER, "event_payload": payload},
            **PLAIN,
        }
        if thread:
            message["thread_ts"] = thread
        return str(_call(client, "chat.postMessage", message, drawn).get("ts", ""))


def _arrived(client: WebClient, channel: str, thread: str, letter: Letter) -> list[str] | None:
    """The messages of this letter that are there already, oldest first, by their key. None: Slack does not say.

    Nor does it where more was said since than is looked through: a part of it may be there that is not seen.
    """
    where: dict[str, Any] = {"channel": channel, "oldest": f"{time.time() - LOOKED_BACK:.6f}", "limit": 200}
    method = "conversations.replies" if thread else "conversations.history"
    where |= {"ts": thread} if thread else {}
    try:
        found = client.api_call(method, params={**where, "include_all_metadata": "true"})
        said = list(found["messages"])
    except FAILURES as error:
        log.warning("It cannot be told whether a letter has arrived in Slack: %s", type(error).__name__)
        return None
    ours = [one for one in said if one.get("metadata", {}).get("event_type") == LETTER]
    keys = {str(one["ts"]) for one in ours if one["metadata"].get("event_payload", {}).get("key") == letter.key}
    return None if found.get("has_more") else sorted(keys)


def _with_link(client: WebClient, shown: Shown) -> Shown:
    """What tells that it was asked in a channel also leads back there, where Slack says how."""
    if not isinstance(shown, Note) or not shown.asked_in:
        return shown
    spot = Spot.of(shown.asked_in)
    if not spot.thread:
        return shown
    try:
        where = {"channel": spot.channel, "message_ts": spot.thread}
        return replace(shown, link=str(client.api_call("chat.getPermalink", params=where)["permalink"]))
    except FAILURES:
        return shown


def _call(client: WebClient, method: str, message: dict[str, Any], drawn: Drawn) -> Any:
    try:
        return client.api_call(method, json={**message, **as_message(drawn)})
    except SlackApiError as error:
        if why(error) not in BLOCKS_REFUSED:
            raise
        return client.api_call(method, json={**message, **as_text(drawn)})


def _update(client: WebClient, channel: str, message: str, drawn: Drawn) -> bool:
    """Change a card in place; False where it is gone."""
    try:
        _call(client, "chat.update", {"channel": channel, "ts": message}, drawn)
    except SlackApiError as error:
        if why(error) not in NOT_THERE:
            raise
        return False
    return True


def _nice(client: WebClient, method: str, **body: Any) -> None:
    """A call whose failure changes nothing."""
    try:
        client.api_call(method, json=body)
    except FAILURES:
        return


def _not_delivered(error: SlackApiError) -> NotDelivered:
    code = why(error)
    headers = getattr(error.response, "headers", None) or {}
    wait = next((value for name, value in dict(headers).items() if str(name).lower() == "retry-after"), 0)
    asked = str(wait[0] if isinstance(wait, list) and wait else wait or 0)
    seconds = float(asked) if asked.replace(".", "", 1).isdigit() else 0.0
    trouble = Trouble.ADDRESS if code in GONE else Trouble.OURS if code in REFUSED_TOKENS else Trouble.PLATFORM
    return NotDelivered(f"Slack said {code}", wait=seconds, trouble=trouble)
