"""What speaks against an incident in progress, and why (the notation: `phrases.py`)."""

from __future__ import annotations

from bot.safeguards.phrases import phrases

# Right before a danger these deny it: "no weapons seen", "not on the roof", "nobody hurt".
NEGATED = phrases(
    """
    no|not|nobody|noone|none|without|never|isnt|wasnt|arent|neither|didnt|hasnt|havent|doesnt|no_longer|
        no_one|nobodys|nothing is|was|has|have|been|got|being|carrying|seen|actually? a|an|any|in|the|of|
        with|on|sign|evidence|signs? of? $
    """
)

# Supposed, not reported. A rule is nearly always asked for in this form.
HYPOTHETICAL = phrases(
    """
    if / whether / in case / unless / suppose / supposing / hypothetical* / scenario|scenarios
    for example|instance / exercise !yard|bike / table top / tabletop / simulat*
    when|where someone|somebody|a|an|people|they|he|she|we|you|dealing|officers|there|theres|one|the|
        responding|attending|police|i|patients|patient|kids|children|suspects|victims|callers|does|do|can|
        is|are|should|would|shots|persons|youths|females|males|mental
    what do|should|would|happens|can|counts|is|are|makes you|we|i? do? with|about|for|to|when|as|if a|
        an|someone|people|persons|suicidal|missing|anyone|kids|children
    someone|people|persons|those|anyone|officers|victims|kids|children|patients|callers|suspects|
        offenders|drivers|youths who|that|thats|whose
    a|an person|child|adult|victim|suspect|patient|male|female|man|woman|kid|caller|youth|driver who|
        that|thats|whose
    deal|dealing|dealt|deals with / how to|do|should|can|would|does / in the event / could|may|might be|have
    risk of / anyone|anybody / imagine / the word|term|definition|meaning / after|following a|an
    say someone|a|he_has|for / responding|response|respond to
    """
)
# "tell me if you can send someone", "dont know if hes breathing" suppose nothing.
NOT_HYPOTHETICAL = phrases(
    """
    dont|not|cant|cannot|unsure|no_idea know|sure|tell|see|say|certain? if|whether
    see|ask|asking|wonder*|as|even|looks|look|sounds if / let|tell me know? if
    if you|someone|anyone can send|get|help|hear
    how long|soon|quickly|fast can|will|till|until you|they|units|ambulance
    wont|dont|not|cant|wouldnt tell|say|know|sure ~1 how many|much|long
    """
)

# A question with nobody in particular in it: "what powers do we have over someone on a roof".
INDEFINITE = phrases(
    """
    someone / somebody / anyone / a|an person|child|adult|patient|individual / people / persons / patients
    callers / victims / suspects
    """
)

# It has happened and is over.
PAST = phrases(
    """
    last week|month|year|yr|night|summer|winter|spring|autumn|weekend|monday|tuesday|wednesday|thursday|
        friday|saturday|sunday|time|shift|tour|set|tues|weds|thurs|fri|sat|sun|mon|job
    yesterday
    day|days|week|weeks|wk|wks|month|months|mths|year|years|yrs|night|nights|ages ago|back|prior|
        earlier|later
    in|since|back january|february|march|april|may|june|july|august|september|october|november|december|
        jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|201*|202*|199*
    on monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|weds|thurs|fri|sat|sun
    the other day|night|week|month / previous|previously / used to / had / was
    were not|in|at|stabbed|attacked|involved|called|sent|found|injured|arrested / historic* / once
    earlier this|in week|month|year / this month|year|week / attended / dealt with / recent|recently
    over the weekend|summer|last|past / anniversary / claimed
    said !hes|shes|theyre|he|she|they|hell|shell|hed|goodbye|sorry|bye / alleged|allegedly / disclosed
    afterwards / aftermath / did|left_before|hid / went !dead|quiet|blue|limp|off / turned out / it transpired / we found|seized|recovered
    """
)
# ... unless the same sentence says that it is not over: "they rowed yesterday and he is outside".
STILL_GOING_ON = phrases(
    """
    still / is now|on|in|outside|inside|coming|heading|at|going|back
    hes|shes now|on|in|outside|inside|coming|heading|at|going|got|back|hiding|bleeding|not
    not|isnt|stopped breathing / coming / on his|her|their way / just rang|called|phoned|seen|now|been
    cant get|reach|be / and is|hes|shes|now / since last|yesterday|this
    """
)

# A subject of work or study rather than something that is happening.
TOPIC = phrases(
    """
    policy|policies / evidence !room|bag / guidance / procedure|procedures / plan|plans|planned|planning
    prevention|prevent|preventing|prevents / reduce|reduces|reducing|reduction / training
    strategy|strategies|strategic / crime|crimes / power|powers / legislation / the act / act 19*|20*
    offence|offences / definition / mean|means|meaning|meant / law|laws / legal|legally|lawful|lawfully
    section|sec / s#|s#a|s#b / code a|b|c|d|e|f|g|h / pace / stats|statistics / figures / data
    trend|trends|rate|rates / hotspot|hotspots|hot_spot|hot_spots / amnesty / arch|arches / wand|wands
    campaign / workshop / awareness / education / leaflet|leaflets / protocol / toolkit
    report|reports on|about|of / review|reviews / research / study|studies / programme / project
    intervention|interventions / initiative* / duty|duties / threshold|thresholds / criteria / marac / mappa
    referral|referrals|refer / rcrp / right care / dash / risk assess* / safety plan* / principle|principles
    order|orders / notice|notices / injunction|injunctions / warrant|warrants / template* / form|forms
    best practice / what works|work / problem solving / osara / sara / partnership|partnerships
    service|services / alarm|alarms !going|sounding|activated|gone / brigade / victims of / perpetrator|perpetrators
    sign|signs|type|types|level|levels|number of / how many / cohort / register
    licence|licences|licensing|license / certificate* / surrender* / test purchas*
    retailer|retailers / sale of / selling|sold / possession|possessing
    carry|carrying|carriers knives|weapons / letter|letters / complaint|complaints / calls about / incidents
    stabbings / shootings / attacks / assaults / robberies / burglaries / fires / deaths|death / overdoses
    suicides / threat|threats to life / osman / naloxone / asb / nuisance / jobs / nrm / consent
    cpn|cpw|pspo|dvpn|dvpo|dapo|spo|cbo / disclosure / safeguarding / stop search / csp
    vawg / at risk of / lead|leads on|for / likely / question|questions / ban|banned / pilot / module
    course / legislation / exempt*
    """
)

# Asked, not told. "Can you send ..." asks for a deed, and so does not count.
QUESTION = phrases(
    """
    ^ hi|hello|hey|so|and|also|ok|just|quick_one|quick_question|morning|wondering? what|whats|which|who|
        whos|when|whens|where|why|how|hows|does|do|did|should|may|must|would|explain|define|describe|
        difference
    ^ hi|hello|hey|so|and|also|ok|just|quick_one|quick_question|morning|wondering? is|are being|there|it|a|an|
        someone|somebody|anyone|people|we|pcsos|officers|this|that|the
    ^ advice|tips|ideas|guidance|evidence|training for|on|about
    ^ any|got_any evidence|guidance|advice|policy|ideas|tips
    ^ can|could i|we|police|officers|pcsos|a|an|the|they / ^ can|could you explain|tell|arrest|use|still
    ^ tell me about|what|how|the / ^ am i / ^ need|want|looking advice|guidance|to_know|for|info
    can|do|should i|we / what can|do|should|power|powers|is|are|advice|would|else / whats the
    who does|do|is|can|has|authorises|owns|leads|should / does|do a|an|it|this|that|the|she|he|they
    is it|this|that a|an|still|our|one|for|ok|okay|enough|legal|police|us|within|lawful|high|classed|
        considered
    how do|does|is|are|can|should|long|many|often|would / what grade|grading|priority|rank|level / which / ok to / any advice|ideas|tips|guidance
    """
)

# It keeps happening: a problem to solve, not an incident.
HABIT = phrases(
    """
    keep|keeps / every|each time|week|day|night|weekend|month|friday|saturday|few|year|other
    regularly|regular / always / repeat|repeated|repeatedly|repeats / often / frequent|frequently
    usually|sometimes / most nights|days|weeks|weekends|evenings
    # times|calls|incidents|occasions|jobs|reports
    two|three|four|five|several|many|multiple|loads_of|lots_of|few times|calls|incidents|occasions|jobs|
        reports
    1st|2nd|3rd|4th|5th|6th|second|third|fourth|fifth|another|#th time|one|job|call|in / again and again
    persistent|persistently / recurring / ongoing issue|issues|problem|dispute|asb / nightly|weekly
    at night|weekends / tend|tends to / next time / in the past / prone to / serial / pattern|series|spate
    history of / who are / past few / again / problem|problems with
    """
)

# Somebody is safe, or held: what comes next is work.
CONTROLLED = phrases(
    """
    arrested / nicked / in custody / detained / safe and well / is|are|now|hes|shes|been safe
    located|returned / found safe / charged / convicted / sentenced / bailed|bail / released / remanded
    nfa / in hospital / discharged / stood down / resolved / closed / recovered / seized / already dealt
    dealt with / debrief / post incident / died / deceased / false alarm / hoax / not injured
    no injury|injuries
    """
)

# Words of danger inside harmless set phrases; taken out before anything is read.
SAFE_PHRASES = phrases(
    """
    fire service|and_rescue|brigade|station|crew|crews|safety|door|risk|setting|authority|stoppers|
        alarm|alarms|deaths|prevention
    what|and|for|by|until now / now and|that|and_then|its|the / hit list|the_ground|a_target|target|our|by_a_spate|by_the_cuts|rate / break down
    shot in_the_dark|at_it / knife arch|arches|bin|bins|crime|amnesty / bleeding control / crash course
    burnt|burned|burn out / beat manager|managers|team|officer|area|surgery|plan|profile|patrol
    fight|fighting crime / kick|kicking off the|a|our|with / jump to|straight|in_at
    drowning in demand|work|paperwork|emails|calls|forms|jobs|crimes|reports|spreadsheets
    gun|firearms licensing|licence|crime|laws / weapons|weapon sweep|sweeps|amnesty / life threatening
    dead end|time|wood|line / heat of the moment / smash and grab|grabs / shooting range|star
    attack on the problem / domestic abuse|violence|burglary|burglaries|dwelling|homicide|noise / bomb hoax*
    in progress calls|jobs|incidents|grades / in progress what|which? grade|grading|priority|threshold|rank
    in progress how is|are|do_we_grade|should|graded|quickly / rape|stalking support|centre|crisis
    suicide job|jobs|prevention|bereavement|support|awareness / acid attack|attacks prevention|offence|law
    fire|smoke detector|detectors / right now we|i use|have
    """
)
