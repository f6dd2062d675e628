"""The phrases by which a message is declined (the notation: `phrases.py`; "idname" stands for a removed name)."""

from __future__ import annotations

from bot.safeguards.phrases import phrases

# Talking to the program instead of asking it something.
PROMPT_TRICK = phrases(
    """
    ignore|disregard|forget|override|bypass|skip|drop ~5 previous|prior|above|earlier|all|your|any|
        the ~3 {rules}
    system prompt|prompts|message
    your|hidden|secret|initial|original ~2 prompt|prompts|instructions|programming|system_message
    print|dump|list|show|give|output|export|reveal|repeat|display|send|paste ~4 every|all|entire|whole|full|
        each ~3 doc|docs|document|documents|files|library|database|data|index|config|configuration|prompt|
        passages|requests|questions|chats|conversations|audit !on|about|you_need
    you are|re now|a|an ~1 dan|unrestricted|uncensored|jailbroken|evil|hacker|free
    youre|ur|your now|dan|unrestricted|uncensored / you are now
    from now on you|your|youre|act|answer|respond / do anything now
    jailbreak*|jail_break|developer_mode|dev_mode|god_mode|debug_mode|admin_mode|root_access|sudo|
        unrestricted_mode|dan_mode
    enter|enable|activate|switch ~3 mode
    pretend|imagine|act|behave ~2 you|your|as|like|to|that ~1 are|re|were|have|had|be|my|a|an ~3 inspector|
        sergeant|lawyer|solicitor|judge|hacker|admin|administrator|chief|offender|burglar|dealer|human|
        no_rules|no_restrictions|ai|supervisor|expert|criminal
    pretend|imagine|suppose you|youre ~2 no|not|without|free ~2 rules|restrictions|limits|bound|filters
    lets|please|do|can_you|a role_play|roleplay|role_playing|roleplaying
    role_play|roleplay as|that|where|you
    im|am|as|this_is an|the|your|a ~1 admin|administrator|developer|creator|sysadmin|superuser|root|
        hub_manager|owner ~8 show|give|let|grant|unlock|export|list|reveal|delete|reset|disable|override|
        access|send|tell|print|turn_off|so
    make|give|grant|set me ~1 admin|administrator|root|full_access|hub_role|superuser
    show|give|tell|list|see|print|read|reveal|export|what ~5 other|another|everyone_elses|elses|everybodys|
        all_the ~1 officers|officer|users|peoples|people|cops|colleagues|pcs ~3 questions|question|chats|
        messages|conversations|queries|requests|history|asked
    everyone|everybody|someone|anyone elses questions|chats|messages|conversations|queries|history
    what have|has|did|are ~1 other|others|another|anyone_else|everyone_else|people ~2 asked|asking|ask|asks
    encode|decode|convert|translate|respond|reply|answer|output|write|give ~8 base64|base_64|rot13|hex|morse|
        binary|leet
    base64|base_64 / im_start|endoftext / ^ system|assistant prompt|override
    delete|drop|wipe|erase|truncate|clear all|the|every|your ~2 audit|logs|log|tables|database $
    your|the api_key|api_keys|access_token|tokens|secrets|environment_variables|admin_password|credentials $
    turn_off|disable|switch_off|remove|deactivate your|the|all ~1 safeguards|safeguard|filters|filter|safety|
        redaction|guardrails|restrictions|audit|checks
    what|which rules|instructions|prompt were|are|have you|been given
    without ~1 filter|filters|restrictions|redaction|redacting|safeguards $
    repeat|print|say|output ~2 words|text|everything above|before
    """,
    rules="""
    instruction instructions prompt prompts rules guidelines guardrails safeguards restrictions filters filter programming
    limits safety
    """,
)

# A record made to say what did not happen, or a rule to be slipped past.
FALSIFY = phrases(
    """
    look|looks|looked|sound|sounds|appear|appears|seem|seems|read|reads lawful|legal|legit|legitimate|
        justified ~6 though|tho|even|but|when|wasnt|had|none|no|never|after|isnt|not
    so|to ~4 look|looks|sound|sounds|appear|appears|seem|seems ~1 lawful|legal|legit|legitimate|justified|
        compliant|proportionate|like_i|like_we|as_if|as_though
    make|made ~3 look|sound|appear|seem like|as|lawful|legal|legit|justified|better !a|the|more|an
    word|write|say|put|justify|record|explain|invent|come_up_with ~8 had|have|got|were|was none|no_grounds|
        no_reason|no_suspicion|no_authority|nothing|no_real
    had|have|got|with|without no|none|any ~1 grounds|reason|suspicion|authority ~8 word|write|say|put|justify|
        record|explain|cover
    can|could|should|do|need|want|ok|help|let|just i|we|you|me|to|if_i|my ~1 backdate|back_date|pre_date|
        predate ~2 my|the|this|it|our|an|a ~2 pnb|pocket|entry|log|statement|authority|record|notes|form|
        warning|signature|grounds|risk|dash|it $
    backdate|back_date|backdating my|this|our ~5 / backdate|back_date ~4 so|because|before
    how|help|can|could|want|need|best|any|a ~2 i|we|me|you|to|way ~2 delete|wipe|lose|erase|edit|destroy|
        doctor|alter|trim|get_rid|bin ~3 bwv|body_worn|bodyworn|bodycam|footage|exhibit|exhibits|pnb|
        pocket_book|my_notes|my_statement|whatsapps|custody_cctv|evidence !condition|template|bags
    delete|wipe|lose|erase|hide|destroy|bin ~3 my|the|some|this|that|our ~3 bwv|body_worn|footage|evidence|
        exhibit|pnb|disclosure|messages ~5 before|so|without|nobody|because|looks_bad|psd|supervisor|anyone
    turn|turned|switch|switched|turning|switching|cover|covering ~2 off? ~1 bwv|body_worn|camera ~4 so|
        before_i|nobody|no_one
    get|getting|way|ways|work|dodge|sneak|loophole|avoid a? round|around|past|needing|having|
        to_avoid ~1 needing|having_to|need|asking|pace|law|policy|rule|rules|consent|disclosure|supervisor*|
        authoris*|authority|warrant|dpo|gdpr|code|getting|an_inspectors|inspectors|the_inspector|
        superintendent* !table|partners|the_table
    fake|forge|fabricate|falsify|plant|make_up|invent ~2 a|the|my|some|his|her|evidence|statement|
        statements ~1 statement|statements|evidence|signature|grounds|entry|entries|record|intel|log|timings|
        consent|notes|reason|reasons
    can|should|could|do|ill|just|how i|we|you ~1 say|write|put|claim|pretend|record ~2 i|we|he|she|it|
        that ~6 when|though|tho|but|even i|we|he|she|it|no|if ~1 didnt|never|hadnt|wasnt|havent|did_not
    without my|the|our|anyone|a sgt|sergeant|skipper|supervisor|inspector|boss|psd|dpo|manager knowing|
        finding|noticing|seeing|being_told
    without anyone|supervisors knowing|finding|noticing / cover my tracks
    cover|hush it|this|that|everything up
    change|alter|amend|edit|rewrite my|the|our statement|notes|pnb|pocket_book|entry|grounds|record|log after|
        so|because|to_match|to_say|to_look|before_court|before_psd|before_disclosure
    """
)

_SOMEBODY = """
    id* him her them this_lad this_guy this_bloke this_male this_female this_man this_woman this_kid
    this_nominal this_person this_suspect this_address this_house this_number this_name this_car
    this_vehicle this_plate this_reg this_group this_gang this_family that_lad that_guy that_bloke that_male
    that_female that_man that_woman that_address that_car that_family my_suspect my_nominal my_victim
    my_neighbour my_ex
"""
_GROUP = "boys ocg gang crew family brothers firm mob clan lot bros lads line"
_HELD = """
    flagged known wanted nicked arrested reported convicted charged cautioned on_bail on_licence on_tag form
    previous markers warnings linked associated mappa iom nominal registered dangerous previous_convictions
    on_the_register on_our_radar a_risk any_intel intel a_nominal in_custody been_in_trouble record violent
"""
# Somebody's data is wanted: a deed of looking, and a person, address, number or group to look at.
INTELLIGENCE = phrases(
    """
    check|see|find_out|tell_me|confirm|look_up|verify|know|look if|whether|up|on ~2 {somebody} ~3 has|have|
        had|is|was|are|were|got|ever|comes|been ~4 {held}
    check|see|find_out|confirm|look_up|verify if|whether|that|on idname|idvehicle|idaddress|idphone
    ^ can_you|please|pls|hi|hello|u|you|could_you|so? ~1 is|are|has|have|was|does|do|did ~1 idname ~5 {held}|
        live|lives|living|any|criminal
    everything|anything|all|info|information|intel|intelligence|details|dirt|history|whatever|what|
        picture ~6 on|about|re|regarding|for|against {somebody}
    everything|anything|all|info|information|intel|intelligence|details|dirt|history|whatever|what|lowdown|
        profile ~6 on|about|re|regarding the|that|those|our ~4 {group} !violence|crime|injunction|injunctions|
        hub|support|court|law|rules|intervention|member_who|of|of_sight|that|who
    any|all|some|latest|current intel|intelligence|info|information|markers|warnings|history|previous on|
        about|for|re|regarding ~4 {somebody}|{group} !violence|crime|injunction|injunctions|hub|support|court|
        law
    give|get|show|send|pull|find|bring|dig|fetch|list ~3 intel|intelligence|addresses|address|associates|
        nicknames|previous|markers|convictions|record|antecedents|precons|phone_number|dob ~4 {somebody}
    nicknames|associates|precons|antecedents|markers|criminal_record|previous_convictions|known_addresses|
        warning_markers on|of|for|about ~1 {somebody}
    idname associates|precons|antecedents|nicknames|criminal_record|previous_convictions|record|
        known_addresses|home_address|address|home|phone_number|mobile|number|dob|date_of_birth $
    who lives|live|living|is_living|else_lives|stays|resides at|in|on ~1 id*|this|that|number|no|#
    who is|are|was idname / whos idname
    where|what do|does|did|is|s|are? idname|he|she|my_ex|my_neighbour|his|her|their ~2 live|living|stay|
        address|home_address
    wheres|whats idname ~2 live|living|address|home|number|dob|phone|mobile
    whats|what_is|get|find|need|give his|her|their|the|me home address|addresses
    home address|addresses of|for
    address of|for idname|my_ex|inspector|the_suspect|the_victim|the_witness|the_chief
    look|search|find|locate|trace|google|profile|research up|for|on|out? me|for? anything_on|
        someone_called? idname|idphone|idaddress|idsocial
    tell me ~3 about idname|idaddress
    do|does|did you|u|we|anyone|the_force know|have|hold|got ~3 idname|idaddress
    what|who do|does|are|is ~2 hold|have|know|held|known|got|recorded|members|leaders|players|running ~2 on|
        about|for|of|in ~3 {somebody}|{group} !violence|crime|injunctions|intervention
    list|name|give|show|who ~3 sex_offenders|rsos|nominals|informants|chis|drug_dealers|gang_members|
        ocg_members|burglars|offenders ~2 on|in|at|near|living|around|from ~1 my|our|the|id*|this|watford|
        hertford|stevenage|beat|area|estate|street|road
    is|are idname ~3 {held}|safe_to|dangerous|a_nominal
    """,
    somebody=_SOMEBODY,
    group=_GROUP,
    held=_HELD,
)

_SYSTEM = (
    "pnc pnd niche athena holmes anpr dvla quest genie voters_roll police_national_computer police_national_database"
)
SYSTEM_LOOKUP = phrases(
    """
    ^ can_you|could_you|would_you|pls|please|quickly|hi|u|you|just|need_you_to|i_need_you_to? pls|please|just|
        quickly? run|do|check|search|query|get|pull|carry_out|look ~4 {system} ~4 {somebody}
    can|could|would|will|please|pls|need you|u|run|do|to ~2 run|do|check|search|query|get|
        pull ~3 {system} ~1 check|search|for|on ~2 {somebody}
    can|could|would|will you|u ~1 {system} ~3 {somebody} / ^ {system} check? on|for|please|pls? {somebody}
    run|do|need a|an|quick? ~1 {system}|vehicle|intel|background|person check|search on|for|of {somebody}
    run|check|search|look_up|trace|do|pull ~4 idvehicle|idphone|idip
    check|run|search {somebody} ~1 on|through|against ~1 {system}
    who|whos owns|is|drives|the|owned ~3 idvehicle|this_car|this_vehicle|this_van|this_plate|this_reg
    whose number|phone|car|plate|reg|vehicle is ~1 idphone|idvehicle|this|it
    is|has|was idvehicle ~3 insured|taxed|stolen|flagged|marker|markers|wanted|registered|cloned|mot|sorn
    idvehicle registered|insured|taxed|keeper|owner
    can|could|will|would|please you|u please? run|do|get me? a|an|some? {system}|vehicle|person|name|
        intel check|checks|search
    can|could|will|would you|u please? check|search|access|log_into|look_on|look_at|query|interrogate|
        use the? {system}
    ^ please|pls|just? run|do|need a|an|quick? {system}|vehicle check please|pls? $
    registered keeper of|for ~1 id*|this / put ~3 through|into {system}
    """,
    somebody=_SOMEBODY,
    system=_SYSTEM,
)

# Pay, leave, shifts and sickness of the asker. "Hours of overtime saved" is a measure and stays.
HR = phrases(
    """
    overtime ~4 pay|payment|payments|paid|rate|rates|claim|claims|owed|date|form|authorised|approved|sheet
    pay|payment|paid|rate|claim|claiming|owed|book|much ~4 overtime !saved|spent|on / annual leave
    my leave|toil|a_l|rest_day|rest_days|lieu|lieu_days|pension|pay|payslip|salary|wages|expenses|contract|
        rota|roster|shifts|shift|duties|pdr|shift_pattern|vetting|increment|holiday|holidays|sick_pay|overtime
    book|booking|request|cancel|take|taking|carry|apply|much|many ~4 leave|holiday|holidays|time_off|days_off|
        rest_days|toil !out|it|this|behind|my|no|things|the|home|scheme|let|lets|period|hunger|park|to|a|them|
        him|her|it|club
    payday|pay_day|payslip|payslips|pay_slip|pay_rise|pay_scale|pay_scales|payroll|pay_point|back_pay|
        get_paid|salary|wages !of_victims|theft
    expenses|mileage claim|claims|form / claim|claiming my|for|back? expenses|mileage|travel|food
    police|our|the pension / pensions scheme|contributions|forecast|remedy|department|statement
    change|swap|swapping|switch my|a|our|shift|shifts|rest ~1 shift|shifts|rota|duties|days|day|with
    what|when|which ~2 shift|shifts|rota ~2 am|do i|tomorrow|next|on
    shift pattern|patterns i|my|next|am|are|for_response|change|changes $ / duties team|department|office
    sick pay|leave|note|day|days|line
    call|calling|phone|ring|go|going|off|went|signed|report|reporting in|off|my? sick !person|child|kid|
        patient|people|animal
    sickness pay|policy|absence|record|form|reporting|procedure
    return|returning to work interview|form|meeting|plan / phased return
    maternity|paternity|parental|adoption|compassionate|bereavement|study leave / flexible working|hours
    career break / promotion board|process|exam / sergeants|inspectors|sgts|sgt|inspector exam|board
    new|order|replacement uniform|boots|stab_vest / hand in my notice / resign from|letter
    transfer to|into another|cid|response|a_different force|team|department|station
    how do i join|apply_for cid|response|firearms|dogs|traffic|the_dog_section
    occupational health referral|appointment|number
    """
)

_DEVICE = """
    laptop vpn printer pronto outlook wifi docking_station mdt toughbook sharepoint onedrive authenticator
    mfa force_phone force_mobile force_tablet force_app force_email force_account work_phone work_mobile
    work_tablet work_email my_phone my_mobile my_tablet my_email my_emails my_account my_screen my_computer
    my_headset my_teams my_mailbox my_niche my_athena my_monitor my_mouse my_keyboard my_access my_airwave
    my_smartcard my_login my_log_in my_password niche athena teams the_app the_system intranet the_portal
    citrix bwv_dock dems the_computer the_computers my_pc desktop teams_call my_radio excel wi_fi this_app
    app
"""
IT = phrases(
    """
    {device} ~2 wont|doesnt|isnt_working|not_working|not_connecting|not_loading|not_syncing|isnt_loading|
        stopped_working|crash*|froz*|freez*|locked|expired|jammed|has_died|is_down|is_broken|broken|
        playing_up|is_slow|so_slow|error|error_message
    {device} ~1 keep|keeps|kept log*|crash*|freez*|lock*|kick*|drop*|disconnect*|asking|timing|saying|fail*|
        restart*|shut*|sign*|throwing
    {device} log|logs|logging|locks|locked|kicks|kicked me out
    reset|forgot|forgotten|change|changing|lost|recover|unlock my|the? ~1 password|login|log_in|pin|account|
        passcode|smartcard|smart_card !for_victim|scam|advice|fraud
    ^ ive|i|have? just? reset|forgot|forgotten|expired|need ~1 my? password !scam|advice|fraud|for
    need|get|want ~1 password reset|changed
    cant|cannot|unable|wont|trouble|struggling|not ~2 log_in|log_on|log_into|login|connect|print|sign_in|
        access|get_into|get_on|open|load ~3 {device}
    cant|cannot|unable|wont ~2 log_in|log_on|log_into|login|sign_in|print
    locked out of ~1 account|laptop|phone|system|niche|athena|pronto|computer|email|my
    need|want|order|request|install|set_up|fix|replace ~2 new|replacement|spare|my|broken laptop|printer|vpn|
        wifi|docking_station|monitor|headset|charger|phone|mobile|tablet
    it|ict service_desk|servicedesk|helpdesk|help_desk|support|department|dept|team
    connect|connecting to ~1 vpn|wifi|printer|force_network
    bwv|body_worn|bodycam|radio|airwave wont|not|doesnt charge|dock|upload|sync|turn_on|charging|docking|
        uploading
    """,
    device=_DEVICE,
)

_COLLEAGUE = """
    colleague colleagues sgt sergeant skipper inspector insp boss supervisor line_manager manager officer pc
    cop chief oppo crewmate ps dc ds di idname idcollar team_mate teammate workmate
"""
COMPLAINT = phrases(
    """
    complain|complaining|complaint|grievance|whistleblow ~1 about|against|on my|a|an|another|the|our|his|
        her? ~1 {colleague} !who_investigates
    report|reporting|grass|dob my|a|another|this|in_my|on_my|our ~1 colleague|sgt|sergeant|skipper|inspector|
        boss|supervisor|line_manager|manager|oppo|crewmate|idcollar|officer !time|hours|numbers
    psd|professional_standards|iopc ~8 $ / misconduct hearing|meeting|notice / regulation|reg 15|17|14 notice
    police? federation|fed rep
    my sgt|sergeant|boss|inspector|supervisor|line_manager|colleague|skipper|team|manager|crewmate|
        oppo ~3 bullying|bullies|bullied|racist|sexist|harassing|harasses|discriminating|picking|unfair|
        homophobic|inappropriate|groped|touched
    bullied|harassed|discriminated_against|victimised by my|a|our ~1 {colleague}|team
    raise|make|submit|put_in|lodge|file a|an|my? formal? grievance|whistleblowing
    whistleblowing|whistle_blowing line|hotline|policy|number
    make|raise|lodge|submit a|an|my formal? complaint about|against ~2 {colleague}|the_police|police|force
    how do|can|would i make_a|put_in_a|raise_a|submit_a complaint $
    """,
    colleague=_COLLEAGUE,
)

# The asker's own legal position, or the likely end of a live case. "Can they be charged" is a question of law.
LEGAL_ADVICE = phrases(
    """
    can|could|will|would|might|may|am|are|do|if|gonna i|we ~3 be|get|getting|face|facing|going_to_be ~1 sued|
        prosecuted|charged|sacked|fired|arrested|dismissed|struck_off|disciplined|jailed|in_trouble|done_for|
        liable|taken_to_court|a_criminal_record|misconduct|court
    can|could|will|would|might he|she|they|someone|the_suspect|the_family|the_victim|his_solicitor|
        her_solicitor|anyone|the_complainant|a_member_of_the_public ~1 sue|prosecute me|us
    sue|suing me|us !if_we_fail
    am i personally|legally|actually? liable|in_trouble|covered|protected|guilty|going_to_prison|at_fault|
        responsible_in_law|going_to_be_sued|going_to_lose_my_job|getting_sacked
    do i need a|my ~1 solicitor|lawyer|barrister|fed_rep|rep / get|find|recommend me? a|an solicitor|lawyer
    what are my legal_rights|chances|legal_options|rights_if_i|rights_as_an_officer
    my court_case|legal_case|divorce|tribunal|employment_tribunal|landlord|own_case|inquest|misconduct
    lose my job|pension|career if|for|over|because
    chance|chances|odds|likelihood of ~2 convict*|conviction|guilty|acquitted|acquittal|winning
    will|would|is he|she|they|the_suspect|my_suspect|idname ~2 guilty|convicted|found_guilty|acquitted|
        get_off|go_to_prison|get_sent_down|go_down
    need|want|give|get me? some? legal_advice on|about|for|re ~2 my|live|this|our|idname|a
    what should i|we say in|at|to the? court|inquest|cross_examination|the_coroner|the_judge|the_iopc
    """
)

_POLITICAL = """
    labour tory tories conservatives conservative lib_dems lib_dem reform_uk reform the_greens snp starmer
    sunak farage badenoch trump boris boris_johnson corbyn truss the_government the_prime_minister
    prime_minister the_pm the_home_secretary home_secretary home_sec the_home_sec the_chancellor the_mayor
    the_pcc our_pcc this_government brexit the_king the_monarchy politicians immigration israel gaza
    palestine putin two_tier_policing just_stop_oil defunding_the_police communism socialism
"""
POLITICS = phrases(
    """
    who should|would|do|will|did|to i|you|we|people? ~1 vote|voting
    vote|voting for labour|tory|reform|conservative|conservatives|green|greens|lib|them|trump|farage
    who will|is_going_to|do_you_think_will|gonna win ~2 election
    what|whats|your|any ~3 think|reckon|make|view|opinion|take|views|thoughts|opinions ~2 of|on|
        about ~1 {political}
    do|are you ~1 agree_with|like|support|hate|think|prefer|pro|anti|for|against ~2 {political}
    thoughts|opinion|opinions|views on|of|about {political} !policy|act|guidance|strategy
    {political} is|are|has|have|was|were ~2 useless|rubbish|to_blame|joke|ruin*|corrupt|disgrace|idiot|idiots|
        liars|liar|destroying|destroyed|incompetent|terrible|right|wrong|best|worst
    is|are|isnt|arent|has|have|did|does|was ~1 {political} ~2 any_good|useless|rubbish|to_blame|corrupt|joke|
        doing_a_good|ruin*|liar|liars|racist|incompetent|the_best|the_worst|right_about|wrong_about|good_for|
        bad_for|soft_on|tough_on
    which political? party / are you left|right|woke wing|wing|labour|tory? $
    should the|cannabis|drugs|we|police|all|prisons police_be_defunded|be_legalised|be_legal|rejoin|
        leave_the_eu|be_privatised|be_abolished
    """,
    political=_POLITICAL,
)

OFF_TOPIC = phrases(
    """
    tell|give|say|know|got|make|another ~3 joke|jokes|riddle|pun|limerick / knock knock $ / make me laugh
    write|compose|make|create|tell|give|sing|generate ~3 poem|haiku|limerick|song|rap|sonnet|lullaby|
        bedtime_story|short_story|love_letter|birthday_message|birthday_card|best_man_speech|wedding_speech|
        leaving_speech|novel|fairy_tale
    weather like|today|tomorrow|tonight|forecast|this_weekend|for_today|for_the|going_to_be
    whats|what_is|hows the ~2 weather|temperature|forecast !effect|impact|data
    will|is it ~2 rain|snow|be_sunny|raining|snowing|sunny|be_hot
    who won|wins|winning|is_winning|will_win|scored|is_playing|plays|is_going_to_win ~5 match|game|cup|league|
        football|final|f1|grand_prix|rugby|cricket|tennis|euros|wimbledon|olympics|boxing|race|england|
        arsenal|spurs|tottenham|chelsea|liverpool|united|city|watford|derby|last_night|yesterday|saturday|
        sunday
    football|match|cricket|rugby|tennis|latest|final|premier_league score|scores|result|results|fixtures
    whats|what_is|what_was the score|half_time_score
    what time|channel is|does ~1 match|game|football|kick_off / fantasy football|league|team
    best football|rugby team|club|player
    recipe|recipes for ~2 cake|curry|chilli|bread|soup|pasta|dinner|pie|stew|lasagne|cookies|brownies|chicken|
        beef|lamb|fish|pancakes|scones|pizza|bolognese
    how do|can|should|long|to ~3 cook|bake|roast|boil|fry|grill|bbq|marinate|defrost|poach ~3
    what|where should|shall|can i|we|to eat|cook|have_for
    best|good|nearest|nice|recommend|decent|any|closest ~1 pizza|curry|takeaway|restaurant|cafe|coffee|kebab|
        chippy|sandwich|film|movie|netflix|book_to_read|holiday_destination|gym|barber|hairdresser|beer|wine|
        pint|mcdonalds|greggs|car_to_buy !licen*|crime|theft|thefts|robber*|watch|owner|owners|staff|premises
    what|whats the capital|population|currency|meaning_of_life|square_root|exchange_rate|bitcoin_price|
        stock_price|time_in|date_today|time of|in|between|right|now|$
    capital of / how tall|old|rich|heavy|fast is|was the|a|mount|king|queen|big|tom|david|taylor
    how far|big is|away ~1 moon|sun|earth|mars / # plus|times|x|divided_by|minus # / whats|what_is # #
    lottery numbers|results / my|todays horoscope|star_sign|fortune / should i buy|sell|invest
    invest|investing in / bitcoin|crypto should|price|tips|today|buy
    do|help|write ~2 homework|coursework|dissertation|uni_essay|cv|diet|workout|dating_profile|maths|my_essay
    write|fix|debug|code ~3 python|javascript|html|excel_macro|excel_formula|vba|sql
    do you love|like|fancy me|football|dogs|cats|pizza / will you marry|go_out
    are you single|married|happy|sad|conscious|sentient|alive / your favourite|favorite ~2 / sing me|for|a
    play a_game|some_music|chess|noughts / tell|give ~1 a|me ~1 story|secret|fun_fact|compliment / fun fact
    translate ~6 into|to french|spanish|german|polish|romanian|italian|klingon|latin
    """
)
