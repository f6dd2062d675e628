"""Sentences and labels that only Slack needs; everything else is in bot/wording/."""

from __future__ import annotations

from bot.wording.labels import *

LOOKING = "is looking in the guidance…"
PROMPTS_TITLE = "Ask in your own words"
BY_DIRECT_MESSAGE = "I have sent you my reply in a direct message."
OTHER_WORKSPACE = "I only answer people of this workspace."
SHARED = "Shared by <@{user}>"
ASKED_IN = "Asked in <#{channel}>."
NO_CARD = "Not sent: I do not know which request this thread is about. Use `/prevention reply PF-0042 your text`."
HELP = (
    "Write to me in a direct message, mention me in a channel, or use `/prevention your question`. "
    "`/prevention my` lists your requests. The shortcut “Ask the hub for support” opens a form for a problem or an "
    "inefficiency; the message shortcut “Ask the hub about this” hands a message to the hub."
)
HUB_HELP = "`/prevention reply PF-0042 your text` replies to a request."
INSTALLED = "Prevention Hub is installed. Open Slack and write to it."
NOT_INSTALLED = "The installation could not be finished. Start again from the install page."
