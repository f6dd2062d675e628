"""Whether the officer who writes is in danger from themselves, or at the end of their strength."""

from __future__ import annotations

import re

# Said in the first person, each of these is enough. A missing subject ("dont want to be here any more") is
# the first person too: that is how people write about themselves.
_OWN_WORDS = re.compile(
    r"\b(?:dont|do not|didnt|not sure i|never) (?:really |even )?(?:want|wanna) to (?:be here|be alive|live|wake up|exist|carry on living|go on)\b"
    r"|\b(?:want|wanting|wanted|going|thinking (?:of|about)|thought (?:of|about)|ready|plan(?:ning)?)(?: to| about| of)? "
    r"(?:die|dying|be dead|end it(?: all)?|ending it(?: all)?|end(?:ing)? my (?:own )?life|kill(?:ing)? myself|hurt(?:ing)? myself|harm(?:ing)? myself|"
    r"tak(?:e|ing) my own life|suicide|do(?:ing)? (?:something stupid|myself in))\b"
    r"|\b(?:kill(?:ing)?|harm(?:ing)?|hurt(?:ing)?|cut(?:ting)?|top(?:ping)?) myself\b|\bend(?:ing)? (?:it all|my (?:own )?life)\b|\bmy own (?:life|suicide)\b"
    r"|\b(?:id|i would|everyone would|theyd|they would|family would|world would)(?: \w+){0,2} be better off (?:dead|without me)\b"
    r"|\b(?:no|any) (?:point|reason) (?:in )?(?:to live|living|being here|going on|to go on|to be here|being alive)\b"
    r"|\b(?:im|i am|ive been|i have been|i feel|feeling|i keep feeling|been feeling) (?:so |really |very |quite |a bit )?(?:suicidal|worthless|hopeless)\b"
    r"|\bsuicidal (?:thoughts|feelings) (?:myself|again|lately)\b|\bi (?:have|keep having|am having|get|keep getting) suicidal\b|\b(?:having|ive got|ive had) suicidal\b"
    r"|\bi(?: just| really)? (?:cant|cannot) (?:go on|carry on|do this|take (?:it|this|much more)|keep doing this|live like this)(?: any ?(?:more|longer))?\b"
    r"|\b(?:cant|cannot) (?:go on|face (?:it|another|going)|live like this|take any more|do this any ?(?:more|longer)|take (?:it|this) any ?(?:more|longer))\b"
    r"|\bnot (?:coping|safe with my own thoughts)\b|\b(?:struggling|not able|unable) to cope\b"
    r"|\b(?:cant|cannot|not able to|unable to) cope\b"
    r"|\b(?:im|i am|ive|feel like im|i feel) (?:\w+ )?(?:breaking down|having a breakdown|at breaking point|falling apart|at rock bottom|at the end of my (?:rope|tether))\b"
    r"|\bat the end of my (?:rope|tether)\b"
    r"|\b(?:im|i am|ive been) (?:really |badly |properly )?struggling (?:mentally|emotionally|with my (?:mental health|head)|to (?:sleep|get out of bed|get through)|since)\b"
    r"|\bi wish i (?:was|were) dead\b|\bi (?:cant|dont) see a way out\b|\bsleep and (?:not|never) wake up\b"
)

# Told about somebody else: "she says she cant cope", "victim told us he wants to die".
_SOMEBODY_ELSE = re.compile(
    r"\b(?:he|she|they|who|someone|somebody|anyone|people|person|caller|victim|male|female|man|woman|lad|girl|boy|kid|child|mum|mother|dad|son|"
    r"daughter|patient|suspect|neighbour|resident|colleagues?|mate|officers?|staff|families|family|carers?|parents?|ex|partner|husband|wife|hes|shes|theyre|we|"
    r"us|team|services?|hospital|council|hub|system|control|force|informant|reporting person)\b(?: \w+){0,5}\s*$"
)
# A worn-out phrase about work, not about the person.
_ABOUT_WORK = re.compile(
    r"^ (?:with|doing|using) (?:the |this |these |all the |all these |so many |our |my )?(?:\w+ )?"
    r"(?:volume|demand|forms?|calls?|workload|paperwork|system|jobs?|spreadsheets?|emails?|crimes?|number|amount|admin|laptop|it)\b(?! any ?more)"
)
_ASKS_ABOUT_RULE = re.compile(
    r"\b(?:policy|guidance|procedure|training|leaflet|strategy|if (?:someone|somebody|an? |they|he|she|you)|when (?:someone|an? |they)|"
    r"support (?:is there|for|available) (?:for )?(?:officers|staff|colleagues))\b"
)
_MINE = re.compile(r"\b(?:i|im|ive|id|ill|me|my|myself)\b")


def is_welfare(sentences: list[str]) -> bool:
    """Whether the writer says so of themselves in one of the sentences."""
    return any(_in_sentence(sentence) for sentence in sentences)


def _in_sentence(sentence: str) -> bool:
    for match in _OWN_WORDS.finditer(sentence):
        before, after = sentence[max(0, match.start() - 80) : match.start()], sentence[match.end() :]
        if _ASKS_ABOUT_RULE.search(before) or _ABOUT_WORK.match(after):
            continue
        said_by_another = _SOMEBODY_ELSE.search(before) and not _MINE.search(before[-12:])
        reported = re.search(r"\b(?:says?|said|saying|told|texted|messaged|posted|screaming|shouting)\b", before)
        if not said_by_another and not reported:
            return True
    return False
