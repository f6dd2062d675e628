"""What the portal says beside what every edge says."""

from __future__ import annotations

NO_SUCH_PAGE = "There is no such page. Check the address, or start from the first page."
NOT_FOR_YOU = "Your role does not reach this page. Ask an admin of the hub if you need it."
TROUBLE_TITLES = {
    400: "That cannot be read",
    401: "Not signed in",
    403: "Not for your role",
    404: "Page not found",
    409: "That cannot be done now",
    422: "There is a problem",
    429: "Too many at once",
    503: "Something went wrong",
}
ASK_LABEL = "What do you need to know?"
ASK_HINT = (
    "Ask in your own words, one thing at a time. Leave out names and case details. "
    "In an emergency use 999, your radio or the control room."
)
NOTHING_TYPED = "Type your question."
DEMO_PEOPLE = {
    "pc-adams": ("PC Adams", "officer"),
    "pcso-begum": ("PCSO Begum", "officer"),
    "sgt-bell": ("Sgt Bell", "hub staff"),
    "insp-cole": ("Insp Cole", "hub staff"),
    "ms-dunn": ("Ms Dunn", "admin"),
    "mr-east": ("Mr East", "auditor"),
}
LIBRARY = "Library"
NO_SUCH_DOCUMENT = "There is no such document, or it may not be shown here."
NEWS = "News"
LEARN_TITLE = "Learn"
LEARN_CHOOSE = "Choose an answer."
LEARN_PATH_DONE = "That was the last step of this path."
LEARN_NO_SUCH_PATH = "There is no such learning path. Choose one from the list."
RECEIPT_TITLE = "Check a receipt"
RECEIPTS_TOO_MANY = "Too many codes were checked just now. Wait a minute, then check this one again."
SIGN_INS_TOO_MANY = "Too many people are signing in from where you are. Wait a minute, then try again."
RECEIPT_NEEDED = "Type the receipt's code: it looks like 7K3-F9Q."
STANDINGS = {
    "unchanged": "Still stands, word for word",
    "changed": "Has changed since",
    "withdrawn": "Withdrawn",
    "past_review": "Past its review date",
}
PROVIDER_AWAY = "Signing in is not possible at the moment. Try again in a few minutes; if it stays so, tell the hub."
NOT_SIGNED_IN = "You could not be signed in. Start again; if it stays so, tell the hub."
REPLY_TITLE = "Reply"
BOARD = "Board"
FILTER_KEPT, FILTER_REMOVED = "The filter is kept for you, above the board.", "The filter is removed."
FILTER_NEEDS_NAME = "Give the filter a name."
FILTER_TOO_LONG = "Use at most 60 characters for the name and 200 for the words and the area."
FILTER_IDENTIFIES = "Leave out names, numbers and addresses: a filter that holds any is not kept."
FILTERS_TOO_MANY = "You have 20 filters already. Remove one, then keep this one."
SAVED_FILTERS = "Your filters"
NO_SUCH_REQUEST_HERE = "There is no such request, or it is not one of yours."
LIKE_TITLE = "What is like this already"
LIKE_BUTTON = "See what is like this already (opens in a new tab)"
LIKE_NOTHING = "No open request and no guidance comes near so far."
LIKE_GUIDANCE = "Guidance that may answer it already:"
SHIFT = "Handover"
SHIFT_EMPTY = "Nothing waits, and nothing came in since then."
PROPOSALS = "Proposals"
PROPOSALS_WHY = "Replies that a colleague wants everybody to be quoted. A second person decides."
PROPOSALS_NONE = "No proposal waits for a second person."
PROPOSED_BY_YOU = "You proposed this: a colleague has to approve it."
NO_SUCH_PROPOSAL = "There is no such proposal. It may have been approved or taken back meanwhile."
LATE_TITLE = "Late answers"
LATE_WHY = "Questions that guidance could not answer when they were asked, and answers now."
LATE_NOTHING = "Guidance answers nothing today that it left open before."
RECALLS = "Recalls"
RECALLS_WHY = "Quotes of the last {days} days that have changed since, were withdrawn or are past their review date."
RECALLS_NONE = "Everything that was quoted still stands."
NO_SUBJECT = "Other guidance"
ALL_DOCUMENTS = "All documents"
WOULD_BE_HANDED_OVER = "Guidance does not answer this. The question would go to the hub."
