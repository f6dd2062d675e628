"""Whether the asker wants a person of the hub, rather than an answer from guidance."""

from __future__ import annotations

import re

from bot.safeguards.cleaning import plain
from bot.triage import RequestKind

_SENTENCE = re.compile(r"[.!?;\n]+|\s+[-–—]+\s+")

# The hub is asked to act or to sit beside the asker. "Can the hub ..." alone may be a question about what it does.
_PERSON_WANTED = re.compile(
    r"\b(?:can|could|would|will|is there|please get|any chance)\b[^?]{0,20}?"
    r"\b(?:someone|anyone|somebody|anybody|one of (?:you|the team)|a person|an analyst)\b[^?]{0,40}?"
    r"\b(?:sit down|help (?:me|us)|help with (?:my|our|a plan|this)|come (?:out|down|and|to)|work with (?:me|us)|"
    r"look at (?:my|our|this)|call me|ring me|contact me|get in touch|talk (?:me|us|to me|to us)|speak to (?:me|us)|"
    r"support (?:me|us)|advise (?:me|us)|meet|join (?:me|us)|assist|review (?:my|our))\b"
    r"|\b(?:can|could|would|will) (?:the )?hub (?:please )?(?:help (?:me|us)|look (?:at|into)|send|come|sit|"
    r"support (?:me|us)|pick (?:this|it) up|take (?:this|it) on|sort|fix|review (?:my|our)|broker|get (?:me|us))\b"
    r"|\b(?:want|need|like|love) (?:some )?(?:help|support|a hand|input|assistance|an analyst|someone|somebody) "
    r"(?:from|in|of) (?:the |your )?hub\b"
    r"|\b(?:want|need|like) (?:someone|somebody|a person|one of you)(?: (?:from|in|at) the hub)? to\b"
    r"|\b(?:speak|talk|chat) (?:to|with) (?:a person|a human|a real person|someone (?:at|in|from) the hub|the hub)\b"
    r"|\b(?:get|put) (?:me|us) (?:in touch|in contact) with (?:the |someone|a person|somebody)"
)

# "Who can help" closes a description of a problem; followed by a topic ("who can help with a 136") it is a question.
_WHO_CAN_HELP = re.compile(
    r"\bwho (?:can|could|would|is able to) (?:help|support|assist)"
    r"(?: (?:me|us)(?: (?:with|on|do|write|build|set)\b.*)?| (?:with|on) (?:this|that|it))?(?: please)?\s*$"
)

# A plan of their own that they want to make and have not made before.
_OWN_PLAN = re.compile(
    r"\b(?:i |we )?(?:want|wanna|need|would like|looking|hoping|trying|id like|wed like|been (?:asked|told|tasked))\b"
    r"(?: to)?(?: (?:do|write|make|build|put together|set up|start|develop|create|draft|run|get))?"
    r"(?: up)?(?: (?:a|an|our|my|some))?(?: [\w-]+){0,4}? (?:plan|osara|sara|problem profile|project|psp|initiative)\b"
)
_OUT_OF_DEPTH = re.compile(
    r"\bnever (?:written|done|made|run|built|had to (?:write|do)) (?:one|it|this|a plan|anything like)|"
    r"\b(?:no idea|dont know|not sure|unsure) (?:where|how) to (?:start|begin)|"
    r"\b(?:stuck|out of ideas|at a loss|nothing (?:sticks|works|is working|has worked))\b|"
    r"\b(?:help|support|hand|advice|guidance) (?:please|needed|appreciated|welcome|wanted)\b|"
    r"\b(?:want|need|could do with|would (?:like|appreciate)|after|looking for) (?:some |a bit of )?(?:help|support|a hand)\b|"
    r"\b(?:can|could) (?:someone|anyone|somebody|you|the hub) help\b|\bhelp (?:me|us)\b"
)
# What is asked for help with, when it is the asker's own work and not a rule.
_OWN_WORK = re.compile(
    r"\b(?:my|our) (?:plan|osara|sara|problem|patch|beat|ward|estate|town|area|analysis|project|team|bid|profile)\b|"
    r"\b(?:plan|osara|problem profile|joint (?:plan|working|project|approach|operation)|problem solving)\b|"
    r"\b(?:analyst|analysis|hot ?spot map|data|evaluation) (?:support|help|work|time)\b|"
    r"\b(?:tried|patrols|calls|incidents|complaints|repeat)\b"
)

# Work done twice, or time lost to a process: what the hub calls an organisational inefficiency.
_WASTE = re.compile(
    r"\b(?:same|identical) (?:details?|info(?:rmation)?|data|thing|stuff|form|questions?)\b[^.?!]{0,60}"
    r"\b(?:\d+|two|three|four|five|six|several|multiple|different|separate|again|twice)\b|"
    r"\b(?:\d+|two|three|four|five|six|several|multiple) (?:different |separate )?(?:forms|systems|times|places|spreadsheets)\b|"
    r"\b(?:double|triple|re) ?-?(?:key|keying|type|typing|enter|entering|handling|entry)\b|\bretyp(?:e|ing)\b|\brekey(?:ing)?\b|"
    r"\bduplicat(?:e|ing|ion|ed)\b|\b(?:copy|copying) and past(?:e|ing)\b|"
    r"\bwast(?:e|es|ed|ing)\b[^.?!]{0,30}\b(?:time|hours?|mins|minutes|shift|day)\b|\bwaste of time\b|"
    r"\b(?:takes?|taking|spend|spending|lose|losing|lost|stuck|sat|sit|wait|waiting)\b[^.?!]{0,50}\b(?:hours?|hrs?|days|mins|minutes|ages|"
    r"whole shift|half a shift)\b|\binefficien(?:t|cy)\b|\bbureaucra"
)
_EACH_TIME = re.compile(r"\b(?:every ?time|each time|every (?:single )?(?:job|shift|arrest|detainee|report|week|day)|always|keep having to)\b")
_PLEA = re.compile(
    r"\bhub\b[^.?!]{0,30}\b(?:fix|sort|change|look (?:at|into)|solve|stop|raise|deal|help|improve|take)|"
    r"\b(?:should|could|can|needs? to|must|want|wish|please|surely)\b[^.?!]{0,40}\b(?:fix(?:ed)?|sort(?:ed)?|chang(?:e|ed)|stop(?:ped)?|look(?:ed)? (?:at|into)|"
    r"solve[d]?|streamlin\w+|improve[d]?|scrap(?:ped)?|merged?|joined up|linked)\b|"
    r"\bsurely\b|\bthere (?:must|has to|has got to) be a (?:better|quicker|easier) way\b|\b(?:its|it is|this is) (?:mad|crazy|ridiculous|daft|a joke|nuts|silly)\b|"
    r"\bfed up\b|\bsick of\b"
)

_RAISE = re.compile(
    r"\b(?:can|could|would|will|please|pls)\b(?: you| someone| the hub| we)?(?: please)? "
    r"(?:raise|escalate|pass|take|feed|flag|forward|send|log|put|submit) (?:this|it|that|these|my|our|a)\b"
    r"[^.?!]{0,40}?\b(?:with|to|up|on|back|in|for|request|ticket|hub|force|council|management|smt|it|as)\b|"
    r"\b(?:i|we) (?:want|need|would like|wish|id like) to (?:raise|report|flag|log|submit|put in) "
    r"(?:an? |this|the )?(?:issue|problem|inefficiency|request|idea|suggestion|concern)\b|"
    r"\b(?:send|pass|forward|refer|give) (?:this|it) (?:on )?to (?:the )?hub\b|"
    r"\bone for the hub\b|\bask the hub to\b"
)

# The library itself is wrong. A question whether it is stays a question.
_WRONG = re.compile(
    r"\b(?:that|this|it|the|your)(?: \w+){0,5}? (?:is|are|was|looks?|seems?|s) "
    r"(?:\w+ )?(?:wrong|incorrect|out of date|outdated|inaccurate|a mistake|not right|no longer (?:right|correct|true|law))\b|"
    r"\b(?:thats|its) (?:\w+ )?(?:wrong|incorrect|out of date|outdated|not right|not correct)\b|"
    r"\b(?:mistake|error|typo) in (?:the|your|this) (?:\w+ )?(?:guidance|answer|document|doc|page|library)\b|"
    r"\b(?:guidance|answer|document|doc|page|library) (?:needs?|wants?) (?:updating|correcting|an update|changing)\b"
)
_LIBRARY = re.compile(r"\b(?:guidance|answer|document|doc|page|library|reply|quote|passage|link|advice you gave|you said|you told|bot)\b")

_ASKS_ABOUT_RULE = re.compile(
    r"^(?:so |and |hi |hello |just |quick (?:one|question) )*(?:what|whats|which|who|whos|when|whens|where|why|how|hows|is|are|does|do|did|can i|can we|may|"
    r"should|explain|define|tell me|difference|whether|am i|has|have)\b"
)


def hub_request(text: str) -> RequestKind | None:
    """What kind of request this is, or None for a plain question."""
    said = plain(text)
    sentences = [sentence.strip() for sentence in _SENTENCE.split(said) if sentence.strip()]
    if _is_correction(sentences):
        return RequestKind.CORRECTION
    if _is_waste(said, sentences):
        return RequestKind.ORGANISATIONAL_INEFFICIENCY
    if any(_wants_the_hub(sentence) for sentence in sentences) or _wants_help_with_own_work(said, sentences):
        return RequestKind.OPERATIONAL_PROBLEM
    return None


def _is_correction(sentences: list[str]) -> bool:
    return any(
        _WRONG.search(sentence) and _LIBRARY.search(sentence) and not _ASKS_ABOUT_RULE.match(sentence)
        for sentence in sentences
    )


def _is_waste(said: str, sentences: list[str]) -> bool:
    """A process is described as waste and something is wanted: naming the subject is not enough."""
    if not any(_WASTE.search(sentence) and not _ASKS_ABOUT_RULE.match(sentence) for sentence in sentences):
        return False
    return bool(_PLEA.search(said) or _EACH_TIME.search(said) or _RAISE.search(said))


def _wants_the_hub(sentence: str) -> bool:
    return bool(
        _PERSON_WANTED.search(sentence) or _WHO_CAN_HELP.search(sentence) or _RAISE.search(sentence)
    )


def _wants_help_with_own_work(said: str, sentences: list[str]) -> bool:
    stated = [sentence for sentence in sentences if not _ASKS_ABOUT_RULE.match(sentence)]
    planned = any(_OWN_PLAN.search(sentence) for sentence in stated)
    asked = any(_OUT_OF_DEPTH.search(sentence) for sentence in stated)
    return asked and (planned or bool(_OWN_WORK.search(said)))
