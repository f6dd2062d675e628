"""The groups of cues by which danger is read, and why each group exists (the notation: `phrases.py`)."""

from __future__ import annotations

from bot.safeguards.critical_cues import HARM, PLACE, WEAPON, WHO
from bot.safeguards.phrases import phrases

# A person at a height. The place alone ("the bridge") means nothing.
HEIGHT = phrases(
    """
    {who}|jumper ~6 on|off|over|up|onto|at|from|of top_of? the|a|an|this? ~3 edge|bridge|roof|rooftop|
        ledge|flyover|parapet|balcony|barrier|railings|multi_storey|viaduct|overpass|cliff|crane|gantry|
        sill|scaffolding|pylon
    jumper on|up / wrong side of
    """,
    who=WHO,
)

# A danger that needs something more (a person, a time, a hand that holds it) before it is an incident.
HAZARD = phrases(
    """
    {weapon} / overdose / suicidal / suicide / self harming|harm / wants to die / in danger / dying / shot
    kill|killing himself|herself|themselves|him|her|them|me|us|everyone|someone|the / jump|jumping
    take|end|taking|ending his|her|their own? life / attack|attacking|attacked / stab|stabbing
    shoot|shooting / burn|burning ~3 house|flat|place|down|it / rape|raping / strangle|strangling / beating / hang|drown|gas|electrocute himself|herself|themselves|him|her
    throw ~2 baby|kid|child|him|her|himself|herself|them off|out|from|under|in|into|down|over / blow ~3 up
    balaclava|balaclavas|balis|masked men|lads|males|man|gang
    hit|hitting / punch|punching / kicking off|the_door|her|him|in|my
    kick the_door|her_door|my_door|his_door / burning / assaulting / fighting / smash|smashing
    break|breaking in|into / trying|try to get in|into|at|through / force|forcing|fight|push ~2 way in|into
    banging|hammering on|at ~2 door|window|doors / forcing ~1 door
    suspicious|sus|suspect package|bag|device|parcel
    throwing ~1 bricks|bottles|missiles|fireworks|petrol|rocks at
    hes|shes|ex|suspect|stalker|he_is ~2 at|outside her|my|the|their door|house|flat|window|address|work
    burglar|burglars|intruder|intruders|prowler / robbing / chase|chasing|chased / following her|him|me|them
    threaten|threatening / kidnap|kidnapped|abducted / hostage / gas leak / smell|smells of? gas
    scream|screaming|screams / surrounded / outnumbered / wont let her|him|them|me|us out|go|leave / gunman
    drowning
    """,
    weapon=WEAPON,
)

# People and events that make an approach or a "now" dangerous, and are otherwise the daily words of the work.
DAILY = phrases(
    """
    her|his|the|my ex / ex husband|partner|boyfriend|bf|wife|girlfriend / abusive partner|ex|husband
    attacker / suspect / stalker / armed / violent / threat|threats|threatened / assault / fight / burglary
    robbery|robbed / robber|robbers / fire / smoke / crash|crashed / rtc / domestic / riot / threatens / dead / injured
    hurt / terrified / scared
    """
)

# A child or a vulnerable person gone: urgent only with a sign that they are gone at this moment (NOW).
MISSING = phrases(
    """
    missing / disappeared / vanished / no sign of / run|ran away / wandered|walked|run|ran off|out / misper
    lost her|his|a|my|their|sight
    not|hasnt|havent|didnt|never come|came|been|return|returned|arrived|got|get|turned ~1 back|home|seen|up
    cant|cannot|couldnt be? find|found / gone from|missing|half|an|for
    getting|got|get into|in a|his|the car|van with
    gone|out|away for? about? #|an|a|two|half|three|few ~1 hour|hours|hrs / still? not|isnt back|home|turned_up
    turned|switched ~2 phone|mobile off / phone|mobile is? off|dead|switched_off / last seen
    """
)
VULNERABLE = phrases(
    """
    kid|kids|child|children|baby|toddler|infant|newborn|boy|girl|son|daughter|teen|teenager|schoolboy|
        schoolgirl|pupil|lad
    #|#yo|#yr|#y|#yrs ~1 o|old|yo|yr|yrs|year / #yo|#yr|#yrs / dementia / alzheimers / elderly / suicidal
    vulnerable / diabetic / patient / disabled / autistic / care home / high risk
    """
)

# It is happening at this moment, or the news has just come in.
NOW = phrases(
    """
    now / rn / currently / at this|the moment|minute / as we speak / at present / this second|minute|instant
    immediately / asap / hurry
    just ~1 happened|tied|reversed|driven|snatched|rang|rung|called|phoned|messaged|texted|seen|saw|arrived|turned|got|been|gone|come|went|
        taken|found|run|left|jumped|walked|pulled|stabbed|hit|attacked|smashed|grabbed|told|collapsed|
        fallen|fell|started|posted|had|kicked|broken|set|thrown|swallowed|disappeared|snatched|crashed
    on the phone|line|other_line
    im|were here|on_scene|at_the|outside|stood|watching|looking_at|being|under|hurt|trapped|with_him|
        with_her
    on|at scene / in front of me|us
    still not|missing|isnt|hasnt|alive|in|inside|there|here|on|at|has|holding|outside|armed|out|bleeding|fighting|attacking
    out|over there|here / gone|missing|out|away for? about? # minutes|mins|hours|hrs|hour
    gone|missing|out|away for? half_an|an|a|two|three|couple_of|few ~1 hour|hours
    # mins|minutes|hours|hrs|hour ago|now / an|half_an|couple_of|few ~1 hour|hours|minutes|mins ago
    last # minutes|mins|hours|hrs|hour / #mins|#hrs|#min ago|now / minutes|mins ago|away
    since this_morning|last_night|lunch|lunchtime|school|yesterday|earlier|breakfast|the_morning|#am|#pm|#
    hasnt|not|havent been seen|found|heard / behind me|us
    hasnt|not|havent|didnt|never come|came|returned|been_seen|arrived ~1 back|home|in|since / straight away
    emergency / outside|inside now / has|have|hes|shes|just|theyve gone missing
    is|are|hes|shes|theyre out|back here|there|and|again
    """
)
# The same beyond doubt: then even a word of policy in the sentence does not make a subject of it.
RIGHT_NOW = phrases(
    """
    right|here|outside|inside|on_scene|in_progress now / as we speak / this second|minute|very_second
    in front of me|us / at this moment / on the phone|line now|to_me|with_me / im|were with him|her|them now?
    """
)

# Also news, but "in progress last night" is over.
TODAY = phrases(
    """
    outside|inside with|her|the|my|his|our|their|at / in progress / happening
    ongoing !issue|issues|problem|dispute|asb / tonight / today / this morning|afternoon|evening
    quick|quickly|urgent|urgently
    """
)

# Danger moving towards somebody: strong, because there is still time.
APPROACH = phrases(
    """
    on his|her|their|its|the|my way / en route / enroute
    coming|heading|going|driving|walking|running|travelling|headed ~2 to|for|over|towards|toward|at|
        round|back|after her|his|the|their|my|our|me|us|him|them|a|school|{harm}|get|find|do|finish
    coming|heading|going round|over|back|here|after|at|for ~1 her|him|me|us|them|now
    going|threatening|wants|want|trying|vowed|planning|intends|says_hell|tried to {harm}
    will|hell|shell|theyll|ill {harm}
    threatening her|him|them|me|us|people|staff|customers|the|everyone|passers|residents|officers|
        members|with|suicide|neighbours|kids|somebody|someone
    outside|inside|round|at|hammering|banging|kicking|into ~2 her|his|my|the|their ~1 {place} / chasing
    getting closer|in / waving|swinging|brandishing|pointing|lunging|wielding
    pulled|pulls|produced|produces|drew out? a {weapon} / force|forcing way in|into
    running at|around|about|towards|through|round / holding a|an|the|his|her|it|someone|two|people|kids
    pouring|poured|doused|dousing|soaked|covered ~3 petrol|acid|himself|herself|over|in
    """,
    harm=HARM,
    weapon=WEAPON,
    place=PLACE,
)

# Somebody has it in hand, or is doing it: the present tense of an incident.
POSSESSION = phrases(
    """
    has|have|got|hes|shes|theyve|theyre|with|holding|carrying|waving|brandishing|pulled|pulling|
        drawn got? a|an|his|her|the|some|two|what_looks|loads|{weapon}
    armed with / out now
    he|she|they|it|hes|shes|theyre|someone|caller|male|female|man|woman|ex|suspect|kids|child|victim|
        theres|gang|lad|lads|bloke|guy|boys|girl|youths|patient is|are|has|have|being|currently
    hes|shes|theyre|theres|ive|weve ~1 a|an|been|going|coming|trying|got
    outside|inside the|a|her|his|my|mcdonalds|tesco|school|asda|greggs|aldi|lidl|kfc|coop|sainsburys
    """,
    weapon=WEAPON,
)

PERSON = phrases(
    """
    {who}
    partners|mates|mums|dads|sons|daughters|victims|husbands|wifes|brothers|sisters been|got|just|has
    prisoner|prisoners|detainee|someones|im|me|us|them / my arm|leg|hand|face|neck|head|back
    """,
    who=WHO,
)

# Calls for help: an emergency is nearly always in them, whoever writes.
HELP = phrases(
    """
    need|needs urgent|immediate|some|more? help|assistance|backup|back_up|units|ambulance|paramedics|
        medics now|asap|here|urgently|immediately|cant|quick !with|on|to|understand|understanding|writing|
        from|for
    need|needs an? ambulance|paramedics|backup / urgent|immediate|emergency assistance|help|backup|back_up
    needs|need assistance|help now|asap|urgently !with|on|to|understand|understanding|writing|from|for
    assistance|backup required|needed|urgently
    send help|units|everyone|backup|back_up|an_ambulance|ambulance|police|armed|all|someone_now
    cant|cannot|couldnt get|reach|raise through|control|anyone|comms|dispatch ~1 on|by|radio|to|control
    radio is? dead|down|gone|not_working
    help|assist me|us now|he|she|they|im|were|hes|shes|theyre|quick|quickly
    help hes|shes|theyre|im|were|my|theres
    officer|pc|colleague|pcso|sgt needs|need|in help|trouble|assistance|danger|urgent / code zero|red|1|one
    mayday / im hurt|injured|trapped|surrounded|stabbed|bleeding|shot
    im|were|we_are being|under attack|attacked|chased|followed|assaulted
    were|we_are surrounded|outnumbered|trapped
    ive|weve|i|we pressed|hit|pushed ~2 button / nobody|noone|no_one is? coming|answering|responding
    call|ring|get an|the? ambulance|999|paramedics now|quick|asap|please
    """
)
