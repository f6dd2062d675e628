"""What the transparency page and the accessibility statement say; figures and settings are put in when shown."""

from __future__ import annotations

TRANSPARENCY_TITLE = "How this assistant works"
TRANSPARENCY_LEAD = (
    "It finds what guidance says about a question and shows it word for word. No language model writes any of it, and "
    "it decides nothing about anybody: what to do with a quote is an officer's own judgement, or a supervisor's."
)
WITH_A_READER = (
    "A language model that this force allows points at sentences of the guidance; every word that is shown is still "
    "quoted. It is sent the question only after names and numbers were taken out."
)
HOW = (
    "An emergency is looked for first, before anything else is done, and signposted to 999.",
    "Names, addresses, numbers and other identifiers are taken out of what was typed before anything is kept.",
    "The guidance is searched by words and by meaning, on the force's own machines.",
    "A passage is quoted only where it is likely enough to answer; where several are near, they are offered to choose "
    "from; where nothing is, the question goes to the hub's people.",
    "What the guidance itself calls uncertain, or what is past its review date, is never quoted as the answer.",
)
LIMITS = (
    "It can miss guidance that is there, and it can offer the wrong passage. Every answer names its source, so that it "
    "can be checked, and can be marked as wrong.",
    "It knows nothing that is not in its library: no cases, no people, no live information.",
)
FOR_WHOM = (
    "No figure is kept about one officer, and nothing that is typed is used to judge anybody's performance. Requests "
    "carry the asker's account, so that the hub can reply."
)
ACCESSIBILITY_TITLE = "Accessibility"
ACCESSIBILITY_LEAD = (
    "We want as many people as possible to be able to use this portal. That means you should be able to:"
)
ABLE_TO = (
    "make the text up to 400 % larger without anything being cut off or scrolling sideways",
    "use every page with the keyboard alone, and see where you are",
    "use every page with scripts switched off",
    "use it with a screen reader, with speech recognition, on a phone, and in dark or high contrast mode",
    "print guidance without menus around it",
)
STANDARD = (
    "It is built to meet the Web Content Accessibility Guidelines 2.2 at level AA. Every release is tested by a "
    "program (axe-core) in a real browser on every main page, in light and dark, at the width of a phone, and with the "
    "keyboard. It has not been audited by an independent body, and has not been tried with every screen reader."
)
KNOWN_LIMITS = (
    "Charts are pictures; the table beside each holds the same figures.",
    "Links may lead to documents of other bodies, which may not be accessible. Ask the hub for another form.",
)
REPORT = "If something does not work for you, or you need guidance in another form, tell the hub:"
NO_CONTACT = "use the feedback page of this portal, or ask a colleague in the hub."
