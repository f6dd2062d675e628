"""States that are an emergency by themselves when they are reported of a person (the notation: `phrases.py`)."""

from __future__ import annotations

from bot.safeguards.phrases import phrases

WHO = """
    he she they we it hes shes theyre weve theyve im ive someone somebody caller victim male female man
    woman men lad lads guy bloke girl boy kid kids child children baby toddler infant youth youths teenager
    teen pupil student person patient mum mother dad father son daughter husband wife partner boyfriend
    girlfriend bf gf brother sister neighbour householder resident occupant suspect ex offender driver
    passenger cyclist pedestrian officer officers pc pcso sgt colleague crewmate mate staff worker mop lady
    gent group gang casualty people customer nan gran grandad elderly pensioner inf informant ip males
    females women teens shoplifter shoplifters burglar robber security mob crowd gunman attacker neighbours
    colleagues pupils stalker
"""
HURT = """
    kidnapped abducted snatched raped strangled choked beaten bricked bottled pelted overrun rushed rammed ambushed attacked assaulted dragged stabbed chased
    robbed kicked punched hit battered shot slashed followed mobbed surrounded pinned threatened bitten
    jumped
"""
HURTING = """
    strangling choking hitting beating punching kicking stabbing attacking assaulting raping smashing
    battering shooting drowning robbing slapping dragging chasing biting throttling
"""
HARM = """
    kill killing stab stabbing shoot shooting jump jumping hurt attack burn burning hang hanging die rape
    strangle slit torch drown harm murder beat smash explode overdose do_it end_it end_his end_her
    take_his_own take_her_own run_her run_him do_her do_him run_them throw_himself throw_herself blow cut
    set_fire set_himself set_herself set_it batter knife throw gas cut_her cut_him
"""
PLACE = (
    "house home flat bedroom loft kitchen garden garage property address premises shop room door window place hallway "
    "cell"
)
WEAPON = """
    knife knives blade machete machetes gun guns firearm shotgun pistol rifle sword axe crossbow weapon
    weapons petrol acid bomb grenade bat crowbar screwdriver hammer bottle samurai bleach hatchet cleaver
    dagger imitation taser chainsaw scissors
"""

# Everything else that is an emergency by itself when it is reported of a person.
VIOLENCE = phrases(
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
    through|kicked|smashed the front|back|patio? door|window and / hes|shes|theyre through|in the front|back door
    caller|she|he|informant|victim|female is? whispering / used|gave|messaged|texted|said ~2 code_word|codeword
    {weapon}|knives|bats|blades ~6 heading|going|walking|running|coming|making_their_way ~2 into|towards|for|to|after
    kicking off ~3 with ~2 {weapon}
    following|follows|followed a|the|some|this ~2 girl|child|schoolgirl|woman|kid ~4 rn|now|right_now
    screaming|screams|shouting ~6 gone quiet|silent / wrong way up|down|along|on ~3 carriageway|motorway|m1|m25|a1|slip_road
    car|van|lorry|bike ~1 on|upside its|the? roof|side|down ~3 inside|trapped
    isnt|not|wont|hasnt|stopped answer|answering|answered her|his|their|the radio
    cant|cannot|unable_to|couldnt raise|get|reach her|him|them ~2 radio
    active shooter|attacker|gunman / walking ~1 on|along|down the motorway|m1|m25|a1
    """,
    hurt=HURT,
    hurting=HURTING,
    who=WHO,
    harm=HARM,
    place=PLACE,
    weapon=WEAPON,
)

# The body gives way: breath, blood, consciousness, birth.
BODY = phrases(
    """
    knocked out|unconscious|out_cold !the|by|on / doing|giving|started|starting cpr|compressions !training
    foaming|frothing at the mouth / lips|face|hes|shes|turned|gone ~1 blue|grey|purple
    is|are|hes|shes|started|been|keeps fitting !locks|alarms|a|the|new|cameras|with|in|into
    having|having_had|had|has|had_just a|an? ~1 fit|seizure|stroke|heart_attack|cardiac_arrest|
        asthma_attack|allergic_reaction|panic_attack_and !on
    head|chest|stomach|stab|neck|gunshot|knife wound|wounds|injury|injuries / chest pain|pains
    think|reckon|believe|sure|looks_like|looks hes|shes|theyre|he_is|she_is|its? dead|dying|not_alive
    hes|shes|theyre|im|he_is|she_is dying !to|for / give|giving|given birth !certificate|to_a_child_in / waters broke|broken|gone
    baby|newborn|infant ~2 found|abandoned|dumped|left in|by|on|outside|at|alone
    calling|shouting|screaming|crying|yelling|begging|banging ~1 for? help
    on the? floor ~4 help|cant_get_up|not_moving|unconscious|bleeding / cant feel his|her|my legs|arms|face
    baby|child|kid|toddler|infant|girl|boy|dog in|inside a|the ~1 hot|boiling|baking|locked ~1 car|van
    line|phone went dead ~4 screaming|screams|shouting|bang / heard|hear|hearing ~2 screaming|screams|gunshots
    """
)

# Somebody is killing themselves, whatever the means at hand.
SELF_INFLICTED = phrases(
    """
    rope|belt|cord|wire|sheet|bedsheet|shoelace|lace|laces|scarf|something|ligature|noose|cable|flex|jumper|
        tshirt|bag|pillow|it|tape|sock ~2 round|around|over|on|across|to his|her|their|my neck|throat|head|face
    tied|tying|wrapped|wrapping|tightening|looped|got ~3 round|around|on his|her|their neck|throat
    swallowed|swallowing|eaten|necked ~3 battery|batteries|blade|razor|wraps|drugs|package|packages|glass|
        magnets|bleach|poison|acid|tablets|pills
    pic|picture|photo|video|snap|selfie of|with ~4 pills|tablets|noose|rope|meds|gun|razor|ligature
    steps|stepping|stepped|walks|walking|walked|wandering|runs|running|ran|threw|throwing|lying|laying|sat|
        sitting|stood|standing|staggering|stumbling|jumping|kneeling ~3 in|into|along|down|on|out|onto|
        across the|a|oncoming|moving? ~1 traffic|carriageway|motorway|dual_carriageway|slip_road|live_lane|
        train_tracks|railway|tracks
    in|into front of ~2 car|cars|traffic|train|trains|bus|buses|lorry|lorries|vehicles
    cutting|cut|slashing|slashed|burning|stabbing himself|herself|themselves|myself
    headbutting|banging ~2 wall|door|cell|head|floor
    """
)

# Fire, water, roads and rails.
ACCIDENT = phrases(
    """
    flames|smoke ~2 coming|pouring|billowing|shooting|everywhere|filling / flames out|at|in|from
    fallen|fell|gone|went|falling through ~1 ice|roof|skylight|floor
    under|beneath|underneath a|the|his|my? train|bus|lorry|van|tram|tractor|wheels|wheel|car !influence|control
    car|van|lorry|truck|bus|coach|vehicle|motorbike|minibus ~3 upside_down|on_its_roof|on_its_side|overturned|
        flipped|in_a_ditch|submerged|head_on|in_flames|off_the_bridge|off_the_road
    rtc|crash|collision|accident|pile_up ~6 trapped|unconscious|ejected|injured|casualties|bleeding|serious|
        not_moving|bad_one
    driven|driving|drove|drives|reversed|reversing|ploughed|ramming|rammed|ran|run ~1 at|into|over|
        through ~1 me|us|my|our|officers|police|people|pedestrians|crowd|colleague|staff|kids !the_data
    smell|smells|stinks|stinking|reeks of? gas / gas|petrol|chemical smell|leak|leaking
    electrocuted|impaled|crushed|drowned / set|setting|sets|lit fire to|himself|herself|the|it|a
    dog|dogs|bully|pitbull|staffy|rottweiler ~2 attacking|mauling|mauled|savaging|biting|got_hold|latched|
        attacked !sheep|livestock|other_dogs
    """
)

# Held against their will, or a child taken.
TAKEN = phrases(
    """
    held|kept|locked|holding|keeping|there ~4 against his|her|their|my|our will / held|kept|holding|taken captive|prisoner
    {who} is|are|being|been|theyre|hes|shes? being? held|kept in|at|inside|down his|her|the|a|their|my ~1 flat|house|
        room|bedroom|garage|property|address|car|van|boot|shed|basement|cellar|home|caravan|warehouse
    being held|kept|beaten|tortured by|at ~2 dealers|men|gang|him|her|ex|boyfriend|husband|partner|gunpoint|
        knifepoint|lads
    tied|chained|handcuffed|gagged|taped her|him|them|me|us up|to|down / hostage|hostages in|at|inside|taken|situation
    snatched|abducted|kidnapped|grabbed|run_off_with|ran_off_with ~2 baby|child|kid|kids|children|toddler|son|
        daughter|girl|boy|schoolgirl
    taken|took|grabbed ~2 baby|child|kid|kids|children|son|daughter|girl|boy ~1 from school|nursery|park|
        garden|contact|street|outside|playground|hospital|foster
    at gunpoint|knifepoint|gun_point|knife_point
    {weapon} to|at|against|on his|her|my|their|the throat|neck|head|face|chest|back
    """,
    who=WHO,
    weapon=WEAPON,
)

# The writer or a colleague cannot get out of it alone.
OFFICER_IN_TROUBLE = phrases(
    """
    getting|got|taking|taken|given|giving a|an|him|her|them? ~1 kicking|beating|pasting|battering|hiding|doing
    we_are|were|im|hes|shes|theyre|getting|pc|colleague getting {hurt}
    pressed|pushed|hit|activated|pressing ~2 emergency|panic|orange|red ~1 button|alarm
    surrounded|surrounding ~2 us|me|car|van|him|her|them|officers|staff|my / got hold of my|me|her|his|him
    nobody|noone|no_one|none is|are? coming|answering|responding|here
    """,
    hurt=HURT,
)

# Somebody is forcing their way in, or the crime has only just been done.
BREAKING_IN = phrases(
    """
    jumping|jumped|vaulting|vaulted|climbing|climbed ~1 over the counter|till|tills
    {who} ~3 trying|attempting|managed to get|climb|force|break in|into|through|inside ~3 {place}
    stabbing|shooting|robbery|kidnap|assault|attack|hit_and_run|abduction|rape|burglary|explosion just happened|occurred|taken_place|gone_off|kicked_off|come_in
    wont let go
    """,
    who=WHO,
    place=PLACE,
)

CRITICAL = (VIOLENCE, BODY, SELF_INFLICTED, ACCIDENT, TAKEN, OFFICER_IN_TROUBLE, BREAKING_IN)
