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
DISMISS = "Dismiss"
SAVED = "Time saved"
PAUSE, RESUME = "Pause answers", "Resume answers"
SAID = {
    "reply": "{author} replied",
    "ask_more": "{author} asked whoever asked",
    "detail": "Whoever asked added",
    "note": "Note by {author}, for the hub only",
}
FORM_TITLE, FORM_SUBMIT = "Ask for support", "Send to the hub"
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
APPROVED = "{actor} approved it. It is in the next edition within a minute."
APPROVED_WAITS = "You approved it. It waits until an admin publishes again. {hold}"
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
TAKE_OVER = "Take it over"
NONE_OF_THESE = "None of these: ask the hub"
REPLY_TITLE = "Reply {about}"
START_REPLY = "Start a reply from this"
START_OF_REPLY = "“{quote}”\n({source})\n\n"
SURE = {
    "withdraw": "Withdraw {about}?",
    "pause": "Questions still reach the hub, and nothing is quoted.",
}
ALREADY_TAKEN = "That was sent already, so nothing was sent twice."
WITH_HUB = "With the hub: {reference}"
KEPT = "Kept."
CLOSED = "{reference} is closed."
PROPOSED = "Proposed as hub advice. Somebody else has to approve it."
STRANGE_DIALOG = "This dialog is from an older version. Close it, and open it again."
SOMEBODY = "a colleague"
PAUSED_FROM = "Paused from {platform}."
PAUSED = "Answers are paused."
RESUMED = "Answers are on again."
NO_CHANNEL = "There is no channel here to share it in."
STRANGER = "I only answer people of this organisation."
NOT_KNOWN_YET = "I cannot tell yet whether you are of this organisation. Try again in a moment."
BY_DIRECT_MESSAGE = "I have sent you my reply in private."
NO_CHAT_YET = "I cannot write to you in private yet. Open a chat with me, and ask there."
ONLY_HUB = "Only hub staff work on requests."
NO_CARD = "Not sent: I do not know which request this thread is about. Use the card's Reply button."
FORM_INVITES = "A problem that keeps coming back, or something that wastes time? The hub can help with it."
SHOW_ANSWER = "Show the answer"
INTERRUPTED = "I was interrupted while I answered “{question}”."
INTERRUPTED_SOMEWHERE = "I was interrupted while I answered you."
IS_WITH_HUB = "It is with the hub as {reference}."
IF_NOT_SEEN = f"If you cannot see my answer, press “{SHOW_ANSWER}” or write: show {{receipt}}"
DONE_BEFORE = (
    "I was interrupted while I answered you. What you wrote for {reference} is done; nothing was done twice. "
    "Write “my requests” to see how it stands."
)
WRITE_AGAIN = "I was interrupted while I answered you. If you cannot see my answer, write the same again, please."
SENT_BEFORE = "I was interrupted. Your reply about {reference} was sent, once."
ONLY_ASKER = "Only whoever asked can have this answer shown."
SHOWN_BEFORE = "I have shown it already. To see it once more, write: show {receipt}"
ASKED_ANEW = "What I found has changed since, so I look again."
CHANGED_SINCE = "What I found has changed since. Ask again, please."
SHOW_LETTER, SHOW_CARD = "Show it", "Show the card"
LETTER_AGAIN = {
    "answer": "I was interrupted while I brought you an answer.",
    "late_answer": "Guidance now answers what you asked, and I was interrupted while I brought you that.",
    "reply": "The hub replied to {reference}, and I was interrupted while I brought it.",
    "ask_more": "The hub asks you for more about {reference}, and I was interrupted while I brought that.",
    "closed": "There is news of {reference}, and I was interrupted while I brought it.",
    "reminder": "I was interrupted while I posted a reminder here.",
}
IF_NOT_BROUGHT = f"If you cannot see it above, press “{SHOW_LETTER}”."
CARD_AGAIN = (
    f"{{reference}}: I was interrupted while I posted its card. If you cannot see it above, press “{SHOW_CARD}”."
)
ONLY_ADDRESSEE = "Only whoever it was sent to can have it shown."
LETTER_GONE = "It is not on record any more."
ALREADY_SHOWN = "I have shown it already."
HERE_IT_IS = "Here it is."
FILES_NOT_READ = "I cannot read attached files, and have looked at your words alone."
ONLY_FILES = "I cannot read attached files. Ask in your own words, without names and case details."
EDITED = "I have answered what you wrote first. Ask again if you want something else."
FORM_WORDS = frozenset({"support", "form", "ask for support"})
HOME_WORDS = frozenset({"home", "my", "mine", "my requests", "queue"})
WORKING = "Working on it: what comes of it follows in a moment."
MORE_FOUND = "{count} more may not be named in this channel."
NOT_OPENED = "That could not be opened. Press the button again."
DONE = "Done."
