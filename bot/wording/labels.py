"""Buttons, dialogs and headings: the same words in the same order at every edge that has them."""

from __future__ import annotations

PROMPTS = (
    ("Section 136", "how long can we hold someone under section 136"),
    ("Closing an address", "when can we use a closure notice"),
    ("Problem solving", "how do I start with SARA"),
    ("Academy", "what is the prevention academy"),
)
SHOW_PASSAGE = "Show passage"
ASK_HUB = "Ask the hub"
SHARE = "Share in channel"
HELPED = "That helped"
NOT_YET = "Not yet"
JOIN = "Join {reference}"
ADD_DETAIL = "Add detail"
WITHDRAW = "Withdraw"
GOOD, BAD = "Good answer", "Not helpful"
CLAIM, RELEASE, REPLY, ASK_MORE = "Claim", "Release", "Reply", "Ask for more"
NOTE, CLOSE, PROMOTE, APPROVE = "Note", "Close", "Promote", "Approve"
PAUSE, RESUME = "Pause answers", "Resume answers"
SAID = {
    "reply": "{author} replied",
    "ask_more": "{author} asked whoever asked",
    "detail": "Whoever asked added",
    "note": "Note by {author}, for the hub only",
}
FORM_TITLE, FORM_SUBMIT, CANCEL = "Ask for support", "Send to the hub", "Cancel"
ABOUT_TITLE, ABOUT_LABEL = "Ask the hub", "What do you need to know?"
FEEDBACK_TITLE, FEEDBACK_LABEL = "What is wrong?", "What is wrong, or missing?"
FEEDBACK_HUB = "Send it to the hub, so that somebody mends it"
DETAIL_TITLE, DETAIL_LABEL = "Add detail", "What should the hub know as well?"
KIND_LABEL, THEME_LABEL = "What is it?", "Theme"
KINDS = {"operational_problem": "An operational problem", "organisational_inefficiency": "Something that wastes time"}
REPLY_LABEL = "Your reply; it goes to whoever asked"
ASK_MORE_LABEL = "What do you need to know?"
NOTE_LABEL = "For the hub only"
CLOSE_LABEL = "How did it end?"
OUTCOMES = {
    "answered": "Answered",
    "duplicate": "Asked before",
    "out_of_scope": "Not for the hub",
    "policy_gap": "A gap in policy",
    "referred_on": "Passed on to the right team",
}
PROMOTE_QUESTION, PROMOTE_TEXT, PROMOTE_OWNER = "The question it answers", "The advice, as officers see it", "Owner"
PROMOTED = "{actor} proposes it as hub advice. Somebody else has to approve it."
APPROVED = "{actor} approved it. It is in the next edition within a minute."
HOME_MINE = "My questions and requests"
HOME_NOTHING = "Nothing is open. Ask me in the Messages tab."
HOME_QUEUE = "The hub's queue"
HOME_QUEUE_EMPTY = "Nothing waits."
HOME_LIBRARY = "The library"
HOME_EDITION = "Edition {edition}: {documents} documents, {passages} passages."
HOME_NO_EDITION = "There is no edition yet."
HOME_PAUSED = "Answers are paused: {why}"
SHARED_DONE = "Shared in the channel."
CARD_HELP = "To reply from this thread, begin a message with “reply:”."
THREAD_REPLIED = "Sent to whoever asked {reference}."
TALK = (
    "What is said in this thread stays in the hub. To send something to whoever asked, begin a message with “reply:”."
)
SEND, KEEP = "Send", "Keep"
