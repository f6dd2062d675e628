"""The groups of cues by which danger is read, and why each group exists.

All are matched on the plain form: lower case, no apostrophes, text-speak spelt out ("hes got a nife" arrives
as "hes got a knife"). Nothing here repeats without a bound next to a neighbour that could match the same
text, so matching takes time in proportion to the message.
"""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")


_SOMEBODY = (
    r"(?:he|she|they|we|it|hes|shes|theyre|weve|im|ive|ill|theres|someone|somebody|caller|victim|male|female|man|woman|men|lads?|"
    r"guy|bloke|girl|boy|kids?|child|children|baby|toddler|youth|teenager|teen|pupil|student|person|patient|mum|mother|dad|father|son|daughter|"
    r"husband|wife|partner|boyfriend|girlfriend|brother|sister|neighbour|householder|resident|occupant|suspect|ex|offender|driver|"
    r"passenger|cyclist|pedestrian|officer|pc|pcso|sgt|colleague|crewmate|mate|staff|worker|member of public|mop|lady|gent|group|gang)"
)

# A state that is an emergency by itself when it is reported of a person.
CRITICAL = _any(
    r"(?:not|isnt|aint|stopped|struggling|barely|cant|trouble|difficulty|hardly|stops) (?:to )?breath(?:e|ing)",
    r"no pulse", r"cardiac arrest", r"having a (?:heart attack|stroke|seizure|fit)", r"unconscious", r"unresponsive",
    r"(?:wont|cant|not) (?:wake(?: up)?|waking(?: up)?|responding)", r"collapsed", r"choking", r"turning blue", r"gone blue",
    r"bleeding", r"blood everywhere", r"covered in blood", r"losing (?:a lot of )?blood", r"stabbed", r"slashed", r"been shot", r"got shot",
    r"shots?(?: \w+)? fired", r"shooting at", r"gunshots?", r"open(?:ed|ing) fire", r"acid attack", r"(?:had |got )?acid thrown",
    r"(?:officers?|pc|pcso|cop|copper|colleague|crewmate|police ?(?:man|woman|officer)) (?:is |are |has been |been )?(?:down|injured|hurt|hit|attacked)",
    r"man down", r"(?:held|taken|holding|taking)(?: \w+){0,3} hostages?", r"(?:being |been )(?:kidnapped|abducted|snatched|raped|strangled|beaten|attacked|assaulted|dragged|stabbed|chased|followed home|robbed)",
    r"(?:kidnapp|abduct|snatch)(?:ing|ed) (?:a |the |my |her |his |off |from |into )", r"(?:dragged|bundled|forced|pulled)(?: \w+){0,3} into (?:a |the |his )?(?:car|van|vehicle|boot|bushes|alley)",
    r"(?:is |are |hes |shes |theyre |been )(?:strangling|choking|hitting|beating|punching|kicking|stabbing|attacking|assaulting|raping|smashing|battering|shooting|drowning|robbing)",
    r"(?:taken|swallowed|necked|took) (?:a |an |all |loads of |lots of |too many |some |a load of |a bottle of |a packet of |her |his |the |my |\d+ |massive |huge |whole |box of |of |bunch ){1,4}(?:overdose|od|pills|tablets|meds|medication|paracetamol|tabs|insulin|bleach)",
    r"(?:has|have|hes|shes|just|theyve|already) (?:od|overdosed|odd)", r"overdosing",
    r"(?:slit|slitting|cut|cutting|slashing) (?:his |her |their )?(?:wrists?|throat|neck|arms)", r"(?:hanging|hung|hanged) (?:himself|herself|themselves|from)", r"noose",
    r"ligature (?:round|around|on)", r"(?:is |hes |shes )?drowning", r"(?:fallen|fell|jumped|gone|went|is|hes|shes|swept) (?:in|into|in to|under) the (?:river|canal|lake|water|sea|weir|train)",
    r"(?:house|flat|building|car|block|shed|home|room|kitchen|bedroom|shop|pub|school|van|garage|he|she|hes|shes|himself|herself|it|its|roof|floor|place) (?:is |are |s |set )?(?:on fire|ablaze|alight|in flames)",
    r"(?:set|setting) (?:himself|herself|themselves|it|fire to|her|him|the \w+)(?: \w+){0,3}(?: on fire| alight| ablaze|house|flat|door)",
    r"trapped (?:in|inside|under|underneath|behind|upstairs|on)(?: \w+){0,2} (?:car|cars|vehicle|vehicles|wreck|wreckage|house|flat|building|fire|lorry|bus|train|rubble|bedroom|loft|room|lift|upstairs|inside|bathroom|van|tractor)",
    r"(?:people|persons?|kids?|child|children|driver|casualt(?:y|ies)|occupants?|family|passengers?|baby) (?:are |is |still |stuck |in ){0,3}(?:trapped|stuck inside)",
    r"(?:burglars?|intruders?|robbers?|prowler|someone|somebody|man|male|men|stranger|masked \w+|he|hes|theyre|they|ex|offenders?)(?: \w+){0,4} (?:in|inside|entered|broken into|breaking into|climbing into|getting in)(?: to| side)? (?:her|his|the|their|my|our|a|an old ladys) (?:\w+ )?(?:house|home|flat|loft|bedroom|garden|garage|kitchen|property|address|premises|shop|room)",
    r"hiding (?:in|under|behind|upstairs|from|inside)(?: (?:the|her|his|a|my|their)){0,1} (?:loft|bathroom|bedroom|cupboard|wardrobe|bed|toilet|him|attic|shed|kitchen|room|upstairs|cellar|them|back|car|bushes)",
    r"locked (?:herself|himself|themselves|myself)(?: \w+)? in", r"barricaded (?:in|himself|herself|inside)", r"(?:hes|is|shes) barricading",
    r"domestic (?:is )?(?:in progress|kicking off|ongoing|going on)", r"(?:fight|assault|robbery|burglary|rape|attack|riot|disorder|stabbing|shooting|brawl|hostage situation|siege|incident|break in) (?:is )?(?:in progress|kicking off|ongoing|happening|going on)",
    r"kicking off", r"screaming for help", r"screaming and", r"(?:crying|shouting|begging) for help", r"(?:bomb|suspicious package|suspect device|grenade|explosives?) (?:in|at|outside|under|on) the",
    r"(?:just )?(?:blew|blown) up", r"explosion", r"(?:hit|struck|run over|knocked down|mown down|ploughed) (?:by a |by |into |a |the ){1,2}(?:car|van|bus|train|lorry|vehicle|crowd|bike|pedestrians?|people|group|tram)",
    r"going into labour", r"giving birth", r"about to (?:jump|kill|stab|shoot|attack|blow|explode|hit|hurt|set|burn|do it|hang|die)",
    r"(?:jumped|thrown|fallen|fell|pushed) (?:off|from|out of) (?:a |the |his |her )?(?:\w+ )?(?:bridge|roof|building|window|balcony|flat|car park|multi ?storey|platform|ledge|cliff|train|car)",
    r"(?:left|locked|alone|shut|stuck) in (?:a |the )?(?:hot|boiling|locked|baking) (?:car|van)", r"(?:marauding|active) (?:attacker|shooter|terrorist)",
    r"on the (?:rail(?:way)? )?(?:tracks|train tracks|railway line|live rail)", r"(?:said|saying|sent|posted|texted) (?:\w+ ){0,2}goodbyes?", r"suicide note",
)  # fmt: skip

# A person at a height or at the water's edge. The place alone ("the bridge") means nothing.
HEIGHT = re.compile(
    r"\b" + _SOMEBODY + r"\b(?: \w+){0,6}? (?:on|off|over|up|onto|at|from) (?:top of )?(?:the |a |an |this )?(?:\w+ ){0,3}?"
    r"(?:wrong side|edge|bridge|roof|rooftop|ledge|flyover|parapet|balcony|barrier|railings|multi ?storey|viaduct|overpass|cliff|crane|gantry|window ?(?:sill|ledge)|scaffolding|pylon)\b"
    r"|\bjumper on\b|\bwrong side of (?:the )?(?:barrier|railings|bridge|fence)\b"
)  # fmt: skip

# A danger that needs something more (a person, a time, a hand that holds it) before it is an incident.
HAZARD = _any(
    r"knife", r"blade", r"machetes?", r"guns?", r"firearm", r"shotgun", r"pistol", r"rifle", r"sword", r"axe", r"hammer", r"crossbow", r"samurai",
    r"weapons?", r"petrol", r"acid", r"bomb", r"grenade", r"broken bottle", r"baseball bat", r"crowbar", r"screwdriver", r"zombie knife", r"knives",
    r"overdose", r"suicidal", r"suicide", r"self ?harm(?:ing)?", r"kill(?:ing)? (?:himself|herself|themselves|him|her|them|me|us|everyone|someone|the \w+)", r"jump(?:ing)?",
    r"(?:end|take|taking|ending) (?:his|her|their)(?: own)? life", r"wants? to die", r"die tonight",
    r"attack(?:ing|ed)?", r"stab(?:bing)?", r"shoot(?:ing)?", r"rap(?:e|ing)", r"strangl(?:e|ing)", r"beat(?:ing)?", r"hit(?:ting)?", r"punch(?:ing|ed)?", r"kick(?:ing)? (?:off|the door|her|him|in)", r"burn(?:ing)?",
    r"assault(?:ing|ed)?", r"fight(?:ing)?", r"smash(?:ing|ed)?", r"break(?:ing)? in(?:to)?", r"(?:trying|try) to get (?:in|into|at)", r"bang(?:ing)? (?:on|at) (?:the|her|his|their|my) (?:\w+ )?(?:door|window)", r"forc(?:e|ing) (?:the|her) door",
    r"burglars?", r"burglary", r"intruders?", r"prowlers?", r"robbery", r"robb(?:ed|ing)", r"chas(?:e|ing|ed)", r"follow(?:ing|ed) (?:her|him|me|them)", r"threat(?:en|ening|ens|ened|s)?", r"violent", r"kidnap(?:ped|ping)?", r"abduct(?:ed|ing|ion)?", r"hostage",
    r"fire", r"smoke", r"gas leak", r"smell(?:s)? (?:of )?gas", r"crash(?:ed)?", r"rtc", r"domestic", r"scream(?:s|ing)?", r"terrified", r"in danger", r"dying", r"dead", r"shot", r"injured", r"seriously hurt", r"hurt",
    r"hostile crowd", r"surrounded", r"outnumbered", r"her ex", r"his ex", r"the ex", r"ex[ -](?:husband|partner|boyfriend|bf|wife)", r"abusive (?:partner|ex|husband)", r"stalker", r"attacker", r"gunman", r"armed", r"the suspect", r"suspect", r"perp", r"riot", r"drown(?:ing)?",
)  # fmt: skip

# A child or vulnerable person gone: only urgent with a sign that they are gone at this moment (NOW).
MISSING = _any(r"missing", r"disappeared", r"vanished", r"(?:not|hasnt|havent|didnt|never) (?:come|came|been|returned?|arrived|got)(?: back)?(?: home| back| seen)?", r"(?:cant|cannot|can not|couldnt) (?:be )?f(?:i|ou)nd", r"lost (?:her|his|a|my|their) (?:child|kid|son|daughter|toddler|baby|boy|girl)", r"wandered off", r"run away", r"ran off", r"gone (?:from|missing)", r"no sign of", r"misper", r"took off", r"walked out")  # fmt: skip
VULNERABLE = _any(r"kids?", r"child(?:ren)?", r"bab(?:y|ies)", r"toddler", r"boy", r"girl", r"son", r"daughter", r"infant", r"newborn", r"teen(?:ager)?", r"schoolboy", r"schoolgirl", r"pupil", r"lad", r"\d{1,2} ?(?:y ?o|yo|yrs?|years?|year old|yr old|y/o)", r"dementia", r"alzheimers?", r"elderly", r"suicidal", r"vulnerable", r"high risk", r"diabetic", r"patient", r"care home", r"disabled", r"autistic")  # fmt: skip

# It is happening at this moment, or the news has just come in.
NOW = _any(
    r"now", r"right now", r"currently", r"at (?:this|the) moment", r"as we speak", r"at present", r"this (?:second|minute|instant)", r"in progress", r"happening", r"ongoing",
    r"(?:just|has just|have just|hes just|shes just|only just) (?:\w+ )?(?:rang|rung|called|phoned|messaged|texted|seen|saw|arrived|turned|got|been|gone|come|went|taken|found|run|left|jumped|walked|pulled|stabbed|hit|attacked|smashed|grabbed|told|collapsed|fallen|fell|started|posted|had|kicked|broken)",
    r"on the (?:phone|line|other line)", r"im (?:here|at|with|on|stood|outside|inside|looking|watching|under|being|hurt|trapped|stuck|in)(?! (?:my|the) (?:phase|tutor|team|new|hub|beat|shift))", r"were (?:here|on scene|at scene|at the|outside|being)", r"on scene", r"in front of (?:me|us)", r"still (?:in|inside|there|here|on|at|has|holding|outside|armed|out)",
    r"(?:for|since|over|been) (?:an? |\d+ |two |three |four |few |couple of |half an? )+(?:hours?|hrs?|mins|minutes)", r"\d+ ?(?:hrs?|hours?|mins?|minutes?) (?:ago|now)", r"since (?:this morning|last night|lunch(?:time)?|school|yesterday|\d+ ?(?:am|pm)?|earlier|tea ?time|breakfast|the (?:morning|afternoon))",
    r"(?:hasnt|not|havent|didnt|never) (?:come|came|returned|got|been seen|arrived)(?: back)?(?: home| back| in| since)?", r"tonight", r"today", r"this (?:morning|afternoon|evening)", r"immediately", r"asap", r"quick(?:ly)?", r"hurry", r"straight away", r"urgent(?:ly)?", r"emergency",
    r"(?:is|are|hes|shes|theyre|theres|its|im) (?:\w+ )?(?:out there|going (?:mad|mental|berserk|nuts|for)|kicking off)", r"(?:has|have|hes|shes|just|theyve) (?:just )?gone missing", r"(?:outside|inside) (?:with|her|the|my|his|our|their|at)", r"out (?:there|here)",
)  # fmt: skip

# Danger moving towards somebody: strong, because there is still time.
APPROACH = _any(
    r"on (?:his|her|their|its|the|my) way", r"(?:is |are |hes |shes |theyre |was )?(?:coming|heading|going|driving|walking|running|travelling|making (?:his|her|their) way|headed|en ?route)(?: \w+){0,2} (?:to|for|over|towards?|at|round|back|after) (?:her|his|the|their|my|our|me|us|him|them|a|school|mums|kill|hurt|stab|jump|shoot|burn|get|find|attack|do|end|smash|take|set|blow|throw|work|station)",
    r"(?:coming|heading|going|on way) (?:round|over|back|here|after (?:her|him|me|us|them)|for (?:her|him|me|us|them))(?: now)?", r"(?:about|going|threatening|wants?|trying|vowed|plans?|planning|intends?) to (?:kill|stab|shoot|jump|hurt|attack|burn|set|blow|end|hang|die|throw|torch|slit|cut|smash|drown|rape|strangle|beat|harm|do (?:it|her|him)|run (?:her|him|them) over|overdose|take (?:his|her|their))",
    r"(?:will|gonna|hell|shell|theyll|he ll) (?:kill|stab|shoot|jump|hurt|burn|attack|torch)", r"en ?route", r"threatening (?:to|her|him|them|me|us|people|staff|customers|the|everyone|passers ?by|residents|officers|members|suicide|with)", r"(?:outside|inside|round|at|hammering|banging|kicking)(?: \w+){0,2} (?:her|his|my|the|their) (?:\w+ )?(?:house|door|home|flat|address|window|property|place)",
    r"chasing", r"getting (?:closer|in)", r"waving", r"swinging", r"brandishing", r"pointing", r"lunging", r"running (?:at|around|about|towards?|through)", r"holding (?:a|an|the|his|her|it|someone|two|people|kids?)", r"pouring", r"doused?", r"dousing",
)  # fmt: skip

# Somebody has it in hand, or is doing it: the present tense of an incident.
POSSESSION = _any(
    r"(?:has|have|got|hes|shes|theyve|theyre|with|holding|carrying|waving|brandishing|pulled|pulling|drawn|had) (?:got )?(?:a|an|his|her|the|some|two|what looks like|loads|knives|petrol|acid|weapons|guns)", r"armed with", r"with (?:a |an )?(?:knife|gun|machete|weapon|petrol)", r"has petrol", r"out now", r"(?:he|she|they|it|hes|shes|theyre|someone|caller|male|female|man|woman|ex|suspect|kids?|child|victim|theres|gang|lads?|bloke|guy|boys?|girl|youths?) (?:is |are |has |have )?(?:\w+ )?\w+ing",
    r"(?:outside|inside|at|in) (?:the|her|his|my|a|mcdonalds|tesco|school|asda|greggs|aldi|lidl|kfc|co ?op|sainsburys)",
)  # fmt: skip

PERSON = re.compile(r"\b" + _SOMEBODY + r"\b")

# Calls for help: an emergency is nearly always in them, whoever writes.
HELP = _any(
    r"need(?:s)? (?:urgent |immediate |some )?(?:help|assistance|backup|back up|units|ambulance|an ambulance|armed|paramedics|medics|support) (?:now|asap|here|urgently|please|immediately|cant|at|quick)", r"(?:urgent|officer needs|immediate|emergency) (?:assistance|help|backup|back up)", r"(?:assistance|backup) (?:required|needed|urgently)",
    r"send (?:help|units?|everyone|backup|back up|an ambulance|ambulance|police|someone now|armed|all)", r"(?:cant|cannot|couldnt) (?:get|reach|raise)(?: \w+)? (?:through|control|anyone|comms|dispatch|the control room)(?: (?:on|to|by)(?: the)? (?:radio|comms|control|phone))?", r"radio (?:is )?(?:not working|dead|down|gone)",
    r"(?:help|assist) (?:me|us) (?:now|im|were|hes|shes|theyre|quick|quickly)", r"(?:please )?help (?:hes|shes|theyre|im|were|my|theres)", r"(?:officer|pc|colleague|pcso|sgt) (?:needs|in) (?:help|trouble|assistance|danger|urgent)", r"code (?:zero|red|1|one)", r"mayday", r"im (?:hurt|injured|being (?:attacked|chased|followed|assaulted)|under attack|trapped|surrounded)", r"(?:were|we are) (?:under attack|being attacked|surrounded|outnumbered|trapped)", r"need help cant", r"(?:call|ring|get) (?:an |the )?(?:ambulance|999) (?:now|quick|asap)",
)  # fmt: skip

# Right before a danger these deny it: "no weapons seen", "not on the roof", "nobody hurt".
NEGATED = re.compile(
    r"\b(?:no|not|nobody|no one|noone|none|without|never|isnt|wasnt|arent|neither|didnt|hasnt|havent|doesnt|dont think hes|no longer)(?: (?:a|an|any|one|been|was|is|in|have|has|had|got|being|carrying|actually|seen|the|of|with|sign|evidence))*\s*$"
)  # fmt: skip

# Supposed, not reported. A rule is nearly always asked for in this form.
HYPOTHETICAL = _any(
    r"if", r"what if", r"whether", r"in case", r"unless", r"suppose", r"supposing", r"hypothetical(?:ly)?", r"scenarios?", r"for example", r"for instance", r"eg", r"exercise", r"table ?top", r"role ?play", r"training day", r"simulat\w+", r"drill",
    r"when (?:someone|somebody|a|an|people|they|he|she|we|you|dealing|officers|there|theres|one|the|responding|attending|police|i|patients?|kids|children|suspects?|victims?|callers?|does|do|can|is|are|should|would|shots|persons?|youths|females?|males?)", r"where (?:someone|a|an|people|the|there|theres|they|he|she|officers|patients?|suspects?|victims?|children|persons?)",
    r"what (?:do|should|would|happens|can|counts|is|are|makes|makes up) (?:you |we |i |as )?(?:do )?(?:with|about|for|to|when|as) (?:a|an|someone|people|persons?|suicidal|missing|anyone|kids|children)", r"someone (?:who|thats|that)", r"(?:people|persons?|those|anyone|officers|victims|kids|children|patients|callers|suspects|offenders|drivers|youths) (?:who|that|whose|in|with|on|at)", r"(?:a|an) (?:person|child|adult|victim|suspect|patient|male|female|man|woman|kid|caller|youth|driver) (?:who|thats|that|whose)", r"dealing with", r"how (?:to|do we|do i|do you|should we|should i|can we|can i|would)", r"in the event", r"(?:could|may|might) (?:be|have)", r"risk of", r"any(?:one|body)", r"imagine", r"say (?:someone|a|he|she|for)", r"the (?:word|term|definition|meaning)", r"after an?", r"following an?",
)  # fmt: skip
# "tell me if you can send someone", "dont know if hes breathing" suppose nothing
NOT_HYPOTHETICAL = re.compile(
    r"\b(?:dont|not|do not|cant|cannot|unsure|no idea) (?:know |sure |tell |see |say |certain )?(?:if|whether)\b|\b(?:see|ask|asking|let me know|tell me|wonder\w*|as|even|looks? as|looks like) if\b|\bif (?:you|someone|anyone) can (?:send|get|help|hear)\b"
)  # fmt: skip

# It has happened and is over.
PAST = _any(
    r"last (?:week|month|year|yr|night|summer|winter|spring|autumn|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday|time|shift|tour|set|tues|weds|thurs|fri|sat|sun|mon)", r"yesterday", r"(?:a |an |\d+ |few |couple of |two |three |six |several |some )(?:days?|weeks?|wks?|months?|mths?|years?|yrs?|nights?) (?:ago|back|prior|earlier)", r"(?:weeks|months|years|ages|days) ago",
    r"in (?:19|20)\d\d", r"in (?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)", r"on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|weds|thurs|fri|sat|sun)", r"the other (?:day|night|week|month)", r"previous(?:ly)?", r"used to", r"had", r"was", r"were (?:not|in|at|stabbed|attacked|involved|called|sent|found|injured|arrested)", r"historic(?:al|ally)?", r"back in", r"once", r"earlier (?:this|in) (?:week|month|year)", r"this (?:month|year|week)", r"did", r"attended", r"dealt with", r"recent(?:ly)?", r"over the (?:weekend|summer|last|past)", r"anniversary", r"already (?:dealt|resolved|closed)", r"said", r"claimed", r"alleged(?:ly)?", r"disclosed", r"afterwards?", r"aftermath", r"since (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|19|20)\w*",
)  # fmt: skip
# ... unless the same sentence says that it is not over: "he had a row with her yesterday and is outside"
STILL_GOING_ON = _any(r"still", r"is (?:now|on|in|outside|inside|coming|heading|at|going)", r"hes (?:now|on|in|outside|inside|coming|heading|at|going|got|back)", r"shes (?:now|on|in|outside|inside|at|not|hiding|bleeding|got)", r"(?:not|isnt|stopped) breathing", r"coming", r"on (?:his|her|their) way", r"and is", r"just (?:rang|called|phoned|seen|now|been)", r"cant (?:get|reach|be found)", r"since (?:last night|yesterday|this)")  # fmt: skip

# A subject of work or study rather than something that is happening.
TOPIC = _any(
    r"polic(?:y|ies)", r"evidence(?! (?:room|bag))", r"guidance", r"procedures?", r"plans?", r"planning", r"prevention", r"preventing", r"prevent", r"reduc(?:e|es|ing|tion)", r"training", r"strateg(?:y|ies|ic)", r"crime(?: |s )", r"powers?", r"legislation", r"the act", r"act (?:19|20)\d\d", r"offences?", r"definition", r"mean(?:s|ing)?", r"law", r"legal(?:ly)?", r"lawful(?:ly)?", r"section", r"sec", r"s\d{1,3}", r"code [a-h]", r"pace", r"stats", r"statistics", r"figures?", r"data", r"trends?", r"rates?", r"hot ?spots?", r"amnesty", r"arch(?:es)?", r"wands?", r"campaign", r"workshop", r"awareness", r"education", r"leaflets?", r"protocol", r"toolkit", r"report (?:on|about)", r"reports of", r"review", r"research", r"stud(?:y|ies)", r"programme", r"project", r"interventions?", r"initiatives?", r"duty", r"thresholds?", r"criteria", r"marac", r"mappa", r"referrals?", r"rcrp", r"right care", r"dash", r"risk assess\w*", r"safety plan\w*", r"principles?", r"orders?", r"notices?", r"injunctions?", r"warrants?", r"templates?", r"forms?", r"best practice", r"what works", r"works?", r"problem solving", r"osara", r"sara", r"partners", r"service", r"drill", r"alarms?", r"brigade", r"victims of", r"perpetrators?", r"signs of", r"types? of", r"levels? of", r"number of", r"how many", r"cohort", r"register", r"licen[cs](?:e|es|ing)", r"certificates?", r"surrender\w*", r"bins?", r"test purchas\w*", r"retailers?", r"sale of", r"selling", r"sold", r"possess(?:ion|ing)", r"carr(?:y|ying|iers?) (?:knives|weapons)", r"letters?", r"complaints?", r"calls about", r"incidents", r"stabbings", r"shootings", r"attacks", r"assaults", r"robberies", r"burglaries", r"fires", r"deaths?", r"overdoses", r"suicides", r"threats to life", r"threat to life", r"osman", r"naloxone", r"jobs?",
)  # fmt: skip

# Asked, not told. "Can you send ..." asks for a deed, and so does not count.
QUESTION = re.compile(
    r"^\s*(?:hi |hello |hey |so |and |also |ok |quick (?:one|question) |just wondering |morning )*(?:what|whats|which|who|whos|when|whens|where|why|how|hows|is there|are there|is it|does|do|did|should|may|must|would|explain|define|describe|tell me (?:about|what|how)|difference|can (?:i|we|police|officers|pcsos|a pcso|they|you (?:explain|tell|arrest|use|still))|could (?:i|we)|am i|are (?:we|pcsos|officers))\b"
    r"|\b(?:can (?:i|we)|do (?:i|we)|should (?:i|we)|what (?:can|do|should|powers?|is|are|advice|would)|whats the|who (?:does|do|is|can|has|authorises|owns|leads)|is (?:it|this|that) (?:a|an|still|our|one|for|ok|okay|enough|legal|police|us|within)|how (?:do|can|should|long|many|often|would)|which)\b"
)  # fmt: skip

# It keeps happening: a problem to solve, not an incident.
HABIT = _any(
    r"keeps?", r"every (?:time|week|day|night|weekend|month|friday|saturday|few|year|other)", r"each (?:week|time|night|day)", r"regularly", r"always", r"repeat(?:ed|edly)?", r"often", r"frequent(?:ly)?", r"usually", r"sometimes", r"most (?:nights|days|weeks|weekends|evenings)", r"\d+ times", r"\d+ (?:calls|incidents|occasions|jobs|reports)", r"(?:two|three|four|five|several|many|multiple|loads of|lots of|few) (?:times|calls|incidents|occasions|jobs|reports)", r"(?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|another) (?:time|one|job|call)", r"again and again", r"persistent(?:ly)?", r"recurring", r"ongoing (?:issue|issues|problem|dispute|asb)", r"nightly", r"weekly", r"at (?:night|weekends)", r"tends? to", r"next time", r"in the past", r"prone to", r"serial", r"pattern", r"series", r"spate", r"at risk", r"history of", r"who are",
)  # fmt: skip

# Somebody is safe, or held: what comes next is work.
CONTROLLED = _any(
    r"arrested", r"nicked", r"in custody", r"detained", r"safe and well", r"(?:is|are|now|hes|shes|been) safe", r"(?:been |was |were |now )?(?:located|found safe|returned)", r"charged", r"convicted", r"sentenced", r"bailed", r"released", r"remanded", r"nfa", r"in hospital", r"discharged", r"stood down", r"resolved", r"closed", r"recovered", r"seized", r"already dealt", r"dealt with", r"debrief", r"post incident", r"died", r"deceased", r"false alarm", r"hoax", r"not injured", r"no injur(?:y|ies)",
)  # fmt: skip

# Words of danger inside harmless set phrases; taken out before anything is read.
SAFE_PHRASES = re.compile(
    r"\b(?:fire (?:service|and rescue|brigade|station|crew|safety|door|risk|setting|authority|stopp\w+)|hit (?:list|the ground|a target|target|our|my|by (?:the|this|budget))|break ?down|dead ?line|shot (?:at|in the dark)|knife (?:arch\w*|bins?|crime)|"
    r"bleeding control|mental health (?:fire|crash)|crash course|burn(?:t|ed)? out|beat (?:manager|team|officer|area|\w\d+|surgery|plan|profile|patrol)|my beat|our beat|the beat|on (?:my|the|our|your) beat|beats|fight(?:ing)? crime|"
    r"right now (?:we|i) (?:use|have)|jump (?:to|straight|in at|on (?:a|the) call)|kick (?:off (?:the|a|our|with)|start)|kicking off (?:the|a|our|with)|shooting (?:range|star|ourselves)|dead (?:end|time|wood)|gun (?:licen\w+|crime|laws?)|weapons? (?:sweeps?|amnesty)|"
    r"radio (?:channel|call ?sign)|right (?:to know|to ask)|attack on the problem|heat of the moment|in hit|smash and grabs?|life threatening)\b"
)  # fmt: skip
