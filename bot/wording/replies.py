"""What the assistant says to a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.messages import Citation
from bot.domain.talk.reasons import Why, WhyHandedOver
from bot.wording.citations import day, numbered, source, standing

NAME = "Prevention Hub"
LONG_QUOTE = 60
"""Words from which a quote's answering sentence is also said first, where it cannot be marked."""
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
# What exists everywhere in England, whatever a force has set; checked on 26 November 2026:
# 116 123, free at any hour: samaritans.org/how-we-can-help/contact-samaritan. 111 for mental health, at any hour:
# shsc.nhs.uk/news/call-nhs-111-if-you-are-experiencing-mental-health-crisis, pendeensurgery.nhs.uk (as "option 2").
WELFARE = (
    "You matter, and you do not have to carry this alone. If you are in danger now, call 999. Please speak to "
    "someone now: a colleague you trust, your supervisor{wellbeing}, or your GP. At any hour, free of charge: NHS 111 "
    "(choose option 2, mental health), or Samaritans on 116 123. "
    "What you wrote has not been kept or passed to anyone."
)
WELLBEING_LINE = ", your force's wellbeing line ({line})"
SIGNPOSTED_FIRST = "In case it is happening now, this first. What you asked about follows below."
AFTER_INCIDENT = "When everyone is safe, ask again for the guidance."
IF_NOT_NOW = "If this is not happening now, put “not now:” before your question."
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
ASK_HUB_ALL_THE_SAME = "If it is about prevention or problem solving after all, type “hub” and the hub gets it."
WHY: dict[str, str] = {
    "nothing_found": "The guidance library has nothing on this.",
    "too_far": "The closest guidance is too far from the question to be quoted.",
    "uncertain": "The library names this as uncertain or changing, so it must not be quoted: “{topic}”.",
    "unset": "Only your force can answer this, and it has not put its answer into the library yet: “{topic}”.",
    "document_paused": "The closest guidance is paused by the hub at the moment, so it is not quoted.",
    "above_ceiling": "The closest guidance is marked above what may be shown in this place.",
    "limit": "The closest guidance says that it does not cover this.",
    "stale": "The closest guidance is past its review date ({review_by}), so it is not quoted as current.",
    "live_or_local": "This needs live or local information, which the guidance library does not hold.",
    "asked_for_hub": "The hub's help was asked for.",
    "answers_paused": "Answers are paused at the moment. {note}",
    "feedback": "An officer says that the reply with receipt {topic} is wrong or did not help.",
    "unresolved": "Sections were offered, and the asker chose none. Nobody waits for a reply.",
    "library_unavailable": "The guidance library cannot be read at the moment.",
}
FOR_SOME_TOPIC = "of guidance that is for some colleagues only"
HANDED_OVER = "Your question is with the hub. Your reference is {reference}."
NOT_COVERED = "Not covered by guidance. {why}"
ASKED_BEFORE = "You asked this before, and it is with the hub: {reference}."
NOT_RECORDED = "Your question could NOT be recorded, so the hub does not have it. {instead}"
TELL_HUB = "Please tell the hub yourself: {contact}"
TRY_LATER = "Keep it and ask again in a few minutes. If it cannot wait, ask your supervisor."
ANSWER_NOT_RECORDED = "This reply could not be recorded, so it has no receipt."
PAUSED_EVERYTHING = "This assistant is paused at the moment. {why} Nothing you type here is kept. {instead}"
ASK_HUB_AT = "Ask the hub: {contact}"
ASK_SUPERVISOR = "Until it is back, ask your supervisor."
TOO_MANY = "That is many questions in a short time. Wait a minute, then ask again. Nothing was kept."
TOO_LONG = (
    "That is {length:,} characters, and {limit:,} is the most I can take. "
    "Nothing was kept. Ask for the one thing you need to know, in a few sentences."
)
POSSIBLE = "I am not sure which of these you mean. None is quoted as the answer."
OR_ASK_HUB = "If none of them is it, ask the hub."
HOW_TO_CHOOSE = "Type a number to open one, or “none” and the hub gets your question."
ANSWERED_IN = "In short"
SEE_ALSO = "See also"
QUOTED = "Quoted from guidance"
QUOTED_FROM = {"hub_advice": "Quoted from hub advice", "experience": "What was tried elsewhere; this is not guidance"}
RECEIPT = "Receipt {receipt}"
ASK_AGAIN = (
    "I could not finish your last message. If it is urgent, call 999 or the control room. Otherwise ask again, please."
)
TROUBLE = "Something went wrong here, and nothing was changed. Try again; if it stays so, tell the hub."
TAGLINE = "guidance, quoted word for word"
WITHHELD = "[Withheld: it quotes guidance that is for {audience} only. Ask one of them for it.]"
WITHHELD_MARKED = (
    "[Withheld: it quotes guidance that is marked above what may leave the hub from here. Ask an admin for it.]"
)
RECEIPT_FOR_OTHERS = "What this receipt is about is for some colleagues only, and you are not listed as one of them."
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
    "driving_licence": "a driving licence number",
    "location": "an exact location",
    "reference": "a reference number",
    "operation": "an operation name",
}


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


def caution(value: float | None) -> str:
    """How sure it is that the quote answers, where that changes what the officer should do; empty otherwise."""
    said = confidence(value or 0)
    return "" if value is None or value >= 0.65 else f"{said}."


def answered(citations: Sequence[Citation], value: float | None, quoted: int = 1) -> str:
    """Quotes, each with its answering sentence first and its source below; further passages after them."""
    first, further = citations[:quoted], citations[quoted:]
    lines = ["\n\n".join(quote_in_words(one, number) for number, one in enumerate(first, 1))]
    if further:
        lines += ["", SEE_ALSO, *numbered(further, quoted + 1, first[-1])]
    careful = caution(value)
    return "\n".join([*lines, *(["", careful] if careful else [])])


def quote_in_words(citation: Citation, number: int = 1) -> str:
    """One quote word for word, with its source and standing; in a long one the answering sentence stands first too."""
    head = f"{QUOTED_FROM.get(citation.status, QUOTED)}: {source(citation)}"
    is_long = len(citation.quote.split()) > LONG_QUOTE
    short = [f"{ANSWERED_IN}: “{citation.answer}”"] if citation.answer and is_long else []
    return "\n\n".join([head, *short, citation.quote, f"[{number}] {standing(citation)}"])


def possible(candidates: Sequence[Citation], heading: str = POSSIBLE) -> str:
    """Did you mean: each section with its one best sentence."""
    lines = numbered(candidates)
    best = [f"\n    “{one.answer}”" if one.answer else "" for one in candidates]
    return "\n".join([heading, "", *map(str.__add__, lines, best), "", OR_ASK_HUB, HOW_TO_CHOOSE])


def why(given: Why) -> str:
    """Why nothing was quoted, or why a request was opened, in a sentence or two."""
    note = _sentence(given.note)
    return WHY[given.reason.value].format(topic=given.topic, review_by=day(given.review_by), note=note).strip()


def handed_over(given: Why, reference: str, found: Sequence[Citation] = ()) -> str:
    """Why nothing was quoted, and the reference; where the hub was asked for, what may help meanwhile."""
    if given.reason is WhyHandedOver.ASKED_FOR_HUB:
        return asked_for_hub(reference, found)
    told = why(given) if given.reason is WhyHandedOver.ANSWERS_PAUSED else NOT_COVERED.format(why=why(given))
    return f"{told}\n{HANDED_OVER.format(reference=reference)}"


def not_recorded(given: Why, contact: str) -> str:
    """That the hub does not have a question, and what to do instead."""
    return f"{why(given)}\n{NOT_RECORDED.format(instead=TELL_HUB.format(contact=contact) if contact else TRY_LATER)}"


def declined(kind: str) -> str:
    """Who owns what this assistant is not for; the hub stays within reach."""
    return f"{DECLINED.get(kind, DECLINED_OTHERWISE)}\n{ASK_HUB_ALL_THE_SAME}"


def asked_for_hub(reference: str, found: Sequence[Citation]) -> str:
    """The reference, and guidance that may help meanwhile."""
    text = HANDED_OVER.format(reference=reference)
    if found:
        text += "\n\nThis may help meanwhile:\n" + "\n".join(numbered(found))
    return text


def named(kinds: Iterable[str]) -> str:
    """Kinds of identifiers as a list: "a name and a phone number"."""
    return _listed([REDACTED_NAMES.get(kind, kind.replace("_", " ")) for kind in kinds])


def paused_everything(note: str, contact: str) -> str:
    """That everything is paused, the reason, and whom to ask."""
    instead = ASK_HUB_AT.format(contact=contact) if contact else ASK_SUPERVISOR
    return PAUSED_EVERYTHING.format(why=_sentence(note), instead=instead)


def _sentence(note: str) -> str:
    return f"Reason: {note.strip().rstrip('.')}." if note.strip() else ""


def welfare(wellbeing: str) -> str:
    """The signpost for an officer who is struggling; with the force's own line where it has set one."""
    return WELFARE.format(wellbeing=WELLBEING_LINE.format(line=wellbeing) if wellbeing else "")


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


TAKEN_BACK = "What stood here quoted guidance that has been taken back. Ask again for what stands today."
