"""What the terminal and the programs say of themselves."""

from __future__ import annotations

SERVES = "Serving on http://{host}:{port} (platforms: {platforms}). Stop with Ctrl-C."
NO_PLATFORMS = "none; set their credentials, see the README"
LISTENS = "Listening to Slack. Stop with Ctrl-C."
TEAMS_NEEDS = "Teams needs packages that are not installed. Run: pip install 'prevention-hub[teams]'"
SOCKET_NEEDS = "Socket Mode needs PREVENTION_HUB_SLACK_BOT_TOKEN and PREVENTION_HUB_SLACK_APP_TOKEN."
CHAT_HELP = (
    "Type a question. A number opens a passage, “hub” hands your last question to the hub, “good” or “wrong: …” says "
    "how an answer was, “mine” lists your requests, “learn” offers short readings, “news” tells what is new, “quit” "
    "leaves. Not for emergencies: call 999."
)
SERVING = "Edition {edition}, {documents} documents."
LOOKING = "Looking…"
AFTER_ANSWER = "A number opens a passage; “hub” asks the hub."
CHOOSE = "A number opens one of them. If none of them is it, type “hub”."
NO_SUCH_PASSAGE = "There is no passage with that number. The last reply has {count}."
NOTHING_TO_HAND_OVER = "Ask a question first, then “hub” hands it over."
FIRST_EDITION = "No edition yet: indexing the starter library first. This happens once."
NO_QUESTION = 'Type a question in quotes, for example: prevention-hub ask "how long can we keep someone under s136"'
