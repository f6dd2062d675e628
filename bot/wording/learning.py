"""Learning paths, programme news and the weekly digest."""

from __future__ import annotations

DIGEST_TITLE = "Prevention Hub, week of {monday} to {sunday}"
DIGEST_NEWS = "Programme news"
NO_DIGEST = "There is no such digest. The worker prepares one each week. Run: prevention-hub worker --once"
DIGEST_APPROVED = "Approved by {person}. “news” tells it."
DIGEST_WAITING = "Waiting for approval. Run: prevention-hub news approve {week}"
DIGEST_NO_NEWS = "No programme news this week."
DIGEST_ADDED = "New in the library"
DIGEST_CHANGED = "Changed in the library"
DIGEST_REMOVED = "Taken out of the library"
DIGEST_DUE = "Guidance to be reviewed soon"
DIGEST_ASKED = (
    "Questions answered in the week: {total}. Quoted from guidance: {answered}. "
    "Asked which was meant: {possible}. Handed to the hub: {handed_over}."
)
DIGEST_NOT_ASKED = "No questions were asked in the week."
NO_NEWS = "There is no programme news yet."
LEARN_OFFER = "Learning paths: short readings from the library, then three questions. Type “learn 1” to begin."
LEARN_STATE = "{done} of {total} steps done."
LEARN_ALL_DONE = "Done, with {right} of {checks} questions right."
LEARN_NO_SUCH = "There is no learning path with that number. Type “learn” for the list."
LEARN_READING = (
    "Reading {number} of {count}, about {minutes} min with a problem of your own in mind. "
    "Type “next” when you are done."
)
LEARN_CHECK = "Question {number} of {count}. Type the letter of your answer."
LEARN_RIGHT = "Right."
LEARN_WRONG = "Not quite: it is {letter}."
LEARN_END = "That was the last step of “{title}”. Type “learn” for the others."
LEARN_GONE = "The library no longer has this section, so there is nothing to read here. Type “next”."
LEARN_NEXT_WHAT = "You are on no learning path. Type “learn” for the list."
LEARN_NOT_KEPT = "Your progress could not be kept, so it starts again next time."
LEARN_PRIVATE = "Only you see your progress. “forget my learning” deletes it."
LEARN_NOT_FORGOTTEN = "Your learning could not be deleted just now. Try again later."
LEARN_FORGOTTEN = "Deleted: {count} steps of your learning."


def digest_state(approved_by: str, week: str) -> str:
    """Whether a digest has been released, and by whom."""
    return DIGEST_APPROVED.format(person=approved_by) if approved_by else DIGEST_WAITING.format(week=week)
