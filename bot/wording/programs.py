"""What the terminal and the programs say of themselves."""

from __future__ import annotations

SERVES = "Serving on http://{host}:{port} (platforms: {platforms}). Stop with Ctrl-C."
NO_PLATFORMS = "none; set their credentials, see the README"
LISTENS = "Connecting to Slack. Stop with Ctrl-C."
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
RELATED = "You can also ask:"
CHOOSE = "A number opens one of them. If none of them is it, type “hub”."
NO_SUCH_PASSAGE = "There is no passage with that number. The last reply has {count}."
NOTHING_TO_HAND_OVER = "Ask a question first, then “hub” hands it over."
FIRST_EDITION = "No edition yet: indexing the starter library first. This happens once."
NO_QUESTION = 'Type a question in quotes, for example: prevention-hub ask "how long can we keep someone under s136"'
TERMS = (
    "Prevention Hub quotes guidance word for word and hands what it does not cover to the hub.\n\n"
    "It is orientation, not legal advice, and decides nothing about anybody. Leave out names and case details. "
    "It is never for an emergency: call 999, use your radio or the control room.\n"
)


def privacy(questions: int, requests: int, *, read_by_a_model: bool = False) -> str:
    """What is kept of what people type, and for how long; 0 days is for good."""
    seen = (
        "A language model that this force allows is sent your question, after names and numbers were taken out, so "
        "that it can point at sentences of the guidance. Ask the hub for what is kept about you."
        if read_by_a_model
        else "Nothing is sent to anybody outside the force, and no language model sees it. Ask the hub for what is "
        "kept about you."
    )
    lines = (
        "What you type is looked through first: names, numbers and other identifiers are taken out before anything is "
        "kept. Nothing is kept of an emergency but that there was one.",
        f"Kept are your question ({_for(questions)}), what was shown to you, and a request and its replies "
        f"({_for(requests)}), with your account's id and name, so that the hub can reply to you.",
        seen,
    )
    return "\n\n".join(lines) + "\n"


def _for(days: int) -> str:
    return f"for {days} days" if days else "for good"
