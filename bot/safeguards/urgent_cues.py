"""The groups of cues by which danger is read, and why each group exists (the notation: `phrases.py`)."""

from __future__ import annotations

from bot.safeguards.phrases import phrases

_WHO = """
    he she they we it hes shes theyre weve theyve im ive someone somebody caller victim male female man
    woman men lad lads guy bloke girl boy kid kids child children baby toddler infant youth youths teenager
    teen pupil student person patient mum mother dad father son daughter husband wife partner boyfriend
    girlfriend bf gf brother sister neighbour householder resident occupant suspect ex offender driver
    passenger cyclist pedestrian officer officers pc pcso sgt colleague crewmate mate staff worker mop lady
    gent group gang casualty people customer nan gran grandad elderly pensioner inf informant ip males
    females women teens shoplifter shoplifters burglar robber security mob crowd gunman attacker neighbours
    colleagues pupils stalker
"""
_HURT = """
    kidnapped abducted snatched raped strangled choked beaten attacked assaulted dragged stabbed chased
    robbed kicked punched hit battered shot slashed followed mobbed surrounded pinned threatened bitten
    jumped
"""
_HURTING = """
    strangling choking hitting beating punching kicking stabbing attacking assaulting raping smashing
    battering shooting drowning robbing slapping dragging chasing biting throttling
"""
_HARM = """
    kill killing stab stabbing shoot shooting jump jumping hurt attack burn burning hang hanging die rape
    strangle slit torch drown harm murder beat smash explode overdose do_it end_it end_his end_her
    take_his_own take_her_own run_her run_him do_her do_him run_them throw_himself throw_herself blow cut
    set_fire set_himself set_herself set_it batter knife
"""
_PLACE = (
    "house home flat bedroom loft kitchen garden garage property address premises shop room door window place hallway "
    "cell"
)
_WEAPON = """
    knife knives blade machete machetes gun guns firearm shotgun pistol rifle sword axe crossbow weapon
    weapons petrol acid bomb grenade bat crowbar screwdriver hammer bottle samurai bleach hatchet cleaver
    dagger imitation taser chainsaw scissors
"""

# A state that is an emergency by itself when it is reported of a person.
CRITICAL = phrases(
    """
    is|gone|looks|turned|went|turning blue|limp|lifeless / driving at people|them|us|officers|me|the_crowd|pedestrians
    someone|somebody|stranger|male|man is|are? in|inside the|my|her|his|their|our house|flat|bedroom|garden|kitchen
    snatch|snatching|grab|grabbing|abduct a|the|my|her ~1 child|kid|girl|boy|baby|toddler
    on the? tracks|railway_line|train_tracks / left|stuck|locked|alone in a|the? boiling|hot|baking ~1 car|van
    {hurting} security|guard|guards|police|a|the|my !crime / headlock|chokehold|choke_hold
    not|isnt|aint|stopped|struggling|barely|cant|hardly|trouble|difficulty to? properly|really? breath|
        breathe|breathing
    unsure hes|shes|theyre|its|he|she is? breathing|alive|dead|conscious / no pulse / cardiac arrest
    pulse gone / having a heart_attack|stroke|seizure|fit / unconscious / unresponsive / collapsed / choking
    gone|turning|going blue|limp
    wont|cant|not|isnt|aint|stopped wake|waking|responding|respond|moving|move / blood all_over
    gunshots|gunfire / in|from|inside the|a? boot of
    grabbed|grabbing|taken|took my pava|taser|baton|gun|throat|stab_vest
    fire at|in the|her|his|my|a {place}|flats|building|block|tower|shop|school|pub|church|hospital
    passed out !a / bleeding / bleeding out / losing ~2 blood / blood everywhere / covered in blood
    pouring|loads|lots ~2 blood / stabbed / slashed / got|been|was|is|just shot
    shots|gunshots ~1 fired|heard / shooting at / opened|opening fire / acid thrown|over|in|attack
    officer|officers|pc|pcso|cop|copper|colleague|crewmate|policeman|policewoman|mate|
        oppo is? are? been? down|injured|hurt|attacked
    man|officer|pc down / held|taken|holding|taking|got ~2 hostage|hostages
    car|van|bus|lorry|bike ~1 in|into the river|canal|lake|water|sea|docks
    locked|locking her|him|them|me|us in|up
    hanging ~1 in|from|by ~1 cell|room|tree|door|garage|loft|woods|rope|bannister|banister
    being|getting {hurt} / been kidnapped|abducted|snatched / been just? {hurt} / has|have been {hurt}
    kidnapping|abducting|snatching
    dragged|bundled|forced|pulled ~3 into ~2 car|van|vehicle|boot|bushes|alley
    is|are|hes|shes|theyre|keeps|started|been {hurting} !the|crime|it
    {hurting} her|him|me|us|them|people|someone|staff|customers|everyone|passers
    taken|swallowed|necked|took|taking ~4 overdose|od|pills|tablets|meds|medication|paracetamol|tabs|insulin
    has|have|hes|shes|just|theyve|already od|overdosed|ods / overdosing
    drank|drinking|drunk|swallowed ~1 bleach|antifreeze
    slit|slitting|cut|cutting|slashing his|her|their wrist|wrists|throat|neck|arms|herself|himself / noose
    ligature round|around|on / hanging|hung|hanged himself|herself|themselves|from / drowning !in|by
    by the|his|her throat|neck / hostage situation
    {who} ~2 in|under the river|canal|lake|water|weir !activities|safety / going under !cover|the
    suicide note !offence
    fallen|fell|jumped|gone|went|swept|is|hes|shes|theyre in|into|under the river|canal|lake|water|sea|
        weir|train|lock
    {place}|building|car|block|shed|school|pub|van|he|she|hes|shes|himself|herself|it|its|roof|bin|
        tower is? set? on_fire|ablaze|alight|in_flames
    set|setting fire to|himself|herself|themselves|her|him|it !to|to_the
    trapped ~5 car|cars|vehicle|wreck|wreckage|house|flat|building|fire|lorry|bus|train|rubble|bedroom|
        lift|upstairs|van|underneath|fire
    people|person|persons|kids|child|children|driver|casualty|occupants|family|passengers|baby|
        casualties|someone are? is? still? trapped|stuck_inside
    kids|children|child|people|family|someone|baby|residents still? inside|upstairs
    burglar|burglars|intruder|intruders|robber|robbers|prowler|stranger|gunman ~3 in|inside|entered|
        broken_into|breaking_into|climbing|downstairs|upstairs ~2 {place}
    someone|somebody|man|male|men|lads|hes|theyre|he|they|masked is? are? just? trying_to? breaking|
        break|broken|forcing|climbing|climb|getting in|into|through ~2 {place}
    breaking|broken into my|her|his|their ~1 {place} / burglar|intruder|someone downstairs|upstairs
    burglars inside|in
    hiding in|under|behind|upstairs|from|inside !plain|the_data|data|assets|evidence|fuel|drugs
    locked|shut herself|himself|themselves|myself|her_self ~1 in
    barricaded|barricading himself|herself|themselves|in|inside|the
    domestic is? in_progress|kicking_off|ongoing|going_on|live
    fight|assault|robbery|burglary|rape|attack|riot|stabbing|shooting|brawl|siege|raid|
        break_in is? in_progress|kicking_off|ongoing|happening|going_on|breaking_out
    screaming for_help|and|at_me|down / crying|shouting|begging|calling for help
    kicking off !the|a|our|with|on / bomb|package|device|grenade|explosives in|at|outside|under|on the|a|my
    explosion / blew|blown up
    car|van|lorry|truck|driver ~3 hit|ploughed|driving|drove into? at? a|the|people|crowd|group|
        pedestrian|pedestrians|kid|child|cyclist|me
    hit|knocked|struck|mown|run over|down by a|the car|van|bus|train|lorry|tram|vehicle
    hit|struck by a car|van|bus|train|lorry|tram / in|into labour !market|exploitation / giving birth
    about to {harm}
    jumped|thrown|fallen|fell|pushed off|from|out_of ~2 bridge|roof|building|window|balcony|car_park|
        platform|ledge|cliff|stairs
    left|locked|alone|shut|stuck in a|the ~1 hot|boiling|baking|locked car|van
    on the ~1 tracks|railway_line|live_rail|motorway|hard_shoulder !team|unit
    texted|sent|posted|messaged|saying|said ~3 goodbye|goodbyes|suicide_note
    active shooter|attacker|gunman / walking ~1 on|along|down the motorway|m1|m25|a1
    """,
    hurt=_HURT,
    hurting=_HURTING,
    who=_WHO,
    harm=_HARM,
    place=_PLACE,
)

# A person at a height. The place alone ("the bridge") means nothing.
HEIGHT = phrases(
    """
    {who}|jumper ~6 on|off|over|up|onto|at|from|of top_of? the|a|an|this? ~3 edge|bridge|roof|rooftop|
        ledge|flyover|parapet|balcony|barrier|railings|multi_storey|viaduct|overpass|cliff|crane|gantry|
        sill|scaffolding|pylon
    jumper on|up / wrong side of
    """,
    who=_WHO,
)

# A danger that needs something more (a person, a time, a hand that holds it) before it is an incident.
HAZARD = phrases(
    """
    {weapon} / overdose / suicidal / suicide / self harming|harm / wants to die / in danger / dying / shot
    kill|killing himself|herself|themselves|him|her|them|me|us|everyone|someone|the / jump|jumping
    take|end|taking|ending his|her|their own? life / attack|attacking|attacked / stab|stabbing
    shoot|shooting / burn|burning ~3 house|flat|place|down|it / rape|raping / strangle|strangling / beating
    hit|hitting / punch|punching / kicking off|the_door|her|him|in|my
    kick the_door|her_door|my_door|his_door / burning / assaulting / fighting / smash|smashing
    break|breaking in|into / trying|try to get in|into|at / force|forcing|fight|push ~2 way in|into
    banging|hammering on|at ~2 door|window|doors / forcing ~1 door
    suspicious|sus|suspect package|bag|device|parcel
    throwing ~1 bricks|bottles|missiles|fireworks|petrol|rocks at
    hes|shes|ex|suspect|stalker|he_is ~2 at|outside her|my|the|their door|house|flat|window|address|work
    burglar|burglars|intruder|intruders|prowler / robbing / chase|chasing|chased / following her|him|me|them
    threaten|threatening / kidnap|kidnapped|abducted / hostage / gas leak / smell|smells of? gas
    scream|screaming|screams / surrounded / outnumbered / wont let her|him|them|me|us out|go|leave / gunman
    drowning
    """,
    weapon=_WEAPON,
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
    now / currently / at this|the moment|minute / as we speak / at present / this second|minute|instant
    immediately / asap / hurry
    just ~1 rang|rung|called|phoned|messaged|texted|seen|saw|arrived|turned|got|been|gone|come|went|
        taken|found|run|left|jumped|walked|pulled|stabbed|hit|attacked|smashed|grabbed|told|collapsed|
        fallen|fell|started|posted|had|kicked|broken|set|thrown|swallowed|disappeared|snatched|crashed
    on the phone|line|other_line
    im|were here|on_scene|at_the|outside|stood|watching|looking_at|being|under|hurt|trapped|with_him|
        with_her
    on|at scene / in front of me|us
    still in|inside|there|here|on|at|has|holding|outside|armed|out|bleeding|fighting|attacking
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
    harm=_HARM,
    weapon=_WEAPON,
    place=_PLACE,
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
    weapon=_WEAPON,
)

PERSON = phrases(
    """
    {who}
    partners|mates|mums|dads|sons|daughters|victims|husbands|wifes|brothers|sisters been|got|just|has
    prisoner|prisoners|detainee|someones|im|me|us|them
    """,
    who=_WHO,
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
    call|ring|get an|the? ambulance|999|paramedics now|quick|asap|please
    """
)
