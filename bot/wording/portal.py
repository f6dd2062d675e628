"""What the portal says beside what every edge says."""

from __future__ import annotations

NO_SUCH_PAGE = "There is no such page. Check the address, or start from the first page."
NOT_FOR_YOU = "Your role does not reach this page. Ask an admin of the hub if you need it."
TROUBLE_TITLES = {
    400: "That cannot be read",
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
