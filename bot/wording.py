"""Every sentence the assistant says. Plain words for a tired reader; a policy officer can review this file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.messages import Citation
from bot.triage import Request

NAME = "Prevention Hub"
NOT_SET = "Your force has not set this."

GREETING = (
    "Hello. Ask about prevention or problem solving in your own words. I quote guidance, and say where it stands."
)
THANKS = "You are welcome. Ask again whenever you need to."
BYE = "Goodbye. Stay safe."
HELP = (
    "Ask a question in your own words, one at a time. I answer with a quote from guidance and its source. "
    "What guidance does not cover I hand to the hub, and you get a reference. "
    "Leave out names and case details. Never use me for an emergency: use 999, your radio or the control room."
)
ABOUT = (
    "I am the Prevention Hub assistant. I find guidance and quote it word for word; I do not write answers, and I "
    "decide nothing about anybody. People in the hub answer what guidance does not cover."
)
NO_WORDS = "I found no words in that. Type your question, for example: how long can we keep someone under section 136?"

INCIDENT = (
    "If this is happening now, do not wait for this assistant: call 999, press your emergency button or call the "
    "control room, and tell your supervisor. This message has not been passed to anyone."
)
WELFARE = (
    "You matter, and you do not have to carry this alone. If you are in danger now, call 999. Please speak to "
    "someone now: your supervisor, or a colleague you trust. Your force's wellbeing line: {wellbeing} "
    "What you wrote has not been kept or passed to anyone."
)
AFTER_INCIDENT = "When everyone is safe, ask again for the guidance."

DECLINED = {
    "intelligence": (
        "I hold no information about people and cannot search for any. "
        "Use the authorised systems, or ask your intelligence unit."
    ),
    "system_lookup": "I cannot look anything up in police systems. Use the authorised system, or ask the control room.",
    "prompt_trick": "I can only find and quote published guidance. Ask me about prevention or problem solving.",
    "falsify": (
        "I cannot help with that. Records must say what happened. "
        "Speak to your supervisor, or to your professional standards department."
    ),
    "hr": "That is for HR or your line manager. I only have guidance on prevention and problem solving.",
    "it": "That is for the IT service desk. I only have guidance on prevention and problem solving.",
    "complaint": "That is for your professional standards department, or for your Federation or union representative.",
    "legal_advice": "I cannot advise on a live case. Ask your supervisor or legal services.",
    "politics": "I have no view on politics. I only have guidance on prevention and problem solving.",
}
DECLINED_OTHERWISE = "That is not something I can help with. I only have guidance on prevention and problem solving."

WHY = {
    "nothing_found": "The guidance library has nothing on this.",
    "too_far": "The closest guidance is too far from the question to be quoted.",
    "uncertain": "The library names this as uncertain or changing, so it must not be quoted: “{topic}”.",
    "unset": "Your force has not set this in its own part of the library: “{topic}”.",
    "document_paused": "The closest guidance is paused by the hub at the moment, so it is not quoted.",
    "above_ceiling": "The closest guidance is marked above what may be shown in this place.",
    "limit": "The closest guidance says that it does not cover this.",
    "stale": "The closest guidance is past its review date ({review_by}), so it is not quoted as current.",
    "live_or_local": "This needs live or local information, which the guidance library does not hold.",
    "asked_for_hub": "You asked for the hub's help.",
    "feedback": "Somebody says that the reply with receipt {receipt} is wrong or did not help.",
    "library_unavailable": "The guidance library cannot be read at the moment.",
}
HANDED_OVER = "Your question is with the hub. Your reference is {reference}."
NOT_COVERED = "Not covered by guidance. {why}"
NOT_RECORDED = (
    "Your question could NOT be recorded, so the hub does not have it. Please tell the hub yourself: {contact}"
)
ANSWER_NOT_RECORDED = "This reply could not be recorded, so it has no receipt."
PAUSED_ANSWERS = "Answers are paused at the moment. {why}"
PAUSED_EVERYTHING = (
    "This assistant is paused at the moment. {why} Nothing you type here is kept. Ask the hub: {contact}"
)
TOO_MANY = "That is many questions in a short time. Wait a minute, then ask again. Nothing was kept."
TOO_LONG = (
    "That is {length:,} characters, and {limit:,} is the most I can take. "
    "Nothing was kept. Ask for the one thing you need to know, in a few sentences."
)
POSSIBLE = "I am not sure which of these you mean. None is quoted as the answer."
OR_ASK_HUB = "If none of them is it, ask the hub."
SEE_ALSO = "See also"
SAME_DOCUMENT = "same document"
QUOTED = "Quoted from guidance"
QUOTED_FROM = {"hub_advice": "Quoted from hub advice", "experience": "What was tried elsewhere; this is not guidance"}
RECEIPT = "Receipt {receipt}"

DIGEST_TITLE = "Prevention Hub, week of {monday} to {sunday}"
DIGEST_NEWS = "Programme news"
HUB_REPLY = (
    "The hub has replied to {reference}:\n\n{text}\n\n"
    "Did that help? Type “helped {reference}” or “not yet {reference}”."
)
ASK_MORE = "The hub needs to know more about {reference}:\n\n{text}"
CARD_LINES = {
    "opened": "New.",
    "claimed": "{actor} claimed it.",
    "released": "{actor} put it back.",
    "reassigned": "{actor} gave it to somebody else.",
    "noted": "{actor} wrote a note.",
    "asked_more": "{actor} asked for more.",
    "detailed": "Whoever asked added something.",
    "replied": "{actor} replied.",
    "closed": "{actor} closed it.",
    "joined": "It has joined another request.",
    "parted": "On its own again: what it had joined was withdrawn.",
    "reopened": "Open again: {actor} says not yet.",
    "helped": "It helped.",
    "withdrawn": "Withdrawn.",
    "promoted": "{actor} proposes it as hub advice. Somebody else has to approve it.",
    "approved": "{actor} approved it as hub advice. It is in the next edition.",
    "late_answer": "{actor} sent what guidance says now.",
}
CLOSED_AS = {
    "answered": "as answered",
    "duplicate": "because it was asked already",
    "out_of_scope": "because it is not for the hub",
    "policy_gap": "as a gap in policy, which has been noted",
    "referred_on": "and passed on to the right team",
}
CLOSED = "The hub has closed {reference} {how}. If that is not right, type “not yet {reference}”."
ADVICE_TITLE = "Hub advice: {question}"
ADVICE_PROPOSED = "Proposed. Somebody else approves it with: prevention-hub requests approve {reference}"
ADVICE_NEXT = "The worker publishes the next edition with this change: prevention-hub worker --once"
LATE_SEND = "Send one to all who asked: prevention-hub requests late --send {reference}"
LATE_NONE = "No unanswered question would be answered by guidance now."
LATE_ANSWER = (
    "Guidance now answers {reference}:\n\n{text}\n\nDid that help? Type “helped {reference}” or “not yet {reference}”."
)
LATE_NO_SUCH = "Guidance does not answer {reference} now, or it was sent already. Run: prevention-hub requests late"
LATE_SENT = "Sent to {count}: {references}."
LATE_DISMISSED = "Not offered again: {references}."
LATE_BOARD = "Guidance would now answer {count} that could not be answered before: prevention-hub requests late"
RECALL_NONE = "Everything that was quoted in the last {days} days still stands, or everybody has been told."
RECALL_NO_SUCH = "There is no recall called '{name}', or everybody has been told. Run: prevention-hub requests recall"
RECALL_TELL = "Tell them: prevention-hub requests recall --tell {name}"
RECALL_TOLD = "{count} told."
RECALL_BOARD = "Shown to officers and does not stand any more: {count}. See: prevention-hub requests recall"
RECALL_STANDS = {
    "changed": "has changed",
    "withdrawn": "has been withdrawn",
    "past_review": "is past its review date, so ask the hub before you rely on it",
}
RECALLED = "What you were shown on {day} (receipt {receipt}) {stands}.\n\n{source}\nThen: {quote}{now}"
RECALLED_NOW = "\nNow: {text}"
EXPECTED_MEDIAN = "Half of recent requests had a reply within {hours}{open}."
EXPECTED_TARGET = "The hub aims to reply within {hours} while it is open."
OPENS_AGAIN = "The hub is open again {when}."
REMINDERS = {
    "claim": "Nobody has taken {reference} yet, and it should have been by now: {question}",
    "claim_escalated": "Nobody has taken {reference} in twice the time it should. An admin is told too: {question}",
    "reply": "{reference} has had no reply, and it should have had one by now{whose}: {question}",
    "escalated": "{reference} has had no reply in twice the time it should{whose}. An admin is told too: {question}",
}
HANDOVER_TITLE = "Hub handover: since {since}, {count} came in."
HANDOVER_OVERDUE = "Overdue"
HANDOVER_CLAIMED = "Taken"
HANDOVER_WAITING = "Waiting for somebody"
HANDOVER_ASKED = "Waiting for whoever asked, who was asked for more"
HANDOVER_ANSWERED = "Replied since then, and not yet said whether it helped"
HANDOVER_CLOSED = "Closed or withdrawn since then"
HANDOVER_MORE = "… and {count} more. See: prevention-hub requests handover --json"
HANDOVER_DEAD = "Messages that could not be delivered: {count}. See: prevention-hub doctor"
LESSON_TITLE = "What was tried: {title}"
LESSON_PROBLEM = "What was the problem?"
LESSON_TRIED = "What was tried?"
LESSON_HAPPENED = "What happened?"
LESSON_BENEFITS = "What did it bring?"
LESSON_HOURS = "{hours} hours freed a month, estimated by {who}."
LESSON_BASELINE = "Before: {text}."
LESSON_MEASURED = "How it was measured: {text}."
LESSON_NOT_CLOSED = (
    "{reference} is no operational problem or inefficiency that is closed, so there is nothing to keep of it yet."
)
LESSON_WHO_SAYS = "Say who estimated the hours: --estimated-by"
LESSON_NAMES = "A lesson is for everyone, and this names {named}. Say it without."
LESSON_SAYS_NOTHING = "Say it in a few words: {option}"
LESSON_PROPOSED = "Proposed. Somebody else approves it with: prevention-hub lessons approve {reference}"
LESSONS_NONE = "No lessons are kept yet."
LESSONS_BROUGHT = "Approved: {count}. Hours freed a month, as estimated: {hours}."
REHEARSE_WITH = "With the draft in the library, officers would get:"
REHEARSE_NOW = "Officers get now:"
FEEDBACK_NEEDS_REASON = "Say in a few words what is wrong, so that the hub can mend it."
FEEDBACK_TO_HUB = "Thank you. The hub will look at it. Your reference is {reference}."
FEEDBACK_KEPT = "Thank you. That is kept."
CORRECTION = "{question}\n\nWhat is said to be wrong with the reply: {reason}"
JOIN_OFFER = "Type “join {reference}” to get the hub's reply to it."
JOIN_SAYS = "{reference}, asked by {others}, looks much the same."
JOIN_HOW = "{alike} Join it with: prevention-hub requests join {reference} {into}"
JOINED = "{reference} has joined {into}: when the hub replies, you are told here."
NOTHING_TO_JOIN = "Ask your question first; if an open request looks much the same, you can join it."
WITHDRAWN = "{reference} is withdrawn."
OWN_REQUEST = "{reference} · {state} · {question}"
STATE_NAMES = {
    "open": "waiting for the hub",
    "claimed": "somebody in the hub has it",
    "replied": "the hub has replied",
    "closed": "closed",
    "reopened": "waiting for the hub again",
    "withdrawn": "withdrawn",
}
DETAIL_ADDED = "Added to {reference}."
ASK_AGAIN = (
    "I could not finish your last message. If it is urgent, call 999 or the control room. Otherwise ask again, please."
)
TROUBLE = "Something went wrong here, and nothing was changed. Try again; if it stays so, tell the hub."
INBOX = "While you were away"
HELPED = "Thank you. {reference} is closed."
NOT_YET = "{reference} is open again. The hub will look at it once more."
NO_DIGEST = "There is no such digest. The worker prepares one each week. Run: prevention-hub worker --once"
DIGEST_APPROVED = "Approved by {person}. “news” tells it."
DIGEST_WAITING = "Waiting for approval. Run: prevention-hub news approve {week}"
DIGEST_NO_NEWS = "No programme news this week."
DIGEST_ADDED = "New in the library"
DIGEST_CHANGED = "Changed in the library"
DIGEST_REMOVED = "Taken out of the library"
DIGEST_DUE = "Guidance to be reviewed soon"
DIGEST_ASKED = (
    "Questions answered in the week: {total}. Quoted from guidance: {answered}. "
    "Asked which was meant: {possible}. Handed to the hub: {handed_over}."
)
DIGEST_NOT_ASKED = "No questions were asked in the week."
NO_NEWS = "There is no programme news yet."

LEARN_OFFER = "Learning paths: short readings from the library, then three questions. Type “learn 1” to begin."
LEARN_STATE = "{done} of {total} steps done."
LEARN_ALL_DONE = "Done, with {right} of {checks} questions right."
LEARN_NO_SUCH = "There is no learning path with that number. Type “learn” for the list."
LEARN_READING = (
    "Reading {number} of {count}, about {minutes} min with a problem of your own in mind. "
    "Type “next” when you are done."
)
LEARN_CHECK = "Question {number} of {count}. Type the letter of your answer."
LEARN_RIGHT = "Right."
LEARN_WRONG = "Not quite: it is {letter}."
LEARN_END = "That was the last step of “{title}”. Type “learn” for the others."
LEARN_GONE = "The library no longer has this section, so there is nothing to read here. Type “next”."
LEARN_NEXT_WHAT = "You are on no learning path. Type “learn” for the list."
LEARN_NOT_KEPT = "Your progress could not be kept, so it starts again next time."
LEARN_PRIVATE = "Only you see your progress. “forget my learning” deletes it."
LEARN_NOT_FORGOTTEN = "Your learning could not be deleted just now. Try again later."
LEARN_FORGOTTEN = "Deleted: {count} steps of your learning."

SERVES = "Serving on http://{host}:{port} (platforms: {platforms}). Stop with Ctrl-C."
NO_PLATFORMS = "none; set their credentials, see the README"
LISTENS = "Listening to Slack. Stop with Ctrl-C."
SOCKET_NEEDS = "Socket Mode needs PREVENTION_HUB_SLACK_BOT_TOKEN and PREVENTION_HUB_SLACK_APP_TOKEN."
TAGLINE = "guidance, quoted word for word"
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
NO_SUCH_REQUEST = "There is no request {reference}. Run: prevention-hub requests list"
NO_REQUESTS = "No requests."
NO_SUCH_RECEIPT = "There is no reply with the receipt {receipt}. Check the code: it looks like 7K3-F9Q."

REDACTED_NAMES = {
    "name": "a name",
    "date_of_birth": "a date of birth",
    "phone": "a phone number",
    "email": "an e-mail address",
    "postcode": "a postcode",
    "address": "an address",
    "vehicle": "a vehicle registration",
    "pnc": "a PNC number",
    "crime_reference": "a crime or incident number",
    "custody": "a custody number",
    "urn": "a URN",
    "collar_number": "a collar number",
    "nhs": "an NHS number",
    "ni": "a National Insurance number",
    "passport": "a passport number",
    "bank": "bank details",
    "card": "a card number",
    "social_handle": "a social media name",
    "ip": "an IP address",
    "operation": "an operation name",
}
STATUS_NAMES = {
    "in_force": "in force",
    "pilot": "pilot",
    "enacted_not_commenced": "passed, not yet in force",
    "mixed": "part in force, part changing",
    "practice": "practice guidance",
    "hub_advice": "hub advice",
    "experience": "what was tried, not guidance",
    "not_stated": "status not stated",
    "draft": "draft",
    "superseded": "superseded",
    "withdrawn": "withdrawn",
}


def join_offer(reference: str, asked_by: int) -> str:
    """That an open request looks the same, and how many wait for it."""
    return f"{join_says(reference, asked_by)} {JOIN_OFFER.format(reference=reference)}"


def join_says(reference: str, asked_by: int) -> str:
    """Which open request looks the same, and how many wait for it."""
    return JOIN_SAYS.format(reference=reference, others="one other" if asked_by == 1 else f"{asked_by} others")


def hours_in_words(hours: float) -> str:
    """A length of time as people say it: in minutes below one hour, in whole hours above."""
    if hours < 1:
        minutes = max(5, 5 * math.ceil(hours * 12))
        return "an hour" if minutes >= 60 else f"{minutes} minutes"
    whole = math.ceil(hours)
    return "an hour" if whole == 1 else f"{whole} hours"


def expected_median(hours: float, *, in_hub_hours: bool) -> str:
    """How long half of the recent requests waited at most."""
    counted = " in which the hub was open" if in_hub_hours else ""
    return EXPECTED_MEDIAN.format(hours=hours_in_words(hours), open=counted)


def expected_target(hours: float) -> str:
    """What the hub aims at, where nothing else is known."""
    return EXPECTED_TARGET.format(hours=hours_in_words(hours))


def opens_again(opening: datetime, now: datetime) -> str:
    """When the hub is there next, both in its own time."""
    days = (opening.date() - now.date()).days
    day_name = {0: "today", 1: "tomorrow"}.get(days, f"on {opening:%A}")
    date_too = f" {opening.day} {opening:%B}" if days > 6 else ""
    return OPENS_AGAIN.format(when=f"{day_name}{date_too} at {opening:%H:%M}")


def reminder(kind: str, request: Request) -> str:
    """That a request waits for too long."""
    whose = f" ({request.claimed_by} has it)" if request.claimed_by else ""
    return REMINDERS[kind].format(reference=request.reference, whose=whose, question=_short(request.question))


def handover_line(
    request: Request,
    opened: datetime,
    *,
    due: datetime | None = None,
    taken: datetime | None = None,
    is_new: bool = False,
) -> str:
    """A request in the handover digest; times in the hub's own."""
    since = f" since {taken:%d %b %H:%M}" if taken else ""
    facts = (
        f"{'new, ' if is_new else ''}opened {opened:%d %b %H:%M}",
        f"reply by {due:%d %b %H:%M}" if due else "",
        f"{request.claimed_by}{since}" if request.claimed_by else "",
        f"closed {CLOSED_AS[request.outcome]}" if request.outcome else "",
        "withdrawn" if request.state == "withdrawn" else "",
    )
    return f"- {request.reference} ({'; '.join(filter(None, facts))}) {_short(request.question)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:70].rstrip()}…" if len(line) > 71 else line


def own_request(request: Request) -> str:
    """A line about one of somebody's own requests."""
    joined = f", with {request.joined_to}" if request.joined_to else ""
    asked = _short(request.question)
    return OWN_REQUEST.format(
        reference=request.reference, state=f"{STATE_NAMES[request.state.value]}{joined}", question=asked
    )


def card_line(actor: str, action: str) -> str:
    """What happened to a request, for the hub's board."""
    return CARD_LINES.get(action, "{actor} changed it.").format(actor=actor)


def redacted(kinds: Iterable[str]) -> str:
    """What was taken out of a question, and what to do instead."""
    names = [REDACTED_NAMES.get(kind, kind.replace("_", " ")) for kind in kinds]
    return f"I took out {_listed(names)} before doing anything else. Ask about the rule, not the person."


def confidence(value: float) -> str:
    """Confidence in plain words."""
    if value >= 0.85:
        return "Strong match"
    if value >= 0.65:
        return "Good match"
    return "Fair match: read it with care"


def day(value: date | None) -> str:
    """A date as people write it."""
    return f"{value.day} {value:%B %Y}" if value else "not stated"


def source(citation: Citation) -> str:
    """Document and section, and the page where there is one."""
    where = f"{citation.title} > {citation.section}" if citation.section else citation.title
    return f"{where}, page {citation.page}" if citation.page else where


def standing(citation: Citation) -> str:
    """Status, the date its law was checked, and the marking."""
    status = STATUS_NAMES.get(citation.status, citation.status)
    checked = citation.law_checked_on
    if citation.status == "hub_advice":
        law = f"approved {day(checked)}"
    elif citation.status == "experience":
        law = "no law checked"
    else:
        law = f"law checked {day(checked)}" if checked else "no date for the law check"
    return f"{status} · {law} · {citation.marking}"


def beside(citation: Citation, shown: Citation | None) -> str:
    """A source with its standing, or only its section where the document has just been named."""
    if shown is None or citation.document != shown.document:
        return f"{source(citation)} · {standing(citation)}"
    page = f", page {citation.page}" if citation.page else ""
    return f"{SAME_DOCUMENT}: {citation.section or citation.title}{page}"


def numbered(citations: Sequence[Citation], start: int = 1, shown: Citation | None = None) -> list[str]:
    """One line for each citation: "[1] Title > Section · in force · …"."""
    lines = []
    for number, citation in enumerate(citations, start):
        lines.append(f"[{number}] {beside(citation, shown)}")
        shown = citation
    return lines


def answered(citations: Sequence[Citation], value: float) -> str:
    """A quote with its source, further passages below, and the confidence."""
    first, further = citations[0], citations[1:]
    lines = [f"{QUOTED_FROM.get(first.status, QUOTED)}: {source(first)}", "", first.quote, "", f"[1] {standing(first)}"]
    if further:
        lines += ["", SEE_ALSO, *numbered(further, 2, first)]
    return "\n".join([*lines, "", f"{confidence(value)}."])


def late_board(count: int) -> str:
    """For the hub: how many questions could be answered now."""
    return LATE_BOARD.format(count="one question" if count == 1 else f"{count} questions")


def recall_board(count: int) -> str:
    """For the hub: how many quotes do not stand any more."""
    return RECALL_BOARD.format(count="one quote" if count == 1 else f"{count} quotes")


def late_quote(cited: Citation) -> str:
    """What guidance says now, with its source: sent word for word."""
    return f"“{cited.quote}”\n{source(cited)} · {standing(cited)}"


def recalled(cited: Citation, stands: str, now: str, receipt: str, at: datetime) -> str:
    """That something somebody was shown does not stand any more: old and new."""
    return RECALLED.format(
        day=day(at.date()),
        receipt=receipt,
        stands=RECALL_STANDS.get(stands, stands),
        source=source(cited),
        quote=cited.quote,
        now=RECALLED_NOW.format(text=now) if now else "",
    )


def possible(candidates: Sequence[Citation]) -> str:
    """Did you mean."""
    return "\n".join([POSSIBLE, "", *numbered(candidates), "", OR_ASK_HUB])


def handed_over(why: str, reference: str) -> str:
    """Why nothing was quoted, and the reference."""
    return f"{NOT_COVERED.format(why=why)}\n{HANDED_OVER.format(reference=reference)}"


def asked_for_hub(reference: str, found: Sequence[Citation]) -> str:
    """The reference, and guidance that may help meanwhile."""
    text = HANDED_OVER.format(reference=reference)
    if found:
        text += "\n\nThis may help meanwhile:\n" + "\n".join(numbered(found))
    return text


def named(kinds: Iterable[str]) -> str:
    """Kinds of identifiers as a list: "a name and a phone number"."""
    return _listed([REDACTED_NAMES.get(kind, kind.replace("_", " ")) for kind in kinds])


def closed(reference: str, outcome: str) -> str:
    """That a request was closed without a reply, and how."""
    return CLOSED.format(reference=reference, how=CLOSED_AS[outcome])


def digest_state(approved_by: str, week: str) -> str:
    """Whether a digest has been released, and by whom."""
    return DIGEST_APPROVED.format(person=approved_by) if approved_by else DIGEST_WAITING.format(week=week)


def paused_answers(why: str) -> str:
    """That answers are paused, and the reason an admin gave."""
    return PAUSED_ANSWERS.format(why=_sentence(why)).strip()


def paused_everything(why: str, contact: str) -> str:
    """That everything is paused, the reason, and whom to ask."""
    return PAUSED_EVERYTHING.format(why=_sentence(why), contact=contact or NOT_SET)


def _sentence(why: str) -> str:
    return f"Reason: {why.strip().rstrip('.')}." if why.strip() else ""


def welfare(wellbeing: str) -> str:
    """The signpost for an officer who is struggling."""
    return WELFARE.format(wellbeing=wellbeing or NOT_SET)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
