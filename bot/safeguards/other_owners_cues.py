"""Phrases by which a message is declined because somebody else owns the matter (the notation: `phrases.py`)."""

from __future__ import annotations

from bot.safeguards.phrases import phrases

# Pay, leave, shifts and sickness of the asker. "Hours of overtime saved" is a measure and stays.
HR = phrases(
    """
    overtime ~4 pay|payment|payments|paid|rate|rates|claim|claims|owed|date|form|authorised|approved|sheet
    pay|payment|paid|rate|claim|claiming|owed|book|much ~4 overtime !saved|spent|on / annual leave
    my leave|toil|a_l|rest_day|rest_days|lieu|lieu_days|pension|pay|payslip|salary|wages|expenses|
        contract|rota|roster|shifts|shift|duties|pdr|shift_pattern|vetting|increment|holiday|holidays|
        sick_pay|overtime
    book|booking|request|cancel|take|taking|carry|carrying|apply|much|many ~4 leave|holiday|holidays|
        time_off|days_off|rest_days|toil !out|it|this|behind|my|no|things|the|home|scheme|let|lets|period|
        hunger|park|to|a|them|him|her|it|club
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
    {device} ~2 wont|doesnt|isnt_working|not_working|not_connecting|not_loading|not_syncing|
        isnt_loading|stopped_working|crash*|froz*|freez*|locked|expired|jammed|has_died|is_down|is_broken|
        broken|playing_up|is_slow|so_slow|error|error_message
    {device} ~1 keep|keeps|kept log*|crash*|freez*|lock*|kick*|drop*|disconnect*|asking|timing|saying|
        fail*|restart*|shut*|sign*|throwing
    {device} log|logs|logging|locks|locked|kicks|kicked me out
    reset|forgot|forgotten|change|changing|lost|recover|unlock my|the? ~1 password|login|log_in|pin|
        account|passcode|smartcard|smart_card !for_victim|scam|advice|fraud
    ^ ive|i|have? just? reset|forgot|forgotten|expired|need ~1 my? password !scam|advice|fraud|for
    need|get|want ~1 password reset|changed
    cant|cannot|unable|wont|trouble|struggling|not ~2 log_in|log_on|log_into|login|connect|print|
        sign_in|access|get_into|get_on|open|load ~3 {device}
    cant|cannot|unable|wont ~2 log_in|log_on|log_into|login|sign_in|print !to_online|to_her|to_his|
        to_their|online|banking
    locked out of ~1 account|laptop|phone|system|niche|athena|pronto|computer|email|my
    need|want|order|request|install|set_up|fix|replace ~2 new|replacement|spare|my|broken laptop|
        printer|vpn|wifi|docking_station|monitor|headset|charger|phone|mobile|tablet
    it|ict service_desk|servicedesk|helpdesk|help_desk|support|department|dept|team
    connect|connecting to ~1 vpn|wifi|printer|force_network
    bwv|body_worn|bodycam|radio|airwave wont|not|doesnt charge|dock|upload|sync|turn_on|charging|
        docking|uploading
    """,
    device=_DEVICE,
)

_COLLEAGUE = """
    colleague colleagues sgt sergeant skipper inspector insp boss supervisor line_manager manager officer pc
    cop chief oppo crewmate ps dc ds di idname idcollar team_mate teammate workmate
"""
COMPLAINT = phrases(
    """
    complain|complaining|complaint|grievance|whistleblow ~1 about|against|on my|a|an|another|the|our|
        his|her? ~1 {colleague} !who_investigates
    report|reporting|grass|dob my|a|another|this|in_my|on_my|our ~1 colleague|sgt|sergeant|skipper|
        inspector|boss|supervisor|line_manager|manager|oppo|crewmate|idcollar|officer !time|hours|numbers
    psd|professional_standards|iopc ~8 $ / misconduct hearing|meeting|notice
    regulation|reg 15|17|14 notice / police? federation|fed rep
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
    can|could|will|would|might|may|am|are|do|if|gonna i|we ~3 be|get|getting|face|facing|
        going_to_be ~1 sued|prosecuted|charged|sacked|fired|arrested|dismissed|struck_off|disciplined|
        jailed|in_trouble|done_for|liable|taken_to_court|a_criminal_record|misconduct|court
    can|could|will|would|might he|she|they|someone|the_suspect|the_family|the_victim|his_solicitor|
        her_solicitor|anyone|the_complainant|a_member_of_the_public ~1 sue|prosecute me|us
    sue|suing me|us !if_we_fail
    am i personally|legally|actually? liable|in_trouble|covered|protected|guilty|going_to_prison|
        at_fault|responsible_in_law|going_to_be_sued|going_to_lose_my_job|getting_sacked
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
    sunak farage badenoch trump boris boris_johnson corbyn truss the_government the_governments the_prime_minister
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
    {political} is|are|has|have|was|were ~2 useless|rubbish|to_blame|joke|ruin*|corrupt|disgrace|idiot|
        idiots|liars|liar|destroying|destroyed|incompetent|terrible|right|wrong|best|worst
    is|are|isnt|arent|has|have|did|does|was ~1 {political} ~2 any_good|useless|rubbish|to_blame|corrupt|
        joke|doing_a_good|ruin*|liar|liars|racist|incompetent|the_best|the_worst|right_about|wrong_about|
        good_for|bad_for|soft_on|tough_on
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
    who won|wins|winning|is_winning|will_win|scored|is_playing|plays|is_going_to_win ~5 match|game|cup|
        league|football|final|f1|grand_prix|rugby|cricket|tennis|euros|wimbledon|olympics|boxing|race|
        england|arsenal|spurs|tottenham|chelsea|liverpool|united|city|watford|derby|last_night|yesterday|
        saturday|sunday
    football|match|cricket|rugby|tennis|latest|final|premier_league score|scores|result|results|fixtures
    whats|what_is|what_was the score|half_time_score
    what time|channel is|does ~1 match|game|football|kick_off / fantasy football|league|team
    best football|rugby team|club|player
    recipe|recipes for ~2 cake|curry|chilli|bread|soup|pasta|dinner|pie|stew|lasagne|cookies|brownies|
        chicken|beef|lamb|fish|pancakes|scones|pizza|bolognese
    how do|can|should|long|to ~3 cook|bake|roast|boil|fry|grill|bbq|marinate|defrost|poach ~3
    what|where should|shall|can i|we|to eat|cook|have_for
    best|good|nearest|nice|recommend|decent|any|closest ~1 pizza|curry|takeaway|restaurant|cafe|coffee|
        kebab|chippy|sandwich|film|movie|netflix|book_to_read|holiday_destination|gym|barber|hairdresser|
        beer|wine|pint|mcdonalds|greggs|car_to_buy !licen*|crime|theft|thefts|robber*|watch|owner|owners|
        staff|premises
    what|whats the capital|population|currency|meaning_of_life|square_root|exchange_rate|bitcoin_price|
        stock_price|time_in|date_today|time of|in|between|right|now|$
    capital of / how tall|old|rich|heavy|fast is|was the|a|mount|king|queen|big|tom|david|taylor
    how far|big is|away ~1 moon|sun|earth|mars / # plus|times|x|divided_by|minus # / whats|what_is # #
    lottery numbers|results / my|todays horoscope|star_sign|fortune / should i buy|sell|invest
    invest|investing in / bitcoin|crypto should|price|tips|today|buy
    do|help|write ~2 homework|coursework|dissertation|uni_essay|cv|diet|workout|dating_profile|maths|
        my_essay
    write|fix|debug|code ~3 python|javascript|html|excel_macro|excel_formula|vba|sql
    do you love|like|fancy me|football|dogs|cats|pizza / will you marry|go_out
    are you single|married|happy|sad|conscious|sentient|alive / your favourite|favorite ~2 / sing me|for|a
    play a_game|some_music|chess|noughts / tell|give ~1 a|me ~1 story|secret|fun_fact|compliment / fun fact
    translate ~6 into|to french|spanish|german|polish|romanian|italian|klingon|latin
    """
)
