"""Requests for the hub in officers' own words: heard, and told apart by whose work they are about."""

from __future__ import annotations

import pytest

from bot.domain.requests import RequestKind
from bot.safeguards import clean, hub_request

OUR_OWN_WORK = [
    "we log the same sudden death on three systems before anyone goes home. id like it raised with someone who can change that",  # noqa: E501
    "every shift i print the briefing, sign it, scan it back in. can this get looked at",
    "property store is only open 9 till 12 so we drive back the next day, want help getting that changed",
    "custody make us wait four hours to book in for a shoplifting. who could help us get that sorted",
    "two departments both ring the same victim on the same day, need someone to join it up",
    "Referral forms bounce back from the MASH for tiny errors and we resend them. please can this be picked up",
    "nobody tells us what the other teams have tried so each of us writes the same plan from scratch. could someone from the hub look at it",  # noqa: E501
    "our car pool is six cars for thirty officers so we stand about till one comes back. any chance this can be raised",
    "the handover sheet, the tracker and the briefing dont agree, can you help us get down to one",
    "I spend half my shift chasing disclosure from the same surgery, would like support to take it to the partnership",
    "control room sends us to every alarm even though 9 in 10 are false. can you help us change it",
    "we fill in a vulnerability form for every job even when there is no one vulnerable, hundreds a week, can we get rid of it",  # noqa: E501
    "i key every stop search in on my phone and then again on the desktop. can you do something about it",
    "training wants a signed paper copy of something we already did online, can it be scrapped please",
    "four units turn up to the same hospital job because the logs dont join up. would the hub help sort this",
    "our station printer is in another building, every file means a ten minute walk. needs raising",
    "Exhibits get booked in on paper and then on the computer. Please could someone look at cutting one of them out",
    "licensing team and neighbourhood team each keep their own list of problem pubs and they never match. help us merge them",  # noqa: E501
    "the out of hours nurse takes 5 hours to reach custody, every shift loses two officers. I want this escalated",
    "officers drive to hq to swear a warrant when it could be done by video, who do i ask to get it changed",
    "early help bin half of our referrals without telling us so we do them twice. can the hub get this fixed",
    "pointless weekly return that nobody reads, 2 hours of my time. can we bin it",
    "to get a duty change signed i need three inspectors on three days, could that be looked at",
    "we hold the same briefing twice each morning for two shifts that overlap. can you help us stop it",
    "licensing visits are booked on a wall calendar and an app, they clash weekly. would like someone to sort it",
    "vulnerability team email every referral to five inboxes and all five reply. raise it please",
    "body cams take 40 mins to dock so late turn go off late, who can get it changed",
    "we still fax the coroner. please can the hub do something",
    "every seized phone sits 6 weeks in a queue nobody triages, want help taking it to the super",
    "asb diaries are typed up by us from the victims handwriting, hours of it, any way you can help us stop",
    "housing asks us for the same disclosure in a different form each time, could someone help agree one template",
    "pcsos cant log on to the case system so they ring us to type it in. needs sorting",
]  # fmt: skip

OUTSIDE = [
    "the same four lads have had 22 calls to the retail park since june. please can someone pick this up",
    "Requesting help with a problem-solving plan: catalytic converter thefts at the station car park, 14 since August.",
    "i want actual help with the allotment break ins, not a link",
    "we've got one address with 41 calls this year, mental health wont take it, nobody owns it. can this be looked into by the hub",  # noqa: E501
    "shopkeepers are being robbed faster than we can get there. need proper support",
    "Request for analytical support: burglaries along the canal, eight in a month, same entry method",
    "thirty odd calls about bikes on the marsh and all i get is a leaflet. can one of you help",
    "this caller has rung 112 times since march and its always about noises. please take this on",
    "taxi rank fights every friday and ive run out of ideas, can you lot help us sort it",
    "need some support with a care home thats had 50 mispers since spring",
    "Sheep worrying across nine farms, no suspects. Asking for help from the hub please",
    "repeat thefts of tools from vans on our estate, patrols do nothing, I'd like the hub to take it on",
    "we keep getting called to the same hmo, 35 times since easter, ambulance too. could you lot get involved",
    "Shoplifting at the retail park has doubled, three stores closing. I'd welcome some problem solving support",
    "can you help me with a problem, boats being broken into all down the marina",
    "lads climbing on the school roof each weekend, tried everything, would love some ideas and a hand",
    "please help, the underpass has had nine robberies since clocks went back",
    "A regular caller rings 999 six times a night. Need a multi agency plan and dont know who to get round the table. help please",  # noqa: E501
    "seeking support from the hub: tractor gps thefts, 19 farms, cross border",
    "nobody seems to own the problem at the bus interchange, can the hub take a look",
    "i'd like an analyst to look at why our ward has so many bike thefts",
    "we need someone to help with nitrous oxide on the rec, parents on my back",
    "spate of van break ins along the seafront, patrols made no odds, could do with you lot",
    "i need someone to sit with me and do a plan on the travellers site fires",
    "can the hub look at a location for me, bus stop with 27 assaults since new year",
    "been to the same flat 19 times for shouting, housing useless. anyone able to help",
    "Request hub support, repeat arson at the playing fields, six bins and a pavilion",
    "our town centre is a mess with street drinkers, I want to work up a proper response with partners, please get in touch",  # noqa: E501
    "same woman calls about her neighbour every single night, can you take a look at it",
    "can i get an analyst for a few hours on moped thefts",
    "lots of elderly people being scammed on our patch, help needed setting up something with the banks",
    "quad bikes tearing up the golf course every sunday, keen to get hub input",
]  # fmt: skip

QUESTIONS = [
    "what help can a victim of repeat burglary get",
    "who do i send a fly tipping report to",
    "is there a form for requesting an analyst",
    "how many calls before an address is a repeat location",
    "can i get help with interpreter costs from the council",
    "does a cpn have to be hand delivered or can we post it",
    "do i have to wait 4 hours before a second strip search",
    "how long can officers wait at hospital with a 136",
    "we have two offences on the same day, one form or two",
    "what do i do if mash send the referral back",
    "can the same evidence be used for a cbo and an injunction",
    "is a warning letter needed every time before a cpn",
    "need help understanding the dash questions",
    "should someone look at the risk assessment before a closure order",
    "what support is there for farmers hit by theft",
    "which team picks up a mispers case after 48 hours",
    "victim wants support, who do i refer to",
    "she gets called 30 times a day by her ex, is that stalking",
    "want to know if i can seize a quad",
    "what happens when nobody owns the land",
    "how do i get an analyst to look at my data",
    "can a pcso issue a cpw for bins",
    "do all four questions need asking every time for dash",
    "who owns the problem if the land is private",
    "same address 20 calls, is that enough for a closure order",
    "council wont help, can i use s222",
    "can i share the tracker with housing",
    "is it right that a referral goes to mash and early help both",
    "can someone under 18 be on a cbo",
    "what is in the support package for farmers",
    "suspect wants help with drugs, where do i send him",
    "lads on the roof every night, which power",
    "we wait for cps advice before charge or can the sergeant charge",
    "victim has to repeat her story to three agencies, can idva speak for her",
    "any evidence that leaflets work for burglary",
    "how long does the custody nurse have to see him",
    "noise complaint every weekend, council or police",
    "residents fed up with parking at the school, what can we enforce",
    "can i get this looked at under victims right to review",
    "farm has had nine quads nicked, what crime prevention advice is there",
    "lots of elderly people being scammed, what is the banking protocol",
    "can i get help for a victim of scams",
    "who should look at the dash before it goes to marac",
    "does the hospital have to give us the form",
    "can we stop them from using the hall",
    "how many times can a form be sent back",
    "can you help me understand closure orders",
    "can you tell me the test for a pspo",
    "could a cpn be used against a pub",
    "same woman calls every night, is it a malicious comms offence",
    "is it ok to share a list of names with pubwatch",
    "he said he wants help for drink, which service",
    "i need to get a closure order changed, who do i apply to",
    "can you change the conditions on a pspo",
    "waiting 3 hours for a doctor in custody, does the clock stop",
    "we need to get a witness statement signed, can it be done online",
    "neighbours log noise in a diary every night, is that good enough evidence",
    "the residents want the alley gated, how does that work",
    "the shop has reported the same lad 12 times, what options are there",
    "can victims have their phone looked at without consent",
]  # fmt: skip


@pytest.mark.parametrize("text", OUR_OWN_WORK)
def test_our_forms_systems_and_waiting_are_an_inefficiency(text: str) -> None:
    assert hub_request(clean(text)) is RequestKind.ORGANISATIONAL_INEFFICIENCY


@pytest.mark.parametrize("text", OUTSIDE)
def test_crime_places_and_callers_are_an_operational_problem(text: str) -> None:
    assert hub_request(clean(text)) is RequestKind.OPERATIONAL_PROBLEM


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_with_the_same_words_is_no_request(text: str) -> None:
    assert hub_request(clean(text)) is None
