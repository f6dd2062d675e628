"""Sentences and labels that only Slack needs; everything else is in bot/wording/."""

from __future__ import annotations

from bot.wording.labels import *
from bot.wording.labels import PROMPTS

LOOKING = "is looking in the guidance…"
PROMPTS_HUB = (
    ("What waits for the hub", "queue"),
    ("My own requests", "mine"),
    *PROMPTS[:2],
)
"""For whoever looks at the hub's channel."""
NOT_DRAWN = (
    "Slack would not show {name} with its buttons ({where}); it is sent as plain text instead. Bring the program up "
    "to date, or report it with this line."
)
PROMPTS_TITLE = "Ask in your own words"
SHARED = "Shared by <@{user}>"
ASKED_IN = "Asked in <#{channel}>."
OPEN_GUIDANCE = "Open the guidance"
OPEN_THREAD = "Go back to it"
PASSAGE_GOES_ON = "The passage goes on: open the document to read the rest."
HELP = (
    "Write to me in a direct message, mention me in a channel, or use `/prevention your question`. "
    "`/prevention my` lists your requests. The shortcut “Ask the hub for support” opens a form for a problem or an "
    "inefficiency; the message shortcut “Ask the hub about this” hands a message to the hub.\n\n"
    "`/prevention reply PF-0042 your text` replies to a request."
)
NOT_ON_LIST = (
    "This workspace is not on the list of those that are served. Ask whoever runs the hub to add its id to "
    "PREVENTION_HUB_SLACK_TEAM_IDS, and install the app again."
)
SOCKET_REFUSED = (
    "Slack does not take the app token ({why}). Set PREVENTION_HUB_SLACK_APP_TOKEN to an app-level token (xapp-…) with "
    "the scope connections:write."
)
