"""Whether the asker wants a person of the hub, rather than an answer from guidance."""

from __future__ import annotations

import re

from bot.domain.requests import RequestKind
from bot.safeguards.cleaning import plain
from bot.safeguards.phrases import phrases

_SENTENCE = re.compile(r"[.!?;\n]+|\s+[-–—]+\s+")

_PERSON = """
    someone somebody anyone anybody one_of_you one_of_the_team a_person a_human an_analyst an_advisor
    the_hub hub you_lot one_of_your_team somebody_there the_team
"""
_HELP_US = """
    sit_down help_me help_us come_out come_down come_and come_to work_with_me work_with_us look_at_my
    look_at_our look_at_this call_me ring_me contact_me contact_us get_in_touch talk_me talk_us talk_to_me
    talk_to_us speak_to_me speak_to_us speak_with_me support_me support_us advise_me advise_us meet_me
    meet_us meet_with join_me join_us assist_me assist_us review_my review_our look_over_my look_over_our
    visit_us help_with_my help_with_our help_with_a_plan help_with_this broker help_write help_run
    help_build help_set_up help_put_together walk_me point_me give_me_a_hand give_us_a_hand pick_this_up
    take_this_on look_into_this look_into_our sort_this fix_this help_sort help_fix
"""
# The hub is asked to act or to sit beside the asker. "Can someone be given a CPN" asks for neither.
_PERSON_WANTED = phrases(
    """
    can|could|would|will|chance|possible|please|there ~2 {person} ~6 {help_us}
    can|could|would|will {person} ~5 help $
    want|need|like|love|appreciate|after some|a? help|support|hand|input|assistance|analyst|someone|
        somebody from|in|of the|your? hub
    want|need|like someone|somebody|a_person|one_of_you|an_analyst ~4 to look|help|sit|come|work|talk|
        support|advise|review
    speak|talk|chat to|with a_person|a_human|a_real_person|someone|somebody|the_hub|an_advisor|
        an_analyst !who|about_their
    get|put me|us in touch|contact with ~2 hub|team|someone|somebody|analyst|person
    """,
    person=_PERSON,
    help_us=_HELP_US,
)

# "Who can help" closes a description of a problem; with a topic after it ("with a 136") it is a question.
_WHO_CAN_HELP = phrases(
    """
    who can|could|would|might help|support|assist|advise me|us|please? $
    who can|could|would|might help|support|assist|advise with|on this|that|it $
    who can|could|would|might help|support|assist|advise me|us with|on|do|write|build|set|run|sort
    """
)

# A plan of their own that they want to make.
_OWN_PLAN = phrases(
    """
    want|wanna|need|like|looking|hoping|trying|asked|told|tasked|got ~8 plan|osara|sara|problem_profile|
        project|psp|initiative|scheme
    """
)
# ... and that they cannot make alone.
_OUT_OF_DEPTH = phrases(
    """
    never written|done|made|run|built|had ~1 one|it|this|a_plan|anything
    no_idea|dont_know|not_sure|unsure|clueless where|how to start|begin / stuck !on_the_phone / out of ideas
    at a loss / nothing sticks|works|is_working|has_worked|working / tried everything
    help|support|hand|advice|guidance please|needed|appreciated|welcome|wanted|pls
    want|need|could_do_with|would_like|appreciate|looking_for|after some|a_bit_of|a? help|support|hand
    can|could someone|anyone|somebody|you|the_hub|hub help / help me|us !understand|find
    """
)
# What is asked for help with, when it is their own work and not a rule.
_OWN_WORK = phrases(
    """
    my|our plan|osara|sara|problem|patch|beat|ward|estate|town|area|analysis|project|team|bid|profile
    osara|plan / problem profile|solving / joint plan|working|project|approach|operation
    analyst|analysis|data|evaluation support|help|work|time
    tried|patrols|calls|incidents|complaints|repeat
    """
)

# Work done twice, or time lost to a process: what the hub calls an organisational inefficiency.
_WASTE = phrases(
    """
    same|identical ~1 details|detail|info|information|data|thing|stuff|form|forms|questions ~6 #|two|
        three|four|five|six|several|multiple|different|separate|again|twice
    same|identical ~1 details|info|information|data|thing|stuff into|in|on ~3 and
    #|two|three|four|five|six|several|multiple different|separate? forms|systems|spreadsheets|databases|
        logins
    double|triple|re keying|key|typing|type|entering|entry|handling|inputting
    retype|retyping|rekey|rekeying / duplicate|duplicating|duplication|duplicated
    copy|copying and paste|pasting / waste|wastes|wasted|wasting ~6 time|hours|hour|mins|minutes|shift|day
    waste of time
    take|takes|taking|spend|spending|lose|losing|lost|sat|sit|sitting|wait|waiting|queue|
        queuing ~6 hour|hours|hr|hrs|days|minutes|mins|ages|whole_shift|half_a_shift|half_my_shift
    #hrs|#hours / inefficient|inefficiency|bureaucracy|bureaucratic|red_tape
    pointless form|forms|process|admin|paperwork
    """
)
_EACH_TIME = phrases(
    """
    every|each time|single|job|shift|arrest|detainee|report|week|day / everytime / always / keep having to
    with|for every
    """
)
_PLEA = phrases(
    """
    hub ~4 fix|sort|change|look|solve|stop|raise|deal|help|improve|take
    should|could|can|needs|must|want|wish|please|surely ~6 fix|fixed|sort|sorted|change|changed|stop|
        stopped|look_at|look_into|looked|solve|solved|streamline|streamlined|improve|improved|scrap|
        scrapped|merge|merged|joined_up|linked|automated
    surely / there must|has|got ~2 be a|an ~1 better|quicker|easier|smarter
    its|it_is|this_is|thats ~1 mad|crazy|ridiculous|daft|joke|nuts|silly|stupid / fed up / sick of
    why do we still? have
    """
)

_RAISE = phrases(
    """
    can|could|would|will|please|pls you|someone|the_hub|we|hub? please|pls? raise|escalate|pass|take|
        feed|flag|forward|log|submit this|it|that|these|my|our|a ~5 with|to|up|on|back|in|for|request|
        ticket|hub|force|council|management|as
    can|could|please|pls you|u? log|raise|flag|escalate|submit this|it|that
    i|we want|need|would_like|wish to raise|report|flag|log|submit a|an|this|the|my? issue|problem|
        inefficiency|request|idea|suggestion|concern
    id|wed like to raise|report|flag|log|submit / send|pass|forward|refer|give this|it on? to the? hub
    one for the hub / ask|tell the hub to
    """
)

# The library itself is wrong. A question whether it is stays a question.
_LIBRARY = "guidance answer document doc page library reply quote passage link advice bot entry section"
_WRONG = phrases(
    """
    {library} ~5 is|are|was|looks|seems|s|isnt ~1 wrong|incorrect|out_of_date|outdated|inaccurate|
        mistaken|not_right|not_correct|no_longer_right|no_longer_correct|old|right|correct|superseded|
        repealed
    thats|its|this_is|that_is|youre|you_are ~1 wrong|incorrect|out_of_date|outdated|inaccurate|
        not_right|not_correct ~12 {library}|law|changed|now|it|act
    mistake|error|typo in the|your|this ~1 {library}
    {library} needs|need|wants updating|correcting|changing|an_update|to_be_updated|amending
    you said|told|quoted ~8 but ~8 wrong|changed|repealed|now|actually|law
    """,
    library=_LIBRARY,
)
_RIGHT = re.compile(r"\b(?:is|are|was|looks|seems) (?:right|correct)\b")

_ASKS_ABOUT_RULE = phrases(
    """
    ^ so|and|hi|hello|just|quick_one|quick_question? what|whats|which|who|whos|when|whens|where|why|how|
        hows|is|are|does|do|did|may|should|explain|define|difference|whether|has|have|if
    ^ so|and|hi|hello|just|quick_one|quick_question? can|could|am i|we|they / ^ tell me
    """
)


def hub_request(text: str) -> RequestKind | None:
    """What kind of request this is, or None for a plain question."""
    said = plain(text)
    sentences = [sentence.strip() for sentence in _SENTENCE.split(said) if sentence.strip()]
    stated = [sentence for sentence in sentences if not _ASKS_ABOUT_RULE.search(sentence)]
    if any(_WRONG.search(sentence) and not _RIGHT.search(sentence) for sentence in stated):
        return RequestKind.CORRECTION
    if _is_waste(said, stated):
        return RequestKind.ORGANISATIONAL_INEFFICIENCY
    raised = any(_RAISE.search(sentence) for sentence in stated)
    if raised or any(map(_wants_a_person, sentences)) or _wants_help_with_own_work(said, stated):
        return RequestKind.OPERATIONAL_PROBLEM
    return None


def _is_waste(said: str, stated: list[str]) -> bool:
    """A process is described as waste and something is wanted: naming the subject is not enough."""
    if not any(_WASTE.search(sentence) for sentence in stated):
        return False
    return any(cues.search(said) for cues in (_PLEA, _EACH_TIME, _RAISE))


def _wants_a_person(sentence: str) -> bool:
    return any(cues.search(sentence) for cues in (_PERSON_WANTED, _WHO_CAN_HELP))


def _wants_help_with_own_work(said: str, stated: list[str]) -> bool:
    asked = any(_OUT_OF_DEPTH.search(sentence) for sentence in stated)
    planned = any(_OWN_PLAN.search(sentence) for sentence in stated)
    return asked and (planned or bool(_OWN_WORK.search(said)))
