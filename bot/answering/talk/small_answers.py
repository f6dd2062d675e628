"""Short words that only make sense after what was said before: yes, no, a number, more, thanks, a laugh."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot import safeguards
from bot.safeguards.cleaning import plain
from bot.safeguards.smalltalk import Answer, Smalltalk, smalltalk


class Small(StrEnum):
    """What a short answer asks for."""

    YES = "yes"
    NO = "no"
    NONE = "none"
    """None of the sections that were offered."""
    PICK = "pick"
    MORE = "more"
    NEXT = "next"
    HUB = "hub"
    GOOD = "good"
    WRONG = "wrong"
    PUZZLED = "puzzled"
    LAUGH = "laugh"
    NOTED = "noted"
    SIGN_OFF = "sign_off"
    NEW_QUESTION = "new_question"


@dataclass(frozen=True, slots=True)
class SmallAnswer:
    """A short answer."""

    kind: Small
    number: int = 0
    """Which of the sections, from 1; -1 for the last."""
    reason: str = ""
    """What is wrong, where that was said."""


LONGEST = 60
"""Characters; what is longer says something of its own, except what is wrong with a reply."""
# whole messages, without punctuation and apostrophes; a slash between two
_SAID: Mapping[Small, str] = {
    Small.NONE: """
        none / none of them / none of these / none of those / none of the above / none of it / no none
        no none of them / no none of these / neither / neither of them / neither of these / not any of them
        not any of these / not these / not those / not them / nothing there / nothing like that
    """,
    Small.YES: """
        yes / yeah / yea / yep / yup / yh / ye / y / aye / sure / definitely / indeed / correct / exactly
        absolutely / affirmative / go ahead / that one / yes that one / yeah that one / thats it / thats the one
        thats right / it is / yes it is / yeah it is / i do / please do / please / oh yes / oh yeah / yes i do
        that is it / that is the one
    """,
    Small.NO: """
        no / nope / nah / n / negative / not really / no thanks / no thank you / no ta / not that / not that one
        nothing / no it isnt / no its not / no not that / nah mate
    """,
    Small.MORE: """
        more / the rest / rest / and the rest / read more / read on / read it all / show more / show me more
        show the rest / show me the rest / show all / show it all / show me all of it / tell me more / any more
        anymore / anything else / what else / more detail / more details / more info / full text / full version
        the full thing / go on / carry on / continue / keep going / and / and then / expand / whole thing
        the whole thing / whole section / see more
    """,
    Small.NEXT: """
        next / next one / the next one / another / another one / the other one / the other / other one / others
        the others / show next / show the next one / show me the next one / show me the others / show me another
    """,
    Small.HUB: """
        hub / the hub / ask the hub / ask hub / ask the hub instead / hub instead / can you ask the hub
        send it to the hub / send to the hub / send to hub / pass it to the hub / pass it on to the hub
        give it to the hub / log it / log it with the hub / hand it over / hand it to the hub
        hand it over to the hub / ask them / ask a person / ask a human / ask someone / send this to the hub
        pass this to the hub
    """,
    Small.GOOD: """
        good / helpful / useful / very helpful / really helpful / helped / that helped / that helps
        that was helpful / that was useful / spot on / good one / good answer / well done / thats good
        thats helpful / thats useful
    """,
    Small.WRONG: """
        wrong / thats wrong / that is wrong / that was wrong / this is wrong / its wrong / youre wrong
        you are wrong / incorrect / thats incorrect / that is incorrect / not right / thats not right
        that is not right / not correct / thats not correct / rubbish / thats rubbish / useless / thats useless
        no good / no use / not helpful / thats not helpful / unhelpful / out of date / thats out of date / outdated
        not what i asked / thats not what i asked / not what i meant / thats not what i meant / not it
        thats not it / that didnt help / that doesnt help / didnt help / doesnt help
        that doesnt answer my question / that doesnt answer it / wrong answer / wrong one / bad answer / not quite
        not quite right / thats not quite right
    """,
    Small.PUZZLED: """
        huh / eh / what / wat / wot / pardon / sorry / come again / say again / say what / you what / confused
        im confused / im lost / what do you mean / meaning / how do you mean / no idea / dunno / i dont know
        not sure / unsure / idk / i dont get it / i dont get that / dont get it / i dont understand
        i dont understand that / dont understand / i dont understand this / erm / um / uh / hm / hmm / hmmm
    """,
    Small.LAUGH: """
        lol / lool / lolol / lmao / lmfao / rofl / xd / jk / just kidding / only joking / funny / thats funny
    """,
    Small.NOTED: """
        ok / okay / okey / oki / okie / k / kk / right / righto / fine / noted / understood / roger / roger that
        copy that / copied / will do / fair enough / fair / i see / gotcha / got you / got it / makes sense / sound
        alright / all right / interesting / wow / nice / oh / ah / ooh / aha / mm / mmm / ah ok / oh ok / ah right
        oh right / ok then / right then / good to know / thought so / as i thought / nevermind / never mind
        no worries / no problem / np / forget it / ignore me / ignore that / doesnt matter / wait / hang on
        one sec / hold on / sorry about that / my bad / oops / whoops / typo / yeah fair enough / well ok / ok cool
        ok fine / cool cool / yeah ok / yes ok / ok noted / test
    """,
    Small.SIGN_OFF: """
        kind regards / regards / best regards / warm regards / many regards / best wishes / kindest regards / best
        kr / br / rgds / yours sincerely / yours faithfully / speak soon / speak later / speak to you later
        off now / signing off / going off duty / end of shift / off duty / im off / im off now / ttyl / gtg
        got to go / gotta go / all done / done / thatll be all / thats everything / over and out / out
        many thanks kind regards / thanks kind regards
    """,
    Small.NEW_QUESTION: """
        new question / a new question / this is a new question / that was a new question / that is a new question
        thats a new question / its a new question / it was a new question / no its a new question / no new question
        different question / a different question / another question / that was another question / separate question
        not for that / not meant for that / that wasnt for the hub / that wasnt for them / that wasnt for that
        it wasnt for that / wasnt for that / wrong request / that was not for the hub / that was not for that
    """,
}
_KINDS = {" ".join(said.split()): kind for kind, phrases in _SAID.items() for said in re.split(r"/|\n", phrases)}
_FILLERS = "please pls plz thanks ta mate then actually cheers sarge boss".split()
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "last": -1, "middle": 2, "top": 1}
_NUMBERS = {"one": 1, "two": 2, "three": 3}
_LEADS = "ok|yes|yeah|erm|um|the|open|show|try|its|it is|number|option|choice|answer|section|pick"
_PICKED = re.compile(
    rf"(?:(?:{_LEADS}) ){{0,3}}(?:(?:no )?(?P<digit>\d)|(?P<word>{'|'.join(_NUMBERS)})"
    rf"|(?P<order>{'|'.join(_ORDINALS)})(?: one| option| section)?)"
)
_WRONG_BECAUSE = re.compile(
    r"\W*(?:that(?: is|['’]?s)|this is|it(?: is|['’]?s))? ?(?:wrong|incorrect|out of date)"
    r"\s*(?::|,|-|–|because|as|since)\s*(?P<why>.{3,})",
    re.IGNORECASE | re.DOTALL,
)
_LAUGHING_WORDS = re.compile(r"(?:(?:lo+l|ha(?: ?ha)+|he(?:he)+|ha|xd|ok|yeah|ah|oh|fair enough) ?)+")
_PARTS = re.compile(r"[,.;!?]+|\s[-–]\s|\band\b")
_WEIGHT = {
    kind: weight
    for weight, kind in enumerate(
        (Small.PICK, Small.HUB, Small.NONE, Small.WRONG, Small.MORE, Small.NEXT, Small.YES, Small.NO, Small.GOOD)
    )
}
"""Of several short answers in one message, the one that asks for most counts."""
_PLEASANT: dict[Smalltalk | None, SmallAnswer] = {
    Smalltalk.GREETING: SmallAnswer(Small.NOTED),
    Smalltalk.THANKS: SmallAnswer(Small.NOTED),
    Smalltalk.BYE: SmallAnswer(Small.SIGN_OFF),
}
_FROM_CUES = {
    Answer.WRONG_CHAT: Small.NOTED,
    Answer.NEVER_MIND: Small.NOTED,
    Answer.AS_ABOVE: Small.PUZZLED,
    Answer.HUH: Small.PUZZLED,
    Answer.WAIT: Small.NOTED,
    Answer.EMOJI: Small.NOTED,
}
"""Of what the cues know (a force may add to them), the kinds that are in no list here."""
_NOT_WORDS = re.compile(r"[^\w\s]|_")


def small_answer(text: str) -> SmallAnswer | None:
    """The short answer, where a whole message is one; None for everything that says something of its own."""
    because = _WRONG_BECAUSE.fullmatch(text.strip())
    if because is not None:
        return SmallAnswer(Small.WRONG, reason=because["why"].strip())
    if len(text) > LONGEST:
        return None
    return _one(text) or _several([part for part in _PARTS.split(text) if part.strip()]) or _from_cues(text)


def _from_cues(text: str) -> SmallAnswer | None:
    found = safeguards.small_answer(text)
    kind = _FROM_CUES.get(found.kind) if found else None
    return SmallAnswer(kind) if kind else None


def _one(text: str) -> SmallAnswer | None:
    said = " ".join(_NOT_WORDS.sub(" ", re.sub(r"['’]", "", plain(text))).split())
    return _of(said) or _of(_without_fillers(said))


def _several(parts: list[str]) -> SmallAnswer | None:
    """Of a message that is nothing but short answers and pleasantries ("no, the second one"), what it asks for."""
    if len(parts) < 2:
        return None
    found = [_one(part) or _PLEASANT.get(smalltalk(part)) for part in parts]
    answers = [one for one in found if one is not None]
    if len(answers) < len(parts):
        return None
    return min(answers, key=lambda one: _WEIGHT.get(one.kind, len(_WEIGHT)))


def _of(said: str) -> SmallAnswer | None:
    if not said:
        return None
    if (kind := _KINDS.get(said)) is not None:
        return SmallAnswer(kind)
    if (picked := _PICKED.fullmatch(said)) is not None:
        return SmallAnswer(Small.PICK, _number(picked))
    return SmallAnswer(Small.LAUGH) if _LAUGHING_WORDS.fullmatch(said) else None


def _without_fillers(said: str) -> str:
    words = said.split()
    while words and words[-1] in _FILLERS:
        words.pop()
    return " ".join(words)


def _number(picked: re.Match[str]) -> int:
    if picked["digit"]:
        return int(picked["digit"])
    return _NUMBERS[picked["word"]] if picked["word"] else _ORDINALS[picked["order"]]
