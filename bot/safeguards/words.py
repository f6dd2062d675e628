"""Words that are capitalised without being anybody's name, or that follow a name without being part of it."""

from __future__ import annotations

# Ordinary words that stand beside names in what officers type, and so must never be swallowed with them.
COMMON = frozenset(
    """
    a about above according across acting actually addict address adult advice afraid after again against
    age aged agency agreed alcohol all allegation alleged allowed alone along already also although always
    am among an and anger angry another answer any anyone anything apparently appeal appears application
    apply are area aren't around arrest arrested as asap ask asked asking asks asleep assault assaulted
    assaults at attack attacked attacks attempted attend attended attending attends aunt away baby back bad
    bail bailed banned barely be became because become been before began begged behaviour being below best
    better between beyond big bit black both boy breach breached breaches breaching break broke brother
    brought building bully bus business but by call called caller calling calls came can can't cannot cant
    car card care carer carried carry case caught caused causes causing caution cell certain charge charged
    check child children choice claim claims class clear close clothes come comes coming community complain
    complained complains complaint concern concerned conduct consent contact contacted contacts control
    convicted cos could couldn't council county couple court cousin cover crime current currently custody
    dad daily damage damaged data date daughter day days dead deal dealer dealing dealt denied denies
    department deserves did didn't died different disclosed disclosure do doctor does doesn't dog doing
    domestic don't done dont door down drink drinking drive driver drove drug drugs drunk due during each
    earlier early either else email end engage engaged enough entered entry escalate eu even evening ever
    every everyone evicted evidence ex exactly explain explained facebook family far father feel feels fell
    felt female few fight file filed find fine first five flat followed follows following for force form
    found four friend friends from front full further gang gave get gets getting girl girlfriend give given
    gives go goes going gone good got gp group guidance guy had half hall happen happened happens harassed
    harassing hard harmed has hasn't hate have haven't having he he's heard held help helped her here hers
    hes hi high him himself his hit hits hold home honestly hope hospital hostel hour hours house how
    however hub hundred hurt husband i i'm id if ignored ill illness im in incident including inside
    inspector instagram intel interview interviewed into involved is isn't issue issued issues it it's its
    itself ive job join just keep keeps kept kicked kid kids kill killed kills kind knew know known knows
    lad lady last late later law lawful leave leaves leaving left legal less let letter lied life like
    likely list little live lived lives living local located log long look looking looks lost lot love low
    made magistrates mainly make makes making male man managed manager many map marked matter may maybe me
    mean means member men mental met might mind mine minute missed missing mobile moment money month months
    more morning most mother move moved moves moving much mum murder must my name named near nearly need
    needed needs neighbour neighbours never new next nhs nick night no nobody none nor not nothing notice
    now number of off offence offences offender offending offers office officer often ok old older on once
    one only onto open or order orders other others our out outside over own owner owns paid parent parents
    park part partner party past pass patient pay people perhaps permission person persons phone phoned
    phones phoning place plan please pls point police policy post posted potential power powers pregnant
    previous previously prison private probably probation problem process property protect protection
    protocol provided public pulled punched pupil pushed put question quite ran rang rather read really
    reason received recent recently record recorded records reference referral referred refuse refused
    refuses refusing regarding register registered regular related relative release released remains remand
    repeat repeatedly report reported reports request required resident response returned right ring ringing
    rings risk road rule ruling rung safe said same sat saw say saying says scared school second seconds
    section see seems seen self sell selling send sends sent separated sergeant serious served service set
    several sexual share shared she she's shed shes shop shoplifter should shouldn't shouted shouting show
    shows sibling sick since single sister site sitting six sleeping slept smashed so social some somebody
    someone something sometimes son soon sort speak speaking spoke spoken spot staff stage standing start
    started starts states station statement stay stayed staying stays still stole stolen stood stop stopped
    stops store stranger street student subject such sued suffers suicidal suicide supposed support sure
    suspect suspected take taken takes taking talk talked talks team tell telling tells tenant text texted
    texting texts than thanks that that's thats the their them themselves then there there's theres these
    they they're theyre thing things think third this those though thought threat threatened threatening
    threatens threats three threw through throwing tho thu till time times to today together told tomorrow
    tonight too took top toward towards town trauma travel treated trial tried tries trouble true trust try
    trying turn turned turning turns twice two type uncle under unit unless until up update upon upset us
    use used user uses using usually van vehicle verbally very via victim video violence violent visit
    visited visits voluntary vulnerable wait waiting walk walked want wanted wants warned warning was wasn't
    watch way we we're week weeks well went were weren't what what's whatever whats when where whether which
    while who who's whole whos whose why wife will with within without witness woman women won't wont word
    work worker working works worried worse would wouldn't write written wrong year years yes yesterday yet
    you young your youth wanna gonna kinda innit aka dob born re w u ur n r plz cuz coz bc cus
    """.split()
)

# Capitalised in guidance, never part of a person's name here. Ranks, bodies, law, method, months, places.
NOT_NAMES = COMMON | frozenset(
    """
    academy act action acts adults advisory affairs agreement ambulance analysis analyst anti appropriate
    approved arrangements article articles assessment assessing assistant association asb assurance
    authorised authorities authority avon award awards base based bill board borough boys branch breathing
    bridge british brigade broxbourne burglary cambridge camera campaign campbell's cannabis careers
    carehome centre challenge chair charity charter chief christmas city civil classes clause clinical
    closure code codes cohort college commission commissioner commissioners committee commons communities
    companies company condition conditional conditions conference constable constabulary consultation
    convention cooperation coordinator corporate counter countering counties courts covenant crimes criminal
    crisis crown cuckooing culture curve cyber dacorum database december deputy design detective detention
    deterrence devon digital direction director disclosures dispersal displacement disorder disputes
    district division domestic's drone duty easter east economy education effect emergency endowment enforcement
    engagement england english environment environmental equality essex estate evaluation evening event
    evidence-based exchange executive exploitation february federation fire firearms first-aid fixed focused
    force's forces forest forms forum foundation framework fraud free friday fund gdpr general government grade
    green grounds guarantee guidelines guideline gypsy handbook hatfield health heath hemel hempstead
    hertford hertfordshire hertsmere herts hill historic hmicfrs hmp hmrc home honour hospitals hot hotspot
    hotspots housing hub's human hunt identification immediate impact incidents index industrial information
    injunction injunctions inquiry inspectorate institute integrated intelligence intervention interventions
    investigation investigatory january journal judge judicial july june jury justice kent kings knife
    knives labour land lane law's lead leaders leadership league learning legislation lessons level library
    licence licensing lifetime line liaison lists litter london lone lords madam magistrate mail main
    management manchester manual mappa marac march market media meeting meetings mental mental-health
    merseyside metropolitan midlands minister ministry model modern monday morals motor multi municipal
    national nations nature near neighbourhood network newport night-time north northern northumbria norfolk
    notices notification november nuisance objective objects observatory occupation october offensive
    offenders office official ombudsman online operation operational operations ops option options
    organisation organised outcome outcomes overview pack panel parish park parking parliament parole
    partners partnership partnerships pathway patrol patrols peace penal penalty performance permanent
    personal phase pilot places plans playbook policies policing portal position powers practice premises
    preventing prevention prevent preventative primary principle principles prime principal priorities
    priority privacy procedural procedure procedures product professional profile programme programmes
    progress project projects prosecution prosecutor protected protections protective public-space purpose
    quality quarter queen queens quick race railway rapid readiness reassurance record's recovery redaction
    reduction referrals reform region regional registry regulation regulations religious rehabilitation
    relations relationship repeat reporting requirements rescue research residents resource resources
    responsibility restorative restraint retail retention review reviews revised rights risks rivers roads
    robbery role royal rules rural safeguarding safeguards safer safety sanction saturday saturdays scanning
    scene scheme schools science scotland scotland's scottish search secretary secure secured security
    senior sentencing september sergeants services session severe sheet sheriff shops shoplifting short
    situational six skills society solving south southern space special specialist sports spring squad st
    stalking standard standards star state statements statutory stevenage stop-and-search strategic
    strategies strategy strand strands streets strict substance suffolk summary summer sunday superintendent
    supervisor support surrey surveillance sussex system systems tackling tactical tactics task teams
    techniques technology tech teesside temporary test thames theft theme theory threshold thursday ticket
    tool toolkit tools tours trade trading traffic trafficking training transport travellers treatment
    trespass tribunal triangle triage trusts tuesday tutor uk unauthorised understanding union united
    universal university urban using vagrancy vale valley value values victims village violent vision
    volunteer wales ward warrant warrants warwickshire watford wednesday weapon weapons wednesdays welfare
    welwyn west western winter yard yeah yes yorkshire zone right care-right google slack microsoft niche
    athena pronto storm connect compass crimestoppers refuge shelter samaritans mind scan anglia cambs beds
    bedfordshire buckinghamshire borehamwood bushey cheshunt hitchin letchworth baldock royston potters
    bishops stortford harpenden berkhamsted tring rickmansworth radlett ware hoddesdon stanmore luton
    cornwall cumbria cleveland derbyshire dorset durham gloucestershire gwent hampshire humberside
    lancashire leicestershire lincolnshire northamptonshire nottinghamshire oxfordshire somerset
    staffordshire cheshire dyfed-powys wiltshire birmingham leeds sheffield liverpool bristol newcastle
    nottingham leicester britain ireland europe american zealand welsh irish polish romanian muslim
    christian jewish hindu sikh catholic islam traveller aldi tesco asda sainsburys boots greggs morrisons
    waitrose mcdonalds coop lidl primark costa starbucks hello hey dear regards kind morning afternoon sir
    maam sarge guv boss hi cheers ta quote ref reference sara's osara's covid brexit iphone android whatsapp
    snapchat tiktok instagram twitter telegram signal asked-for full-time insp supt pc pcso dc ds dci di ps
    sgt cso tdc dsu acc dcc cc
    """.split()
)

# After a name these make it a place, a body or a rule: "Victoria Street", "Philomena Protocol".
MAKES_A_PLACE_OR_RULE = frozenset(
    """
    academy act amendment approach arms avenue ave award awards barracks block bridge building case centre
    charity charter church close college common constabulary convention council court crescent cres criteria
    curve district drive effect estate farm field fields flats foundation garden gardens gdns green grove
    hall hill home hospice hospital house hotel inn inquest inquiry inquiries island junction lane law laws
    letter letters library lodge market mead meadow meadows mews method model mosque notice notices oval
    parade park parish path patrol place plaza pledge police policy precinct prep primary principle
    principles priory project protocol pub ramp rd rec reforms report review ride rise road rooms roundabout
    route row rule rules school schools secondary shopping sixth square st stadium station steps street
    study surgery synagogue tavern team temple terrace test theory toolkit tower town training trial trust
    university vale view village villas walk ward warning warnings way wharf wood woods yard youth boys crew
    ocg gang
    """.split()
)

ACRONYMS = frozenset(
    """
    sara osara pat marac mappa misper gowisely rasso niche athena pronto twoc dash dara emmie cheers vawg
    pspo pspos dvpn dvpo dapn dapo dvds rcrp amhp hbpos ictg tfmv tomv pcso doco isa dpia mopi vcop opcc
    hmicfrs npcc iopc cps pnd pnc anpr holmes compact police urgent please help never always official
    sensitive prevent modern smart swot pestle storm genie visor saab sabre raid kent essex mosaic sleuth
    cad compass
    """.split()
)

# Words of a role that a name may follow: "victim Joanne", "her ex Liam Frost", "son called Kayden".
ROLES = frozenset(
    """
    victim vic victims suspect suspects offender nominal subject informant inf caller witness wit
    complainant complaintant ip aggrieved perp perpetrator detainee prisoner patient resident tenant
    occupant householder neighbour neighbor landlord misper absconder son daughter stepson stepdaughter
    brother sister mum mother mam dad father stepdad stepmum husband wife partner boyfriend bf girlfriend gf
    ex ex-partner ex-husband ex-wife ex-boyfriend ex-girlfriend exbf uncle aunt auntie cousin nan grandad
    grandma nephew niece friend mate boy girl kid child lad lads toddler baby teen teenager male female man
    woman bloke guy lady youth juvenile driver passenger keeper owner customer shoplifter colleague manager
    worker headteacher student pupil carer nurse teacher counsellor person
    """.split()
)

# Between a role and a name: "suspect is Liam", "son - Kayden", "victim's name is Joanne".
LINKS = frozenset(
    """
    is was named called name aka known as being namely a the and again
    """.split()
)

# A deed done to, or a question about, a person: a capitalised pair after it is one, whatever its given name.
DEEDS = frozenset(
    """
    arrested stopped searched cautioned interviewed visited charged nicked detained bailed met know knows
    knew find check checking issued served serving gave spoke speaking speak sent told copied email emailed
    phoned rang contacted referred refer dealing against flagged wanted regarding re about involving
    includes including lookup meet contact
    """.split()
)

# "issued a CPW to ...": the words that may stand between the deed and the person.
BETWEEN = frozenset(
    """
    to on with by for if whether a an the cpw cpn dvpn dvpo notice warning letter about from against is has
    out up order abc acceptable behaviour contract
    """.split()
)
