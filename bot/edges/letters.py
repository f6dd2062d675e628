"""What becomes of each kind of letter: what is shown, to whom, and where. Couriers only bring it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.ceilings import Ceilings
from bot.domain.letters import Letter, LetterKind
from bot.domain.messages import Place, Viewer
from bot.domain.requests import Request
from bot.edges import offers
from bot.edges.forms import divided
from bot.edges.names import ids_in, named_request, people_of
from bot.edges.shown import Card, Line, Note, Offer, Style
from bot.wording import labels

if TYPE_CHECKING:
    from bot.records import Records

PART = 2800
"""Characters of one message: every platform takes so many, and nothing of a letter is cut."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter, ready to be brought."""

    parts: tuple[Line | Note, ...] = ()
    """In this order, each as a message of its own."""
    is_private: bool = False
    """For the asker's own conversation, wherever it was asked."""
    card: Card | None = None
    """To be changed where it is shown, or posted; then the parts go into its thread."""
    posted: str = ""
    """The message that shows the card; empty while none does."""


def parcel(letter: Letter, records: Records, ceilings: Ceilings, *, is_direct: bool) -> Parcel:
    """What becomes of a letter; empty where what it tells of was purged. May raise RecordsError.

    `is_direct` says whether its address is read by the asker alone.
    """
    if letter.kind is LetterKind.CARD:
        return _card(letter, records, ceilings)
    if letter.again and letter.kind is not LetterKind.RECALL:  # what was shown and stands no more is said again
        return _perhaps(letter, records)
    if letter.kind is LetterKind.REMINDER:
        return Parcel(tuple(Line(part) for part in _parts(letter.text)), posted=_posted(letter, records))
    *first, last = _parts(letter.text)
    asked_in = "" if is_direct else letter.address
    buttons = tuple(offers.below_letter(letter.kind, letter.reference))
    ended = Note(last, letter.reference, buttons, asked_in)
    return Parcel((*(Note(part, letter.reference) for part in first), ended), is_private=True)


def card_of(request: Request, records: Records, ceilings: Ceilings, board: Place) -> Card:
    """A request as its card shows it in a channel: nothing of what is marked above that,
    or for some only. May raise RecordsError."""
    state = next((one.state.value for one in records.advice.all() if one.reference == request.reference), "")
    may = [one for one in request.found if ceilings.allow(one, Viewer(board))]
    return Card(
        _named(request, records), tuple(may), len(request.found) - len(may), tuple(offers.on_card(request, state))
    )


def _named(request: Request, records: Records) -> Request:
    """With names in the place of ids that only a directory knows, as "sgt-bell"; a platform puts its own people in."""
    ids = sorted(one for one in people_of([request]) if not ids_in([one]))
    return named_request(request, records.people.names(ids)) if ids else request


def _perhaps(letter: Letter, records: Records) -> Parcel:
    """A letter that may have arrived: what it is about, and a button that shows it."""
    told = f"{labels.LETTER_AGAIN[letter.kind.value].format(reference=letter.reference)} {labels.IF_NOT_BROUGHT}"
    note = Line(told, (offers.of_step("show_letter", letter.key),))
    if letter.kind is LetterKind.REMINDER:
        return Parcel((note,), posted=_posted(letter, records))
    return Parcel((note,), is_private=True)


def card_perhaps(letter: Letter) -> Line:
    """A card that may have been posted, though nobody wrote down as which message: this stands for it from now on."""
    told = labels.CARD_AGAIN.format(reference=letter.reference)
    return Line(told, (Offer("refresh", labels.SHOW_CARD, letter.reference, style=Style.PRIMARY),))


def _card(letter: Letter, records: Records, ceilings: Ceilings) -> Parcel:
    request = records.request(letter.reference)
    if request is None:
        return Parcel()
    card = card_of(request, records, ceilings, Place(letter.platform, letter.address))
    # what changed is in the card, which is drawn anew: the line below it is not said twice
    lines = () if letter.again else (Line(letter.text),)
    return Parcel(lines, card=card, posted=_posted(letter, records))


def shown_as(letter: Letter, records: Records, message: str) -> None:
    """Keep which message shows a request's card. May raise RecordsError."""
    records.cards.put(letter.platform, letter.address, letter.reference, message)


def _posted(letter: Letter, records: Records) -> str:
    return records.cards.get(letter.platform, letter.address, letter.reference) if letter.reference else ""


def _parts(text: str) -> Sequence[str]:
    return [part for _, part in divided(text, PART) if part.strip()] or [" "]
