"""What is said of figures, gaps and improvement projects."""

from __future__ import annotations

from datetime import date

PROOF_NOTHING_TRIED = "Nothing that was tried is on record, so no change can be claimed."
PROOF_TOO_FEW = (
    "There are {count} values from before anything was tried. Limits need {needed}, so chance cannot be told from "
    "change, and no change can be claimed."
)
PROOF_NO_VALUES = "There are no values yet from after the first thing tried, so no change can be claimed."
PROOF_NONE = (
    "The chart shows no signal since {day} ({what}): the {count} values since then are what chance alone would give. "
    "No change can be claimed. The average was {before} {unit} before and is {after} {unit} since."
)
PROOF_WORSE = (
    "The chart shows a signal since {day} ({what}), and it is for the worse: on average {before} {unit} before, "
    "{after} {unit} since. No improvement can be claimed."
)
PROOF_BOTH = (
    "The chart shows signals both ways since {day} ({what}): on average {before} {unit} before, {after} {unit} since. "
    "No improvement can be claimed before that is understood."
)
PROOF_HOLDS = (
    "The chart shows a signal for the better since {day} ({what}): {rules}. On average {before} {unit} before, {after} "
    "{unit} since. That it came after the change does not by itself prove that it came from it."
)
RULES = {
    "outside": "{count} outside the limits of before",
    "run": "{count} in a row on the better side of the average of before",
    "trend": "{count} in a row in the better direction",
    "near_limit": "{count} near the better limit, two of three at a time",
}
STAGES = {
    "objective": "Objective",
    "scanning": "Scanning",
    "analysis": "Analysis",
    "response": "Response",
    "assessment": "Assessment",
}
TOLD_MEASURE = "Measure: {name} ({unit}; better {better}). {definition}"
TOLD_BASELINE = "Before: {text}"
TOLD_TRIED = "Tried: {text}"
TOLD_CLAIM = "Said to have come of it: {says} Estimated by {who}, {how}; confidence {confidence}."
TOLD_FREED = (
    "Hours freed, estimated: {low} to {high} a month ({minutes_low} to {minutes_high} minutes each time x {times_low} "
    "to {times_high} times)."
)
TOLD_NOT_PROVEN = "Not borne out by the chart. {says}"
NO_MEASURE = "Give the measure a name, a definition and a unit, so that two people would count the same."
NAMES_PEOPLE = "A project is told to everyone, and this names {named}. Give it without."
SAYS_NOTHING = "Say something for {option}."
NOT_A_PROBLEM = "{reference} is no problem that the hub was asked to help with, so it becomes no project."
NO_CLAIM = "{reference} has no claim yet. Say what came of it first."
CSV_COLUMNS = "The file needs the columns day and value, the day as 2026-11-23. Line {line}: {why}."
NO_OWN_FIGURE = (
    "{reference} is not measured by one of the hub's own figures. Type its values, or read them from a file."
)
NO_VALUE = "{key} is counted as a share or a time, or is not one of the hub's figures; choose one of: {keys}."
OPENED = "{reference} is open, stage {stage}."
PUBLISHED = "{reference} is published. It is told as news, in the digest and on the monthly page."
PROPOSED = "{reference} is proposed. A different person approves it."
WITHDRAWN = "{reference} is taken back and no longer told."
NO_LESSON = "{reference} becomes a lesson once it is published, and grew out of a request."
HIDDEN = "hidden"
NOT_KNOWN = "not known"
HIDDEN_WHY = (
    "“hidden”: fewer than {least} or from fewer than {people} people, or such a number could be worked out from it. "
    "Nothing here is about one person."
)
NOT_OVER = (
    "{name} is not over yet. Figures are of whole weeks, months, quarters and years that are over; the last is {last}."
)
NO_PERIOD = "'{name}' is no period. Write it as 2026-W47, 2026-10, 2026-Q3 or 2026."
NO_SPLIT = "'{name}' splits nothing. Choose one of: {names}."
SPLIT_OF_WEEK = "A single week is not split by {by}: too few people would stand behind each number. Take a month."
NOT_REACHED = "over {hours} h"
GAP_CLOSED = "Closed by edition {edition}: {answered} of {count} are answered by now."
GAP_SHRINKS = "Edition {edition} answers {answered} of {count} by now."
GAP_DRAFTED = "Draft written to {path}. It is not searched until someone gives it a status that stands and indexes it."
DRAFT_ANSWER = "To be written: what officers may do, in what order, and on what law."
DRAFT_ASKED = "What officers asked"
DRAFT_NEAR = "What came near, and why it was not enough"
GAP_ASKED = "{reference} is open for the owner: {heading}"
GAP_TEXT = (
    "Guidance is missing or does not say it: “{heading}” Asked {size} times since {since}. Nearest section: {nearest}. "
    "Why that was not enough: {why}"
)
NO_GAP = "There is no gap {name}. Run: prevention-hub insight gaps"
NOTHING_NEAR = "nothing near"
WRONG_QUOTE = "It was quoted, and marked wrong."
SAVED_ASK = "About how long would this have taken you without me?"
SAVED_THANKS = "Thank you. Nobody can see that it was you."
SAVED_LABELS = {
    "0": "No time saved",
    "5": "5 minutes",
    "15": "15 minutes",
    "30": "Half an hour",
    "60": "An hour or more",
}
SAVED_TOO_FEW = "Too few officers have said how much time they were saved ({count} so far)."
SAVED_TOLD = (
    "{count} times officers said how long it would have taken them: half said {median} minutes or more (middle half: "
    "{low} to {high})."
)
DIGEST_GAPS = "Asked often, and not in the guidance"
DIGEST_PROJECTS = "Improvements, as far as they can be shown"
DIGEST_FREED = (
    "Hours freed, estimated: {low} to {high} a month. Published projects behind this, each borne out by its chart: "
    "{count}."
)
TITLE_FIGURES = "Figures of {period}"
TITLE_DEFINITIONS = "What each figure counts"
TITLE_GAPS = "Gaps in guidance"
TITLE_DOCUMENTS = "Documents by use"
TITLE_PROJECTS = "Improvement projects"
TITLE_MONTH = "Prevention Hub, month {period}"
CHART_DOCUMENTS = "Quoted most in the last half year"
KEPT = "Kept."
TYPE_A_VALUE = "Type a day and a number, such as 3.5, or choose a CSV file."
TYPE_A_DAY = "Type the day as 2026-11-23."
DIGEST_FIGURES = "How questions were answered"
DIGEST_GAP = "{count} subjects, asked {size} times in the last half year. The hub sees which."
DIGEST_RATE = "Answer rate of the week: {rate}."
PARQUET_NEEDS = "Parquet needs a package that is not installed. Run: pip install 'prevention-hub[insight]'"
GAPS_NONE = "No gap: no two open questions are alike."
DOCUMENTS_NONE = "The library has no documents."
PROJECTS_NONE = "There is no project yet. Run: prevention-hub insight projects open"
BETTER = {"up": "more is better", "down": "less is better"}


def day(value: date) -> str:
    """A date as people write it: "3 May 2026"."""
    return f"{value.day} {value:%B %Y}"


TITLE_NEW_PROJECT = "Open a project"
CHOOSE_A_STAGE = "Choose a stage."
CHOOSE_A_CONFIDENCE = "Say how sure whoever estimated it is."
FOUR_NUMBERS = "Hours freed need four numbers: minutes each time and times a month, a low and a high one of each."
