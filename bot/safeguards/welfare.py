"""Whether the officer who writes is in danger from themselves, or at the end of their strength."""

from __future__ import annotations

import re

from bot.safeguards.phrases import phrases

# Said in the first person, each of these is enough. A missing subject ("dont want to be here any more") is
# the first person too: that is how people write about themselves.
_OWN_WORDS = phrases(
    """
    dont|do_not|didnt|never|not_sure_i really|even|actually? want|wanna to? be_here|be_alive|live|
        wake_up|exist|carry_on_living|go_on
    want|wanting|wanted|going|ready|planning|plan|need to|on? die|be_dead|end_it|end_my|kill_myself|
        hurt_myself|harm_myself|take_my_own
    thinking|think|thought|thoughts about|of ~1 dying|ending_it|ending_my|killing_myself|suicide|
        hurting_myself|harming_myself|taking_my_own|not_being_here
    kill|killing|harm|harming|hurt|hurting|cut|cutting|top|topping|doing|do myself !a|some|no|out|to|in
    do|doing myself in / end|ending it_all|my_life|my_own_life !with / my own suicide / take|taking my own life
    id|i_would|everyone_would|theyd|they_would|family_would|world_would|kids_would|
        everyoned ~2 better off dead|without_me
    no|any|see_the|the point|reason|reasons in|to|for? live|living|being_here|going_on|go_on|be_here|
        being_alive|carrying_on
    im|i_am|ive_been|i_feel|feel|feeling|been_feeling|felt so|really|very|quite|bit|just? suicidal|
        worthless|hopeless
    suicidal thoughts|feelings myself|again|lately / i have|get|had keep|been|am? having|getting? suicidal
    having|ive_got|ive_had|ive_been_having suicidal
    i just|really|honestly|literally? cant|cannot go_on|carry_on|take_it|take_this|take_much_more|
        take_any_more|keep_doing_this|live_like_this|do_it_any_more|do_this_any_more !at_work|overtime
    cant|cannot face it|another_shift|another_day|going_in|life
    cant|cannot go_on|take_any_more|do_this_any_more|live_like_this|take_it_any_more|take_this_any_more
    i just|really|honestly? cant|cannot do|take this|it $ / not|isnt|arent coping
    struggling|not_able|unable|failing to cope / cant|cannot cope / couldnt cope any more
    im|i_am|i_feel|feel_like_im|think_im ~1 breaking_down|having_a_breakdown|at_breaking_point|
        falling_apart|at_rock_bottom|losing_it|cracking_up
    at|reached the|my end|breaking of? my? tether|rope|point $ / end of my tether|rope
    im|i_am|ive_been|been really|badly|properly|so? struggling mentally|emotionally|
        with_my_mental_health|with_my_head|to_sleep|to_get_out_of_bed|to_get_through|since
    im|i_am|ive_been really|properly? struggling $ / i wish i was|were dead / wish i was|were dead
    i cant|dont see a way out / go_to|fall_asleep|sleep and not|never wake up / hate myself
    nobody|noone|no_one would|will even? miss me / would|will anyone miss me
    see|is the|any? point of|in living|life|being_here|it_all / cant|cannot do this_job|the_job ~3 done_in|point|living
    think|thinking|thought|thoughts|imagine|imagining ~2 about|of ~2 driving|crashing|jumping|walking|stepping ~2 into|
        off|under|in_front ~2 wall|tree|train|bridge|lorry|traffic|car
    sat|sitting|drove|stood ~6 rope|tablets|pills|gun|noose ~5 last_night|tonight|today|yesterday|again
    had enough of life|living / done with life|living
    """
)

# Told about somebody else: "she says she cant cope", "victim told us he wants to die".
_SOMEBODY_ELSE = re.compile(
    r"\b(?:he|she|they|who|someone|somebody|anyone|people|person|caller|callers|victims?|male|female|man|"
    r"woman|lad|girl|boy|"
    r"kids?|child|children|mum|mother|dad|son|daughter|patients?|suspects?|neighbours?|residents?|"
    r"colleagues?|mate|officers?|"
    r"staff|families|family|carers?|parents?|ex|partner|husband|wife|hes|shes|theyre|we|us|team|services?|"
    r"hospital|council|hub|"
    r"system|control|force|informant|idname)\b(?:\W+\w+){0,5}\W*$"
)
_REPORTED = re.compile(r"\b(?:says?|said|saying|told|texted|messaged|posted|screaming|shouting)\b")
_MINE = re.compile(r"\b(?:i|im|ive|id|ill|me|my|myself)\b")

# A worn-out phrase about work, not about the person.
_ABOUT_WORK = re.compile(
    r"\W*(?:with|doing|using)\W+(?:\w+\W+){0,3}?(?:volume|demand|forms?|calls?|workload|paperwork|system|"
    r"spreadsheets?|emails?|"
    r"crimes|number|amount|admin|laptop|vpn|traffic|numbers)\b"
)
_ASKS_ABOUT_RULE = re.compile(
    r"\b(?:policy|guidance|procedure|training|leaflet|strategy|if (?:someone|somebody|an? |they|he|she|"
    r"you)|when (?:someone|an? |they)|"
    r"support (?:is there|for|available) (?:for )?(?:officers|staff|colleagues))\b"
)
_BEFORE = 80


def is_welfare(sentences: list[str]) -> bool:
    """Whether the writer says so of themselves in one of the sentences."""
    return any(_in_sentence(sentence) for sentence in sentences)


def _in_sentence(sentence: str) -> bool:
    for match in _OWN_WORDS.finditer(sentence):
        before = sentence[max(0, match.start() - _BEFORE) : match.start()]
        if _ASKS_ABOUT_RULE.search(before) or _ABOUT_WORK.match(sentence, match.end()):
            continue
        said_by_another = _SOMEBODY_ELSE.search(before) and not _MINE.search(before[-12:])
        if not said_by_another and not _REPORTED.search(before):
            return True
    return False
