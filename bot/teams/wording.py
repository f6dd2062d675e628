"""Sentences and labels that only Teams needs; everything else is in bot/wording/."""

from __future__ import annotations

from bot.wording.labels import *

BAD_APP_ID = (
    "The app id is not a GUID. Copy “Application (client) ID” from the app's registration in Entra; it looks like "
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301."
)
BAD_HOST = (
    "Teams reaches the app over https under a public name. Give that name alone, as --host hub.example.police.uk: "
    "no https://, port, path, space, IP address or name that only your own network knows."
)
NO_APP_ID = "Which app? Give --app-id, or set PREVENTION_HUB_TEAMS_CLIENT_ID."
NO_HOST = "Which host? Give --host, or set PREVENTION_HUB_PUBLIC_URL."
URL_NOT_HTTPS = (
    "PREVENTION_HUB_PUBLIC_URL does not begin with https://, and Teams uses nothing else. Mend it, or give --host."
)
PACKED = "Wrote {out}. Upload it in the Teams admin centre, under Teams apps, Manage apps."
NOT_WRITTEN = "{out} cannot be written: {why}. Name a file in a folder that is there."
SHARED = "Shared by {name}"
ASKED_IN_CHANNEL = "You asked this in a channel."
CARD_HELP_MENTION = "To reply from this thread, mention me and begin with “reply:”."
SHOW_ACTIONS = "Show actions"
NEXT_PART = "Show more"
HELP = (
    "Write to me here in your own words, or mention me in a channel: only you see my reply there, until you share it. "
    "“mine” lists your requests. “support” opens a form for a problem, or for something that wastes time. "
    "“Ask the hub about this” in a message's menu hands that message to the hub."
)
SEARCH_NOTHING = "Nothing in guidance comes near that."
SEARCH_NO_REQUEST = "No request fits that."
FEEDBACK_UNKNOWN = "I do not know any more which reply that is about. Press “Ask the hub” below it instead."
GUIDANCE = "Guidance"
SEARCH_HINT = "Type what you are looking for."
TYPE_ON = "That takes a moment. Type on, or try again."
