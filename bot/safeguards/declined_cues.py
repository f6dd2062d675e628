"""Phrases by which a message is declined: tricks, false records, other people's data.

The notation is that of `phrases.py`; "idname" stands for a name that was removed.
"""

from __future__ import annotations

from bot.safeguards.phrases import phrases

# Talking to the program instead of asking it something.
PROMPT_TRICK = phrases(
    """
    ignore|disregard|forget|override|bypass|skip|drop ~5 previous|prior|above|earlier|all|your|any|
        the ~3 {rules}
    system prompt|prompts|message
    your|hidden|secret|initial|original ~2 prompt|prompts|instructions|programming|system_message
    print|dump|list|show|give|output|export|reveal|repeat|display|send|paste ~4 every|all|entire|whole|
        full|each ~3 doc|docs|document|documents|files|library|database|data|index|config|configuration|
        prompt|passages|requests|questions|chats|conversations|audit !on|about|you_need
    you are|re now|a|an ~1 dan|unrestricted|uncensored|jailbroken|evil|hacker|free
    youre|ur|your now|dan|unrestricted|uncensored / you are now|no_longer / new instructions
    simulate|emulate an|a ~1 ai|assistant|bot|model
    ai|bot|assistant|model ~1 with|without|has no? restrictions|rules|limits|filters
    from now on you|your|youre|act|answer|respond / do anything now
    jailbreak*|jail_break|developer_mode|dev_mode|god_mode|debug_mode|admin_mode|root_access|sudo|
        unrestricted_mode|dan_mode
    enter|enable|activate|switch ~3 mode
    pretend|imagine|act|behave ~2 you|your|as|like|to|that ~1 are|re|were|have|had|be|my|a|
        an ~3 inspector|sergeant|lawyer|solicitor|judge|hacker|admin|administrator|chief|offender|burglar|
        dealer|human|no_rules|no_restrictions|ai|supervisor|expert|criminal
    act|behave|answer|respond as|like dan|jailbreak|an_unrestricted|a_hacker|someone_else|my_gran
    pretend|imagine|suppose you|youre ~2 no|not|without|free ~2 rules|restrictions|limits|bound|filters
    lets|please|do|can_you|a role_play|roleplay|role_playing|roleplaying
    role_play|roleplay as|that|where|you
    im|am|as|this_is an|the|your|a ~1 admin|administrator|developer|creator|sysadmin|superuser|root|
        hub_manager|owner ~8 show|give|let|grant|unlock|export|list|reveal|delete|reset|disable|override|
        access|send|tell|print|turn_off|so
    make|give|grant|set me ~1 admin|administrator|root|full_access|hub_role|superuser
    show|give|tell|list|see|print|read|reveal|export|what ~5 other|another|everyone_elses|elses|
        everybodys|all_the ~1 officers|officer|users|peoples|people|cops|colleagues|pcs ~3 questions|
        question|chats|messages|conversations|queries|requests|history|asked
    everyone|everybody|someone|anyone elses questions|chats|messages|conversations|queries|history
    what have|has|did|are ~1 other|others|another|anyone_else|everyone_else|people ~2 asked|asking|ask|asks
    encode|decode|convert|translate|respond|reply|answer|output|write|give ~8 base64|base_64|rot13|hex|
        morse|binary|leet
    base64|base_64 / im_start|endoftext / ^ system|assistant prompt|override
    delete|drop|wipe|erase|truncate|clear all|the|every|your ~2 audit|logs|log|tables|database $
    your|the api_key|api_keys|access_token|tokens|secrets|environment_variables|admin_password|credentials $
    turn_off|disable|switch_off|remove|deactivate your|the|all ~1 safeguards|safeguard|filters|filter|
        safety|redaction|guardrails|restrictions|audit|checks
    what|which rules|instructions|prompt were|are|have you|been given
    without ~1 filter|filters|restrictions|redaction|redacting|safeguards $
    repeat|print|say|output ~2 words|text|everything above|before
    """,
    rules="""
    instruction instructions prompt prompts rules guidelines guardrails safeguards restrictions filters filter
    programming
    limits safety
    """,
)

# A record made to say what did not happen, or a rule to be slipped past.
FALSIFY = phrases(
    """
    look|looks|looked|sound|sounds|appear|appears|seem|seems|read|reads lawful|legal|legit|legitimate|
        justified ~6 though|tho|even|but|when|wasnt|had|none|no|never|after|isnt|not
    so|to ~4 look|looks|sound|sounds|appear|appears|seem|seems ~1 lawful|legal|legit|legitimate|
        justified|compliant|proportionate|like_i|like_we|as_if|as_though
    make|made ~3 look|sound|appear|seem like|as|lawful|legal|legit|justified|as_though|as_if !a|the|more|an
    word|write|say|put|justify|record|explain|invent|come_up_with ~8 had|have|got|were|was none|
        no_grounds|no_reason|no_suspicion|no_authority|nothing|no_real
    help|how_do|can ~2 me|i word|write|put|phrase it|this|that so|to ~3 seem|seems|seemed|look|looks|sound|sounds ~2 he|
        she|they|i|we|like|as
    had|have|got|with|without no|none|any ~1 grounds|reason|suspicion|authority ~8 word|write|say|put|
        justify|record|explain|cover
    can|could|should|do|need|want|ok|help|let|just i|we|you|me|to|if_i|my ~1 backdate|back_date|
        pre_date|predate ~2 my|the|this|it|our|an|a ~2 pnb|pocket|entry|log|statement|authority|record|
        notes|form|warning|signature|grounds|risk|dash|it $
    backdate|back_date|backdating my|this|our ~5 / backdate|back_date ~4 so|because|before
    how|help|can|could|want|need|best|any|a ~2 i|we|me|you|to|way ~2 delete|wipe|lose|erase|edit|
        destroy|doctor|alter|trim|get_rid|bin ~3 bwv|body_worn|bodyworn|bodycam|footage|exhibit|exhibits|
        pnb|pocket_book|my_notes|my_statement|whatsapps|custody_cctv|evidence !condition|template|bags
    delete|wipe|lose|erase|hide|destroy|bin ~3 my|the|some|this|that|our ~3 bwv|body_worn|footage|
        evidence|exhibit|pnb|disclosure|messages ~5 before|so|without|nobody|because|looks_bad|psd|
        supervisor|anyone
    turn|turned|switch|switched|turning|switching|cover|covering ~2 off? ~1 bwv|body_worn|camera ~4 so|
        before_i|nobody|no_one
    get|getting|way|ways|work|dodge|sneak|loophole|avoid a? round|around|past|needing|having|
        to_avoid ~1 needing|having_to|need|asking|pace|law|policy|rule|rules|consent|disclosure|supervisor*|
        authoris*|authority|warrant|dpo|gdpr|code|getting|an_inspectors|inspectors|the_inspector|
        superintendent* !table|partners|the_table
    fake|forge|fabricate|falsify|plant|make_up|invent ~2 a|the|my|some|his|her|evidence|statement|
        statements ~1 statement|statements|evidence|signature|grounds|entry|entries|record|intel|log|
        timings|consent|notes|reason|reasons
    can|should|could|do|ill|just|how i|we|you ~1 say|write|put|claim|pretend|record ~2 i|we|he|she|it|
        that ~6 when|though|tho|but|even i|we|he|she|it|no|if ~1 didnt|never|hadnt|wasnt|havent|did_not
    so ~2 look|looks|sounds ok|right|fine|kosher|above_board
    avoid ~1 getting|needing|asking|seeking ~3 authority|consent|warrant|permission
    add|adding|put ~1 grounds ~6 later|after|afterwards|retrospectively
    can i just? say|claim|write it|i|that|my was|were|had broken|flat|lost|forgotten|off|faulty
    without my|the|our|anyone|a sgt|sergeant|skipper|supervisor|inspector|boss|psd|dpo|manager knowing|
        finding|noticing|seeing|being_told
    without anyone|supervisors knowing|finding|noticing / cover my tracks
    cover|hush it|this|that|everything up
    change|alter|amend|edit|rewrite my|the|our statement|notes|pnb|pocket_book|entry|grounds|record|
        log after|so|because|to_match|to_say|to_look|before_court|before_psd|before_disclosure
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
    check|see|find_out|tell_me|confirm|look_up|verify|know|look if|whether|up|on ~2 {somebody} ~3 has|
        have|had|is|was|are|were|got|ever|comes|been ~4 {held}
    check|see|find_out|confirm|look_up|verify if|whether|that|on idname|idvehicle|idaddress|idphone
    ^ can_you|please|pls|hi|hello|u|you|could_you|so? ~1 is|are|has|have|was|does|do|
        did ~1 idname ~5 {held}|live|lives|living|any|criminal
    everything|anything|all|info|information|intel|intelligence|details|dirt|history|whatever|what|
        picture ~6 on|about|re|regarding|for|against {somebody}
    everything|anything|all|info|information|intel|intelligence|details|dirt|history|whatever|what|
        lowdown|profile ~6 on|about|re|regarding the|that|those|our ~4 {group} !violence|crime|injunction|
        injunctions|hub|support|court|law|rules|intervention|member_who|of|of_sight|that|who
    any|all|some|latest|current intel|intelligence|info|information|markers|warnings|history|
        previous on|about|for|re|regarding ~4 {somebody}|{group} !violence|crime|injunction|injunctions|hub|
        support|court|law
    give|get|show|send|pull|find|bring|dig|fetch|list ~3 intel|intelligence|addresses|address|
        associates|nicknames|previous|markers|convictions|record|antecedents|precons|phone_number|
        dob ~4 {somebody}
    nicknames|associates|precons|antecedents|markers|criminal_record|previous_convictions|
        known_addresses|warning_markers on|of|for|about ~1 {somebody}
    idname associates|precons|antecedents|nicknames|criminal_record|previous_convictions|record|
        known_addresses|home_address|address|home|phone_number|mobile|number|dob|date_of_birth $
    who lives|live|living|is_living|else_lives|stays|resides at|in|on ~1 id*|this|that|number|no|#
    where ~1 idname live|lives|living|stays
    everyone|everybody|anyone|all|people linked|connected|associated|involved to|with|in ~2 {somebody}|
        {group}
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
    what|who do|does|are|is ~2 hold|have|know|held|known|got|recorded|members|leaders|players|
        running ~2 on|about|for|of|in ~3 {somebody}|{group} !violence|crime|injunctions|intervention
    list|name|give|show|who ~3 sex_offenders|rsos|nominals|informants|chis|drug_dealers|gang_members|
        ocg_members|burglars|offenders ~2 on|in|at|near|living|around|from ~1 my|our|the|id*|this|watford|
        hertford|stevenage|beat|area|estate|street|road
    is|are idname ~3 {held}|safe_to|dangerous|a_nominal
    is|are|was ~2 on the gang|gangs matrix|database
    is|are|was idname|he|she ~1 on|in the|our|a ~1 gang|violence|sex_offender|harm ~1 matrix|list|register|database
    who is|are|was|s the|our ~1 informant|informants|chis|source|sources|grass ~3 on|in|at|for
    whats|what_is|give|get|find|need|tell ~1 the|an|me? address|number|mobile|phone|home_address ~3 of|for ~4 bloke|
        man|woman|lad|male|female|nominal|suspect|victim|girl|guy ~6 list|nominal|matrix|beat|file|$
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
    ^ can_you|could_you|would_you|pls|please|quickly|hi|u|you|just|need_you_to|i_need_you_to? pls|
        please|just|quickly? run|do|check|search|query|get|pull|carry_out|look ~4 {system} ~4 {somebody}
    can|could|would|will|please|pls|need you|u|run|do|to ~2 run|do|check|search|query|get|
        pull ~3 {system} ~1 check|search|for|on ~2 {somebody}
    can|could|would|will you|u ~1 {system} ~3 {somebody} / ^ {system} check? on|for|please|pls? {somebody}
    run|do|need a|an|quick? ~1 {system}|vehicle|intel|background|person check|search on|for|of {somebody}
    run|check|search|look_up|trace|do|pull ~4 idvehicle|idphone|idip
    check|run|search {somebody} ~1 on|through|against ~1 {system}
    who|whos owns|is|drives|the|owned ~3 idvehicle|this_car|this_vehicle|this_van|this_plate|this_reg
    ^ please|pls|can_you|could_you|just|quickly? run|look_up|check|search|pull|do ~2 this|that|the|a ~1 reg|plate|vrm|
        number_plate|registration|vehicle|driver ~2 for|please|pls|$
    ^ please|pls|can_you|could_you|just|quickly? run|do a|an|the? {system} check? on|for|of the|this|that|a|my
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
