"""Sentences and labels that only Slack needs; everything else is in bot/wording/."""

from __future__ import annotations

LOOKING = "is looking in the guidance…"
PROMPTS_TITLE = "Ask in your own words"
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

BY_DIRECT_MESSAGE = "I have sent you my reply in a direct message."
OTHER_WORKSPACE = "I only answer people of this workspace."
SHARED = "Shared by <@{user}>"
SHARED_DONE = "Shared in the channel."
ASKED_IN = "Asked in <#{channel}>."
SAID = {
    "reply": "{author} replied",
    "ask_more": "{author} asked whoever asked",
    "detail": "Whoever asked added",
    "note": "Note by {author}, for the hub only",
}
CARD_HELP = "To reply from this thread, begin a message with “reply:”."
TALK = (
    "What is said in this thread stays in the hub. To send something to whoever asked, begin a message with “reply:”."
)
NO_CARD = "Not sent: I do not know which request this thread is about. Use `/prevention reply PF-0042 your text`."
THREAD_REPLIED = "Sent to whoever asked {reference}."
FINISHED = "Thank you."

HELP = (
    "Write to me in a direct message, mention me in a channel, or use `/prevention your question`. "
    "`/prevention my` lists your requests. The shortcut “Ask the hub for support” opens a form for a problem or an "
    "inefficiency; the message shortcut “Ask the hub about this” hands a message to the hub."
)
HUB_HELP = "`/prevention reply PF-0042 your text` replies to a request."
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
INSTALLED = "Prevention Hub is installed. Open Slack and write to it."
NOT_INSTALLED = "The installation could not be finished. Start again from the install page."
