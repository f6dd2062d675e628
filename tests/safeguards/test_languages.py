"""Messages that are not in English."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot import wording
from bot.safeguards import Urgency, language, urgency
from bot.wording import languages


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Beth yw'r canllaw ar rybudd cymunedol?", "welsh"),
        ("sut mae gwneud cais am orchymyn cau", "welsh"),
        ("jak długo można kogoś zatrzymać", "polish"),
        ("ce trebuie să fac pentru un copil dispărut, vă rog", "romanian"),
        ("ہم کسی کو کتنی دیر روک سکتے ہیں", "urdu"),
        ("mujhe madad chahiye, notice kaise karna hai", "urdu_roman"),
        ("ਮੈਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ", "punjabi"),
        ("كيف يمكنني إغلاق منزل", "arabic"),
        ("як закрити квартиру, є правила?", "ukrainian"),
        ("how do I close a house", None),
        ("CPN?", None),
        ("que", None),
        ("is mi a reason for s136", None),
        ("Siân Rhys keeps parking on the verge in Aberystwyth", None),
    ],
)
def test_which_language(text: str, name: str | None) -> None:
    assert language(text) == name


def test_each_line_names_999_and_every_language_has_one() -> None:
    lines = tomllib.loads((Path(languages.__file__).parent / "languages.toml").read_text(encoding="utf-8"))
    assert all("999" in line for line in lines.values())
    cues = tomllib.loads(
        (Path(urgency.__code__.co_filename).parent / "cues/languages.toml").read_text(encoding="utf-8")
    )
    assert set(cues["words"]) - {"english"} <= set(lines)
    assert "Saesneg" in wording.in_language("welsh")
    assert wording.in_language("klingon") == ""


@pytest.mark.parametrize(
    "text",
    ["mae ganddo gyllell", "mae'r tŷ ar dân", "dydy hi ddim yn anadlu", "mae plentyn yn boddi", "help fi nawr"],
)
def test_an_emergency_in_welsh(text: str) -> None:
    assert urgency(text) is Urgency.INCIDENT


@pytest.mark.parametrize("text", ["beth yw'r polisi ar gyllyll?", "pryd mae'r hyfforddiant gwn?"])
def test_a_question_in_welsh_is_calm(text: str) -> None:
    assert urgency(text) is None
