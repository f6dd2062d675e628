"""Small talk: only when nothing else is in the message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.safeguards.cleaning import plain
from bot.safeguards.cues.lexicon import Cue


class Smalltalk(StrEnum):
    """The pleasantry a message consists of."""

    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    ABOUT = "about"
    BYE = "bye"


_LONGEST = 120
_NOT_WORDS = re.compile(r"[^\w\s]|_")
_HELLO = (
    r"(?:hi+|hiya|hey+|hello|helo|hullo|yo|howdy|alright|alrite|ello|good (?:morning|afternoon|evening|day)|"
    r"morning|mornin|afternoon|evening|greetings|test|testing|ping)"
)
_WHO = r"(?:there|all|everyone|team|bot|mate|pal|hub|sir|maam|guys|folks|assistant|you|again)"
_THANKS = (
    r"(?:thanks|thank you|thankyou|thx|tnx|thanx|ty|tysm|cheers|cheers for that|ta|much appreciated|"
    r"appreciated|"
    r"appreciate it|nice one|great|brilliant|perfect|lovely|cool|ok|okay|fab|awesome|amazing|legend|"
    r"good bot|excellent|got it|no worries|sorted)"
)
_FOR_WHAT = (
    r"(?:very much|so much|a lot|loads|a million|all|again|mate|bot|team|pal|for that|for this|for (?:the|"
    r"your) help|"
    r"for (?:the|your) (?:reply|answer|info)|that helps?|that helped|that worked|that works|"
    r"thats? (?:great|perfect|brilliant|really|very|so|super|helpful|useful|all)+|really|very|helpful|"
    r"useful|works)"
)
_BYE = (
    r"(?:bye|bye bye|goodbye|good bye|cya|see (?:ya|you)(?: later| soon| tomorrow)?|laters|tara|ttfn|"
    r"good ?night|night night|have a (?:good|nice|great) (?:one|day|evening|night|shift|weekend)|take care|"
    r"thats all(?: for now)?)"
)
_ABOUT = (
    r"(?:who|what) (?:are you|is this|r you|exactly are you)(?: exactly| then| anyway)?|"
    r"who am i (?:talking|speaking) to|"
    r"are you (?:a |an )?(?:bot|robot|human|real|real person|person|ai|machine|computer|chatgpt)|"
    r"(?:whats|what is) (?:your name|this bot|this thing|this)|who (?:made|built|wrote|runs) (?:you|this)|"
    r"tell me about yourself|introduce yourself|how do you work|"
    r"are you there|(?:you|anyone|anybody) there"
)
_HELP = (
    r"help(?: me)?(?: please)?|please help(?: me)?|menu|commands|options|start|get started|instructions|"
    r"what (?:can|do|could) you (?:do|help with|know|answer|help me with|actually do)(?: for me)?|"
    r"how can you help(?: me)?|how do i use (?:you|this|this bot|this thing|it)|"
    r"(?:what|which) (?:questions|things|sort of things|kind of things|stuff) can i ask(?: you)?|"
    r"what can i ask(?: you)?|how does this(?: bot| thing)? work|"
    r"can (?:you|i ask you)(?: please)? help(?: me)?(?: please)?|i need help|i need some help|"
    r"can i ask (?:you )?(?:a|something|a quick|a question|a quick question)(?: question)?|"
    r"(?:i have|ive got|got|quick) (?:a |a quick )?question"
)
_HOW = r"(?:how are (?:you|things)(?: doing| today)?|hows it going|you (?:ok|alright|good)|whats up|sup|wassup)"
_GREET = rf"{_HELLO}(?: {_HELLO})*(?: {_WHO})*(?: {_HOW})?"
_GOOD = r"(?:really |very |so |super )?(?:helpful|great|perfect|useful|brilliant|good)"
_THANKED = rf"(?:{_THANKS}|many thanks|that(?:s| was) {_GOOD}|that helped)"
_OPENING = rf"(?:(?:{_GREET}|{_HOW}) )?"

# In order: the more a message asks for, the earlier it stands ("hi, what can you do" is a call for help).
_KINDS = (
    (Smalltalk.HELP, re.compile(rf"{_OPENING}(?:{_HELP})")),
    (Smalltalk.ABOUT, re.compile(rf"{_OPENING}(?:{_ABOUT})")),
    (Smalltalk.BYE, re.compile(rf"(?:{_THANKED}(?: {_FOR_WHAT}){{0,3}} )?(?:ok )?{_BYE}(?: {_WHO})?")),
    (Smalltalk.THANKS, re.compile(rf"(?:{_THANKED}(?: {_FOR_WHAT}){{0,3}}(?: |$)){{1,3}}")),
    (Smalltalk.GREETING, re.compile(rf"(?:{_GREET}|{_HOW})")),
)


def smalltalk(text: str) -> Smalltalk | None:
    """The kind of pleasantry, if the whole message is one."""
    if len(text) > _LONGEST:
        return None
    said = " ".join(_NOT_WORDS.sub(" ", plain(text)).split())
    for kind, pattern in _KINDS:
        if pattern.fullmatch(said):
            return kind
    return None


class Answer(StrEnum):
    """What a small answer says. In this order a message with several of them is read."""

    WRONG_CHAT = "wrong_chat"
    NEVER_MIND = "never_mind"
    AS_ABOVE = "as_above"
    NONE = "none"
    NO = "no"
    CHOICE = "choice"
    MORE = "more"
    NEXT = "next"
    YES = "yes"
    HUH = "huh"
    WAIT = "wait"
    THANKS = "thanks"
    OK = "ok"
    LAUGHTER = "laughter"
    GREETING = "greeting"
    BYE = "bye"
    EMOJI = "emoji"
    """Pictures and signs, and no words."""


@dataclass(frozen=True, slots=True)
class SmallAnswer:
    """A message that is understood only from what was said before it, and is no question."""

    kind: Answer
    choice: int = 0
    """Which of those offered, from 1; -1 is the last one; 0 where none is named."""


_NUMBERS = ("one first 1st top former", "two second 2nd", "three third 3rd", "four fourth 4th", "five fifth 5th", "six", "seven",
            "eight", "nine")  # fmt: skip
_NUMBER = {word: i for i, words in enumerate(_NUMBERS, 1) for word in (*words.split(), str(i))}
_LAST = frozenset({"last", "bottom", "latter"})
_SHORT = 80
_WORDED = [kind for kind in Answer if kind is not Answer.EMOJI]
_FILLER = "filler"


def small_answer(text: str) -> SmallAnswer | None:
    """What a message says that holds nothing but small answers: "ok thanks", "2", "huh?", "👍"; None if it holds more.

    It says what stands there, not what is meant: whether "yes" opens the first of those offered is for the
    conversation to know.
    """
    if len(text) > _SHORT or not text.strip():
        return None
    said = " ".join(_NOT_WORDS.sub(" ", plain(text)).split())
    if not said:
        return SmallAnswer(Answer.HUH if "?" in text else Answer.EMOJI)
    found = _consumed(said)
    kind = next((kind for kind in _WORDED if kind.value in found), None)
    if kind is None:
        return None
    return SmallAnswer(kind, _number_in(found[kind.value]) if kind is Answer.CHOICE else 0)


def _consumed(said: str) -> dict[str, str]:
    """The groups, each with its phrase, that a message consists of; nothing if something else is in it.

    The longest phrase goes first, so that "good night" is not "good".
    """
    found: dict[str, str] = {}
    while said:
        beginnings = [(len(part), name, part) for name in (*_WORDED, _FILLER) for part in _beginnings(name, said)]
        if not beginnings:
            return {}
        length, name, part = max(beginnings, key=lambda beginning: beginning[0])
        found.setdefault(str(name), part)
        said = said[length:].lstrip()
    return found


def _beginnings(name: str, said: str) -> list[str]:
    """The phrases of a group with which a message begins."""
    return [match[0] for match in Cue("small_answers", name).finditer(said) if match.start() == 0]


def _number_in(phrase: str) -> int:
    words = phrase.split()
    if _LAST.intersection(words):
        return -1
    return next((_NUMBER[word] for word in words if word in _NUMBER), 0)
