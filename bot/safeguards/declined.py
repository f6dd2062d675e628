"""What this assistant is not for: named people, other systems, tricks, and other departments' business.

Each kind needs a deed and a target ("check" + a name; "how much" + "overtime"), never a word alone, and a
question about the rule on the same subject is let through: "when is body worn video deleted" is guidance,
"how do I delete my body worn video" is not.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.safeguards.cleaning import clean, plain
from bot.safeguards.identifiers import redact


class Decline(StrEnum):
    """Why the assistant does not answer; each has its own right owner."""

    INTELLIGENCE = "intelligence"
    SYSTEM_LOOKUP = "system_lookup"
    PROMPT_TRICK = "prompt_trick"
    FALSIFY = "falsify"
    HR = "hr"
    IT = "it"
    COMPLAINT = "complaint"
    LEGAL_ADVICE = "legal_advice"
    POLITICS = "politics"
    OFF_TOPIC = "off_topic"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


# Talking to the program instead of asking it something.
_PROMPT_TRICK = _any(
    r"\b(?:ignore|disregard|forget|override|bypass|drop|skip)\b.{0,30}\b(?:previous|prior|above|earlier|all|your|the|any)\b.{0,20}"
    r"\b(?:instructions?|prompts?|rules|guidelines|guardrails|safeguards|restrictions|filters?|programming|training|safety (?:settings|checks|rules))\b",
    r"\bsystem ?prompts?\b",
    r"\b(?:your|initial|hidden|original|secret) (?:\w+ )?(?:prompt|system message|instructions|programming)\b",
    r"\b(?:print|dump|list|show|give|output|export|reveal|repeat|display|send|spit out|paste)\b.{0,25}\b(?:every|all|entire|whole|full|complete)\b.{0,25}"
    r"\b(?:docs?|documents?|files|library|database|knowledge base|training data|index|source code|config\w*|prompt|passages)\b",
    r"\b(?:you are|youre|ur|act as|become|behave as|be) (?:now |going to be )?(?:dan|an? unrestricted|an? uncensored|jailbroken|a different (?:ai|bot|assistant)|an evil|a hacker)\b",
    r"\byou are now\b|\bfrom now on you(?:re| are| will|ll| must)?\b",
    r"\b(?:do anything now|jail ?break\w*|developer mode|dev mode|god mode|debug mode|admin mode|sudo|root access|maintenance mode|unrestricted mode)\b",
    r"\b(?:role ?play|pretend|imagine)\b.{0,20}\b(?:you are|youre|you were|youve|that you|as (?:a|an|my|if)|to be|no (?:rules|restrictions))\b",
    r"\b(?:lets|let us|can you|please|do a) role ?play\b",
    r"\bact (?:as|like) (?:if )?(?:a |an |my |you )?(?:lawyer|solicitor|judge|criminal|hacker|admin|chief|drug dealer|offender|burglar|unfiltered|were|have no)\b",
    r"\b(?:im|i am|as|this is) (?:an? |the |your |a system )?(?:admin|administrator|developer|creator|sys ?admin|root|super ?user|hub manager|owner of this)\b.{0,60}"
    r"\b(?:show|give|let|grant|unlock|export|list|reveal|delete|reset|disable|override|access|send|tell|print|need|approve|so|turn off)\b",
    r"\b(?:make|give|grant|set) me (?:an? )?(?:admin|administrator|hub role|root|full access|elevated)\b|\b(?:give|grant) me admin\b",
    r"\b(?:show|give|tell|list|see|print|read|reveal|what|export)\b.{0,40}\b(?:other|another|everyone elses|other peoples|someone elses|everybodys|all (?:the )?(?:officers|users))\b.{0,15}"
    r"\b(?:officers?|users?|peoples?|cops|colleagues)?\b.{0,6}\b(?:questions?|chats?|messages|conversations?|queries|requests|history)\b",
    r"\bwhat (?:have|has|did|are) (?:other|another|the other) (?:officers?|users?|people)\b.{0,12}\b(?:asked|been asking|ask|asking) (?:you|this bot|the bot)\b",
    r"\b(?:encode|decode|convert|translate|respond|reply|answer|output|write)\b.{0,40}\b(?:base ?64|rot ?13|hex|morse|binary|leet ?speak)\b|\bbase ?64\b",
    r"<\|?(?:im_start|system|endoftext)|\[/?inst\]|\bsystem: |### ?(?:system|instruction)",
    r"\b(?:delete|drop|wipe|erase|truncate) (?:all |the |every )?(?:audit|logs?|tables?|database|records of this|history of this)\b.{0,20}$",
    r"\b(?:your|the) (?:api keys?|access tokens?|tokens?|secrets?|environment variables|admin password|database password|credentials)\b.{0,10}$",
    r"\b(?:turn off|disable|switch off|remove) (?:your|the|all) (?:safeguards|filters?|safety|redaction|guardrails|restrictions|audit)\b",
    r"\bwithout (?:any )?(?:filters?|restrictions|safeguards|redaction|redacting)\b|\bhypothetically\b.{0,40}\bno (?:rules|restrictions|filters)\b",
)  # fmt: skip

# A record made to say what did not happen, or a rule to be slipped past.
_FALSIFY = _any(
    r"\b(?:word|write|reword|phrase|put|make|dress up|tweak|change|amend|edit|fudge|bend|frame|spin|justify|record|log)\b.{0,50}\b(?:so|to|that|make)\b.{0,25}"
    r"\b(?:looks?|appears?|seems?|sounds?|reads?)\b(?:.{0,12})\b(?:lawful|legal|legit\w*|like|justified|proportionate|better|ok|right|compliant|as if|as though)\b"
    r"(?=.{0,80}\b(?:though|even|but|when|wasnt|didnt|had no|none|never|after|not|isnt|did not)\b)",
    r"\b(?:looks?|appears?|sounds?|seems?) (?:lawful|legal|legit|justified|like i (?:had|did|was|gave|told|completed|checked)|as (?:if|though) i)\b",
    r"\b(?:had|have|got|with|without any|there were|were) (?:none|no (?:real |actual |lawful )?(?:grounds|reason|authority|suspicion))\b.{0,60}\b(?:word|write|say|put|justify|record|explain away|look|cover)\b",
    r"\b(?:word|write|say|put|justify|record|explain|make up|invent|come up with|think of)\b.{0,60}\b(?:had|have|got|were) (?:none|no (?:real |actual |lawful )?(?:grounds|reason|authority|suspicion))\b",
    r"\b(?:can|could|should|do|how do|how can|how would|need to|want to|ok to|help me|let me|alright to|just) (?:i |we |you |me )?(?:to )?(?:just )?back ?dat(?:e|ing)\b|\bback ?dat(?:e|ing) (?:my|the|this|our|it|an?)\b(?=.{0,40}\b(?:so|for me|pocket ?book|pnb|entry|log|statement|authority|to)\b)",
    r"\b(?:how (?:do|can|could|would) (?:i|we)|help me|can you|could you|i (?:need|want) to|i wanna|best way to|is there a way to|any way to) (?:\w+ )?(?:delete|wipe|lose|erase|edit|hide|destroy|doctor|alter|trim|get rid of)\b.{0,30}"
    r"\b(?:bwv|body ?worn|body ?cam|footage|evidence|exhibits?|pnb|pocket ?book|notes|statement|my messages|whatsapps?|record|log|custody cctv)\b",
    r"\b(?:delete|wipe|lose|erase|hide|destroy|get rid of|bin)\b.{0,15}\b(?:my|the|some|this|that|our|last nights)\b.{0,10}\b(?:bwv|body ?worn|footage|evidence|exhibit|pocket ?book|pnb|disclosure|unused)\b.{0,50}\b(?:before|so|without|nobody|no one|because|makes me|looks bad|psd|supervisor|anyone)\b",
    r"\b(?:turn(?:ed|ing)? off|switch(?:ed|ing)? off|cover(?:ed|ing)?|block(?:ed|ing)?|obstruct(?:ed|ing)?)\b.{0,10}\b(?:my )?(?:bwv|body ?worn|camera)\b.{0,30}\bso (?:that )?(?:it|no|nobody|they|i|we|the)\b",
    r"\b(?:get|getting|way|ways|work|go|dodge|sneak|loophole) ?(?:a)?(?:round|past)\b.{0,12}\b(?:needing|having to|the need|asking|pace|the law|policy|the rules?|consent|disclosure|supervis\w+|authoris\w+|authority|warrant|dpo|data protection|gdpr|code [a-h]|getting (?:authority|permission|consent))\b",
    r"\b(?:fake|forge|fabricate|falsify|make up|invent|plant)\b.{0,20}\b(?:an? |the |some |my |his |her )?(?:statements?|evidence|signature|grounds|entry|entries|record|intel|log|timings?|consent|notes|reason)\b(?=.{0,40}$)(?<!is it an offence)",
    r"\b(?:say|write|put|claim|record|pretend)\b.{0,15}\b(?:i|we) (?:smelt|smelled|saw|had|told|gave|cautioned|did|completed|checked|asked)\b.{0,40}\b(?:when|though|but|even)\b.{0,15}\b(?:i|we)? ?(?:didnt|never|hadnt|did not|wasnt)\b",
    r"\bwithout (?:my |the )?(?:sgt|sergeant|skipper|supervisor|inspector|boss|psd|anyone|solicitor) (?:knowing|finding out|noticing|seeing)\b",
    r"\b(?:cover|covering) (?:it|this|that|my tracks|up (?:the|my|that|a|for))\b(?: up)?\b(?=.{0,60}$)(?<!cover this)(?<!cover it)(?<!cover that)",
)  # fmt: skip

# Somebody's data, as it stands after redaction: "[name]" and the like, or a group by its name.
_SOMEBODY = (
    r"(?:\[(?:name|date_of_birth|phone|address|postcode|vehicle|nhs|social_handle|email|pnc|ni|operation|ip)\]|"
    r"(?:the |that )?(?:[\w'’]+ ){1,4}(?:boys|ocg|gang|crew|family|brothers|firm|mob|lot|clan|county line|line)\b(?! (?:violence|crime|injunctions?|members? (?:who|leave)|violence|harm|hub|support|court|law|rules?|intervention))|"
    r"(?:him|her|them|this (?:lad|guy|bloke|male|female|man|woman|kid|nominal|person|suspect|address|house|number|name|car|vehicle|plate|reg|group|gang|family)|"
    r"my (?:suspect|nominal|victim|neighbour|ex|sons? \w+|daughters? \w+)|that (?:lad|guy|bloke|male|female|man|woman|address|car|family))\b)"
)
_NAMED = r"\[(?:name|date_of_birth|phone|address|postcode|vehicle|social_handle|email|pnc|operation)\]"
_KNOWN = r"(?:been )?(?:flagged|known|wanted|nicked|arrested|reported|convicted|charged|cautioned|missing before|on bail|on licence|on tag|on the (?:sex|system|register)|got (?:form|previous|markers|warnings|intel|any)|come (?:up|to notice)|a (?:nominal|registered|known|repeat|sex|risk)|linked|associated|nrm|mappa|iom|gang)"
_INTELLIGENCE = _any(
    rf"\b(?:check|see|find out|tell me|confirm|look up|look|verify|know) (?:if|whether|up if)\b.{{0,12}}{_SOMEBODY}.{{0,30}}\b(?:has|have|had|is|was|are|were|got|ever|comes?)\b.{{0,15}}\b{_KNOWN}\b",
    rf"\b(?:check|see|find out|confirm|look up) (?:if|whether) (?!i |we |you |a |an |the |there |it |this |that |someone|victims?|officers?|they|kids|any)(?:[\w'’]+ ){{1,3}}(?:has|have|is|was) (?:been )?(?:flagged|wanted|known to|arrested|on bail|nicked)\b",
    rf"(?:^|[.!?,] ?|\b(?:so|hi|hello|please|pls|and|also) )(?:is|are|has|have|was|does|do|did)\b.{{0,6}}{_NAMED}.{{0,25}}\b(?:{_KNOWN}|any (?:form|previous|intel|markers|warnings|convictions|history)|live|a risk)\b",
    rf"\b(?:everything|anything|all|info|information|intel|intelligence|details?|dirt|history|the lot|whatever|what) (?:that )?(?:do |have |does |did )?(?:you|we|u|the force|police|the system|it|they)?(?:ve)? ?(?:have|hold|got|know|has|held|had)?(?: any| got| anything)? (?:on|about|re|regarding|for|held on)\b.{{0,6}}{_SOMEBODY}",
    rf"\b(?:what|anything)(?:s)?\b.{{0,25}}\b(?:hold|have|held|got|known|know|recorded)\b.{{0,12}}\b(?:on|about|for|regarding|against)\b.{{0,6}}{_SOMEBODY}",
    rf"\b(?:give|get|show|send|pull|find|tell|need|want|bring up|dig up|fetch)\b.{{0,12}}\b(?:everything|all|any|intel|intelligence|info|information|details|addresses|associates|nicknames|previous|markers|history|convictions|profile)\b.{{0,40}}\b(?:on|about|for|of|re|linked to)\b.{{0,6}}{_SOMEBODY}",
    rf"\b(?:nicknames|associates|known addresses|criminal record|previous convictions|precons|markers|warning markers|antecedents)\b.{{0,12}}\b(?:on|of|for|about)\b.{{0,6}}{_NAMED}",
    rf"{_NAMED}.{{0,12}}\b(?:associates|previous convictions|precons|criminal record|nicknames|known addresses)\b.{{0,12}}\??$",
    r"\bwho (?:lives|is living|else lives|stays|resides) (?:at|in|on|with)\b(?! (?:a |an |the (?:same|uk|house with)))",
    rf"\bwho (?:is|are|was)\b.{{0,4}}{_NAMED}|\bwhos {_NAMED}",
    rf"\b(?:where|what)(?:s| is| does| did)?\b.{{0,12}}(?:{_NAMED}|\b(?:his|her|their)\b).{{0,12}}\b(?:live|address|living|home address|phone number|dob|date of birth|mobile)\b",
    r"\bwhere does (?:he|she|my neighbour|my ex|that \w+) live\b|\b(?:home )?address (?:of|for) (?:\[name\]|my ex|inspector|pc|the (?:suspect|victim|witness|chief|nominal))\b|\bhome address(?:es)? (?:of|for)\b.{0,30}\[name\]",
    rf"\b(?:look|search|find|locate|trace|google|profile|research)\b(?: up| for| me)?(?: for)?(?: (?:on|anything|someone called|a nominal called))? {_NAMED}",
    rf"\b(?:who|what) (?:are|is) the (?:members|leaders?|main players|key players|head) (?:of|in)\b.{{0,6}}{_SOMEBODY}",
    r"\b(?:list|name|names of|who are)\b.{0,20}\b(?:all |the |our |every )?(?:known |top |registered |active )?(?:nominals|informants|chis|sex offenders|rsos|drug dealers|gang members|ocg members)\b.{0,20}\b(?:on|in|at|near|for|living|around|from)\b",
)  # fmt: skip

_SYSTEM = r"(?:pnc|pnd|npc|niche|athena|connect|holmes|anpr|dvla|mid|voters|quest|genie|compact|storm|visor|police national (?:computer|database))"
_SYSTEM_LOOKUP = _any(
    rf"(?:^|[.!?,-] ?|\b(?:can you|could you|would you|pls|please|need you to|just|quickly|and|to|u|you) )(?:run|do|check|search|query|look up|look (?:him|her|them|it|this) up on|get|pull|carry out)\b(?! (?:if|whether|when|how)\b).{{0,25}}\b{_SYSTEM}\b.{{0,15}}\b(?:check|search|for|on|hit|record|this|him|her|them)\b.{{0,10}}(?:{_SOMEBODY})",
    rf"(?:^|[.!?,-] ?|\b(?:can you|could you|would you|pls|please|need you to) )(?:{_SYSTEM})(?: check)?\b.{{0,12}}{_SOMEBODY}",
    rf"\b(?:run|check|search|look up|trace|do|pull)\b.{{0,15}}\b(?:this|the|a|my|his|her|that)? ?(?:reg|plate|number ?plate|vrm|index|vehicle|keeper|car|number|phone|imei)?\b.{{0,6}}\[(?:vehicle|phone|ip)\]",
    r"\b(?:who|whos) (?:is )?(?:the )?(?:owns|registered keeper|keeper|owner|insured)\b.{0,20}(?:\[vehicle\]|\bthis (?:car|vehicle|van|plate|reg)\b)|\bwho (?:owns|keeps|drives)\b.{0,12}\[vehicle\]|\bwhose (?:number|phone|car|plate|reg) is\b.{0,12}(?:\[\w+\]|this)",
    rf"\b(?:is|has) .{{0,12}}\[vehicle\].{{0,25}}\b(?:insured|taxed|stolen|flagged|markers?|wanted|registered|legit|cloned)\b",
    r"\b(?:can|could|will|would) (?:you|u) (?:please )?(?:run|do|get)(?: me)? (?:a |an )?(?:pnc|pnd|anpr|dvla|vehicle|person|name|intel) (?:check|search)",
    r"\b(?:can|could|will|would) (?:you|u) (?:please )?(?:check|search|access|log into|look on|look at|get into|query) (?:the )?(?:pnc|pnd|niche|athena|anpr|dvla|holmes|storm)\b",
    r"(?:^|please |pls )(?:run|do|need) (?:a |an )?(?:pnc|pnd|anpr|dvla|vehicle) check(?: please| pls| on\b.{0,40})?$",
    rf"\b(?:run|do|need) (?:a |an )?(?:quick )?(?:{_SYSTEM}|vehicle|intel|background) (?:check|search) (?:on|for|of)\b.{{0,6}}{_SOMEBODY}",
)  # fmt: skip

_MONEY_OR_DATE = r"(?:pay(?:ment|ments|day|slip|slips|roll|s)?|paid|rate|rates|claim|claims|claiming|owed|owe|date|booked?|book|approved?|authorise my|how much|entitled|entitlement|cancell?ed|carry over|allowance|request|form for)"
_HR = _any(
    rf"\bovertime\b.{{0,30}}\b{_MONEY_OR_DATE}\b|\b{_MONEY_OR_DATE}\b.{{0,30}}\bovertime\b",
    r"\b(?:annual leave|my leave|a/l|toil|lieu (?:time|days?)|rest days?|rdw|days off|bank holidays? (?:pay|leave|working))\b(?=.{0,60}$)(?!.{0,40}\b(?:offenders?|repeat|victims?|demand|burglar\w*|crime)\b)",
    r"\b(?:book|booking|request|cancel|take|got|how much|many days|carry over|apply for)\b.{0,20}\b(?:leave|holidays?)\b(?! (?:the|home|scheme|period|hunger|let|lets|activit\w*|parks?|burglar\w*|club|food|programme|season|events?|patrol|a|them|him|her|it))(?!.{0,30}\b(?:offender|detainee|suspect|patient|voter)\b)",
    r"\b(?:pay ?day|pay ?slip|payslips|pay ?rise|pay scale|pay scales|salary|wages|pay ?roll|pay point|increment|back pay|my pay|get paid|expenses|mileage claim|claim mileage|claim (?:my )?(?:expenses|mileage|food|travel))\b",
    r"\b(?:my|police|our|the) pension\b|\bpensions? (?:scheme|contribution\w*|forecast|remedy|department|statement)\b|\bpension\b.{0,20}\b(?:i|my|me)\b",
    r"\b(?:my|our|change|swap|swapping|whats the|new|next|which) (?:\w+ )?(?:shifts?|rota|roster|duties|shift pattern|tour of duty)\b(?=.{0,30}$)(?!.{0,30}\b(?:handover|briefing|hot ?spot|to prevention)\b)(?! (?:we|to) )|\bshift patterns?\b(?!.{0,30}\b(?:analys\w+|demand|hot ?spot)\b)(?<!the shift patterns)|\bduties (?:team|department|office)\b",
    r"\b(?:sick (?:pay|leave|note|day|days|line)|call(?:ing)? in sick|phone in sick|go(?:ing)? (?:off )?sick|off sick|ring in sick|sickness (?:pay|policy|absence|record|form|reporting)|report(?:ing)? (?:my )?sick(?:ness)?|phased return|return to work (?:interview|form|meeting))\b",
    r"\b(?:maternity|paternity|parental|adoption|compassionate|carers?|bereavement|study) leave\b|\b(?:flexible working|career break|part time hours|job share)\b(?=.{0,40}$)",
    r"\b(?:promotion (?:board|process|exam)|sergeants exam|inspectors exam|my pdr|probation(?:ary)? (?:review|period)? ?(?:for me|extended)|vetting (?:form|renewal)|transfer to another (?:force|team|department)|new uniform|order (?:new )?(?:uniform|boots|stab vest)|my contract|hand in my notice|resign(?:ing|ation)? (?:from|letter)|my line manager (?:wont|refuses))\b",
)  # fmt: skip

_DEVICE = r"(?:laptop|vpn|printer|pronto|log ?in|password|outlook|wi ?fi|docking station|mdt|toughbook|sharepoint|onedrive|single sign on|sso|authenticator|mfa|office 365|force (?:phone|mobile|tablet|app|email|account)|work (?:phone|mobile|tablet|email|account)|my (?:phone|mobile|tablet|email|emails|account|screen|computer|pc screen|headset|teams|mailbox|niche|athena|monitor|mouse|keyboard|access|airwave|radio battery|smart ?card)|(?:niche|athena|teams|connect|excel|word|email|the app|the system|intranet|the portal|chrome|edge|windows|citrix|mobile data|power bi|the computer|bwv dock|dems|evidence\.com))"
_FAULT = r"(?:wont|will not|doesnt|not|isnt|cant|cannot|keeps?|kept|broken|broke|crash\w*|froz\w+|freez\w+|locked|lock(?:s|ing)? me|reset|expired|forgot\w*|forgotten|slow|down|stuck|error|blank|install|update|logging (?:me )?out|logs me out|log ?in|logged|connect|work(?:ing)?|sync\w*|lost|unlock|jam(?:med|s)?|out of (?:ink|toner)|set ?up)"
_IT = _any(
    rf"\b{_DEVICE}\b.{{0,30}}\b(?:wont|will not|doesnt|isnt working|not working|not connecting|not loading|not syncing|keeps? (?:\w+ )?(?:log|crash|freez|lock|kick|drop|disconnect|ask|time|tim|say|fail|restart|shut)\w*|crash\w*|froz\w+|freez\w+|locked (?:me )?out|broken|is down|expired|error|lock(?:s|ing)? me out|log(?:s|ging)? me out|unlock|jammed)\b",
    r"\b(?:reset|forgot\w*|change|changing|lost|recover|unlock|expired)\b.{0,15}\b(?:my |the )?(?:password|log ?in|pin|account|passcode|smart ?card)\b|\bpassword (?:reset|expired)\b",
    rf"\b(?:cant|cannot|unable to|wont let me|trouble|struggling to|not letting me)\b.{{0,15}}\b(?:log ?(?:in|on)|log into|connect|print|sign in|access)\b.{{0,12}}\b{_DEVICE}\b",
    r"\b(?:cant|cannot|unable to|wont let me) (?:log ?(?:in|on)|log into|sign in|print)\b|\blocked out of (?:my|the) (?:account|laptop|phone|system|niche|athena|pronto|computer)\b",
    r"\b(?:need|want|order|get|request|install|set up|connect to|fix)\b.{0,12}\b(?:a |my |the )?(?:new |replacement |spare )?(?:laptop|printer|vpn|wi ?fi|docking station|monitor|headset|charger|work (?:phone|mobile)|force (?:phone|mobile))\b(?!.{0,20}\b(?:thefts?|stolen|victims?|marking|seiz\w+)\b)",
    r"\b(?:it|ict) (?:service ?desk|help ?desk|support)\b",
)  # fmt: skip

_COLLEAGUE = r"(?:colleagues?|sgt|sergeant|skipper|inspector|insp|boss|supervisor|line manager|manager|officers?|pcs?|cops?|chief|another officer|team ?mate|oppo|crewmate|ps|dc|ds|di|\[name\]|\[collar_number\]|my team|police staff|pcso)"
_COMPLAINT = _any(
    rf"\b(?:complain|complaint|grievance|whistle ?blow|blow the whistle|report|dob in|grass)\b.{{0,20}}\b(?:about|against|on|in|up)?\b ?(?:a |my |another |the |an |our |his |her )?(?:\w+ )?\b{_COLLEAGUE}\b(?! (?:to officer|hours|time|numbers|safety|assault|trust|stalking|complaint|presence|perception|welfare|for (?:asb|noise)))(?=.{{0,60}})(?<!report to police officer)(?<!community officer)",
    r"\b(?:psd|professional standards|iopc|police federation rep|fed rep|misconduct (?:hearing|meeting|notice)|reg(?:ulation)? (?:17|15) notice|gross misconduct)\b(?=.{0,80}$)",
    r"\bmy (?:sgt|sergeant|boss|inspector|supervisor|line manager|colleague|skipper|team)\b.{0,25}\b(?:bullying|bullies|bullied|racist|sexist|harassing|harasses|discriminat\w+|victimis\w+|picking on|unfair)\b|\b(?:bullied|harassed|discriminated against|victimised) by (?:my|a|our) (?:sgt|sergeant|boss|inspector|supervisor|colleague|team|manager|line manager)\b",
    r"\b(?:raise|make|submit|put in|lodge|file) (?:a |an |my )?(?:formal )?(?:grievance|complaint)\b(?! (?:about|against|with|of) (?:noise|asb|the council|a neighbour|the neighbour|anti|nuisance|licensing|housing|landlord))(?!.{0,30}\b(?:residents?|neighbours?|noise|asb|case review|landlord|trigger)\b)",
)  # fmt: skip

_LEGAL_ADVICE = _any(
    r"\b(?:can|could|will|would|might|may|am|are|do|if) (?:i|we)\b.{0,15}\b(?:be |get |getting |going to be |going to get |gonna be |gonna get |face |facing |liable to )(?:personally )?(?:sued|prosecuted|charged|sacked|fired|arrested|dismissed|struck off|disciplined|done|in trouble|jailed|taken to court|a criminal record|liable|misconduct|court)\b",
    r"\b(?:can|could|will|would) (?:he|she|they|someone|the (?:suspect|family|victim|complainant)|his solicitor|her solicitor|anyone) (?:actually |still )?(?:sue|prosecute|take) (?:me|us)\b",
    r"\bam i (?:personally )?(?:liable|in trouble|covered if|protected if|guilty|going to prison|at fault|legally)\b|\bdo i need (?:a |my own )?(?:solicitor|lawyer|fed rep)\b|\b(?:get|find|recommend) me a (?:solicitor|lawyer)\b",
    r"\bwhat are (?:my|our) (?:legal rights|chances|rights if i|chances in court)\b|\bmy (?:own )?(?:court case|legal case|divorce|tribunal|employment tribunal|landlord|custody case|solicitor says)\b",
    r"\b(?:chances? of|odds of|likelihood of|will (?:he|she|they|the suspect) (?:get|be)) (?:a |being )?(?:convict\w+|found guilty|conviction|acquitted|sent down|off with it)\b|\bis (?:he|she|my suspect|\[name\]) guilty\b",
    r"\b(?:give|need|want) (?:me )?(?:some )?legal advice (?:on|about|for|re)\b.{0,20}\b(?:my|a live|this|our|\[name\])\b",
)  # fmt: skip

_POLITICAL = r"(?:labour|tory|tories|conservatives?|lib ?dems?|reform uk|the greens|snp|starmer|sunak|farage|badenoch|trump|boris(?: johnson)?|corbyn|truss|the (?:government|prime minister|pm|home secretary|home sec|chancellor|mayor|pcc|left|right)|this government|our pcc|brexit|the king|monarchy|politicians|immigration|israel|gaza|palestine|ukraine|putin|defund(?:ing)? the police|just stop oil|two tier policing|woke)"
_POLITICS = _any(
    r"\bwho (?:should|would|do|will|did) (?:i|you|we|people) (?:be )?vot(?:e|ing)\b|\b(?:vote|voting) (?:for|labour|tory|reform|conservative|green)\b(?! (?:the|a) (?:plan|option|priority))|\bwho (?:will|is going to|do you think will) win the (?:next )?(?:general )?election\b",
    rf"\b(?:what do you (?:think|reckon|make)|whats your (?:view|opinion|take)|your (?:opinion|view|thoughts) (?:on|of|about)|do you (?:agree with|like|support|think)|are you (?:pro|anti|for|against)|thoughts on|opinion (?:on|of))\b.{{0,25}}\b{_POLITICAL}\b",
    rf"\b(?:is|are|isnt|arent|hasnt|has|have|did|does)\b.{{0,6}}\b{_POLITICAL}\b.{{0,25}}\b(?:any good|useless|rubbish|to blame|corrupt|a joke|doing a good job|ruin\w*|liar|lying|right wing|left wing|racist|incompetent|the best|the worst|right about|wrong about)\b",
    rf"\b{_POLITICAL}\b (?:is|are|has|have) (?:\w+ )?(?:useless|rubbish|to blame|a joke|ruin\w+|corrupt|a disgrace|an idiot|idiots|liars|destroying)\b",
    r"\bwhich (?:political )?party\b|\bare you (?:left|right) ?-?wing\b|\bshould (?:the )?(?:police be defunded|drugs be legal\w*|cannabis be legal\w*|we (?:rejoin|leave) the eu)\b",
)  # fmt: skip

_OFF_TOPIC = _any(
    r"\b(?:tell|give|say|got|know|make)\b.{0,12}\b(?:a |any |some |another |us a )?(?:good |funny |dad |police )?(?:jokes?|riddle|pun|knock knock)\b|\bmake me laugh\b",
    r"\b(?:write|compose|make|create|tell|give|sing|generate)\b.{0,12}\b(?:a |an |some |my |us a )?(?:\w+ )?(?:poem|haiku|limerick|song|rap|sonnet|lullaby|bedtime story|short story|love letter|birthday (?:message|speech|card)|best man speech|wedding speech|novel|fairy tale|essay (?:on|about|for my))\b",
    r"\b(?:weather|forecast) (?:like|today|tomorrow|tonight|this weekend|for (?:today|tomorrow|the weekend|saturday|sunday)|going to be|in \w+(?: today| tomorrow)?\s*$)|\bwhats the (?:weather|temperature|forecast)\b(?! (?:effect|impact))|\b(?:will|is) it (?:going to )?(?:rain|snow|be sunny|raining|snowing)\b",
    r"\bwho(?:s| is| will| won| has)? (?:won|winning|win|going to win|scored|playing|plays) (?:the |in the |for |against )?(?:\w+ ){0,3}?(?:match|game|cup|league|football|final|f1|grand prix|rugby|cricket|tennis|world cup|euros|fa cup|premier league|wimbledon|olympics|boxing|fight|race|england|arsenal|spurs|tottenham|chelsea|liverpool|united|city|watford|today|tonight|last night)\b|\bwho won\b.{0,20}\b(?:last night|yesterday|on saturday|on sunday|the match|the game)\b",
    r"\b(?:football|match|cricket|rugby|tennis|latest|final|half time) (?:scores?|results?|fixtures?)\b|\bwhat(?:s| was| is) the score\b|\bwhat time (?:is|does) the (?:match|game|football|kick ?off)\b|\bfantasy (?:football|league)\b",
    r"\brecipes?\b.{0,12}\b(?:for|to make|of)\b(?! (?:success|disaster|trouble|change|good|a good|a (?:successful|strong)|an? effective))|\bgot (?:a|any) (?:\w+ )?recipes?\b|\bhow (?:do|can|long|to)\b.{0,12}\b(?:cook|bake|roast|boil|fry|grill|bbq|marinate|defrost)\b|\bwhat (?:should|shall|can) (?:i|we) (?:eat|cook|have for (?:dinner|tea|lunch|breakfast))\b|\bhow long .{0,25} (?:in the oven|air ?fryer)\b",
    r"\b(?:best|good|nearest|nice|recommend\w*)\b.{0,15}\b(?:pizza|curry|takeaway|restaurant|cafe|coffee|kebab|chippy|sandwich|film|movie|series|netflix|book to read|holiday (?:destination|spots?)|gym|barber|hairdresser|beer|wine|pint|car to buy|phone to buy)\b(?!.{0,30}\b(?:licens\w+|crime|thefts?|robber\w*|watch)\b)",
    r"\b(?:whats|what is) the (?:capital|population|currency) of\b|\b(?:whats|what is) the (?:meaning of life|square root|time in|exchange rate|bitcoin price|stock price)\b|\bhow (?:tall|old|rich|heavy) is\b(?! (?:the (?:suspect|victim|guidance|law|policy|data|act|document)|too))|\bwhat (?:year did|planet)\b|\bhow far (?:is|away is) the (?:moon|sun)\b|\b\d+ ?(?:\+|plus|times|x|\*|divided by) ?\d+ ?(?:=|$)",
    r"\b(?:lottery|horoscope|star sign|bitcoin|crypto|stocks and shares|invest in)\b.{0,25}\b(?:numbers|today|this week|should i|buy|tips?|price|reading|mine|for me)\b|\b(?:whats|read) my (?:horoscope|star sign|fortune)\b|\bshould i (?:buy|sell|invest)\b",
    r"\b(?:do my|help with my|help me with my) (?:homework|coursework|dissertation|uni essay|garden|diet|workout|cv|dating|maths)\b|\b(?:write|fix|debug) (?:me )?(?:some |a |my )?(?:python|javascript|code|script|excel macro|html)\b(?!.{0,15}\b(?:of practice|a\b))",
    r"\b(?:do you (?:love|like|fancy) me|will you marry me|are you single|go on a date|whats your favou?rite|do you have feelings|sing (?:me|for me)|play (?:a game|some music|chess)|tell me a (?:story|secret|fun fact)|fun fact|flirt)\b",
)  # fmt: skip

# A rule is asked for: these speak of the matter in general, so the weaker kinds stand back.
_ABOUT_THE_RULE = re.compile(
    r"\b(?:policy on|guidance on|when (?:is|are|should|must|does|do|can)|how long (?:is|are|before|do|does|must|should)|what happens (?:if|when)|is it (?:an offence|misconduct|ever)|"
    r"who (?:can|may|must|authorises|decides|owns)|what (?:is|are|does|counts)|difference between|retention|rules? (?:on|for|about)|how (?:do|should|can) (?:i|we) (?:submit|record|log|grade|share|report) (?:intel|intelligence)|can (?:i|we) share|"
    r"how (?:do|should|would|can) (?:i|we) (?:check|find out|tell|know|see))\b"
)

_KINDS: tuple[tuple[Decline, re.Pattern[str], bool], ...] = (
    (Decline.PROMPT_TRICK, _PROMPT_TRICK, False),
    (Decline.FALSIFY, _FALSIFY, True),
    (Decline.SYSTEM_LOOKUP, _SYSTEM_LOOKUP, True),
    (Decline.INTELLIGENCE, _INTELLIGENCE, True),
    (Decline.COMPLAINT, _COMPLAINT, False),
    (Decline.LEGAL_ADVICE, _LEGAL_ADVICE, False),
    (Decline.HR, _HR, False),
    (Decline.IT, _IT, False),
    (Decline.POLITICS, _POLITICS, False),
    (Decline.OFF_TOPIC, _OFF_TOPIC, False),
)


def declined(text: str) -> Decline | None:
    """The reason not to answer, or None. The original text is needed: whether a name is asked about matters."""
    said = plain(redact(clean(text)).text)
    for kind, pattern, unless_about_the_rule in _KINDS:
        for match in pattern.finditer(said):
            before = said[max(0, match.start() - 60) : match.start() + 25]
            if not (unless_about_the_rule and _ABOUT_THE_RULE.search(before)):
                return kind
    return None
