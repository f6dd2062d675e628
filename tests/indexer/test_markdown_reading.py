"""Markdown and its dialects: front matter in TOML, notes, call-outs, definitions, includes, struck-out text."""

from __future__ import annotations

import pytest

from indexer.loaders.blocks import LoadRefused
from indexer.loaders.markdown.reader import read_markdown


def _shown(text: str) -> list[tuple[str, str]]:
    blocks = read_markdown(text).blocks
    return [(f"h{block.level}" if block.kind == "heading" else block.kind, block.text) for block in blocks]


def test_toml_front_matter_is_no_text() -> None:
    content = read_markdown(
        '+++\ntitle = "Sauna"\ndraft = true\n+++\n\n{{< notice >}}\nBeing rewritten.\n{{< /notice >}}\n'
    )

    assert content.front_matter == "draft: true\ntitle: Sauna\n"
    assert [block.text for block in content.blocks] == ["Being rewritten."]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+++\ntitle = \n+++\nx", 'Its front matter is not valid TOML. Write one field a line, such as title = "…".'),
        ("+++\ntitle = 'a'\nx", "Its front matter does not end. Write +++ on a line of its own below the last field."),
    ],
)
def test_wrong_toml_is_refused(text: str, reason: str) -> None:
    with pytest.raises(LoadRefused) as refused:
        read_markdown(text)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("From Friday[^h] on.\n\n[^h]: From ten.\n", [("paragraph", "From Friday on.\nNote 1: From ten.")]),
        ("It is 5 pounds.^[Six at night.]", [("paragraph", "It is 5 pounds.\nNote 1: Six at night.")]),
        ("14<sup>2</sup> days", [("paragraph", "14² days")]),
        ("~~40~~ <del>50 *m*</del> 90 metres", [("paragraph", "90 metres")]),
        ("!!! danger\n    Never tie two.", [("paragraph", "Danger: Never tie two.")]),
        ('??? warning "On ice"\n    Stay off.', [("paragraph", "On ice: Stay off.")]),
        ("> [!WARNING]\n> Never alone.", [("paragraph", "Warning: Never alone.")]),
        (":::danger\nStay off.\n:::", [("paragraph", "Danger:"), ("paragraph", "Stay off.")]),
        ("Boat\n: It has a stove.\n", [("list", "- Boat: It has a stove.")]),
        ("- [x] locked\n- [ ] lit", [("list", "- ☑ locked\n- ☐ lit")]),
        ("a. knock\nb. wait", [("list", "a. knock\nb. wait")]),
        ("|  | A | B |\n|--|--|--|\n| x |  | ✗ |", [("table", "| A | B\nx | | ✗")]),
        ("## Fees {#fees}\n\n[TOC]\n\nx", [("h2", "Fees"), ("paragraph", "x")]),
        ("## Contents\n\n- [One](#one)\n- [Two](#two)\n\n## One\n\nx", [("h2", "One"), ("paragraph", "x")]),
        ('<div style="display:none">\n\nsecret\n\n</div>\n\nseen', [("paragraph", "seen")]),
        ("<form>\n\nUse the form.", [("paragraph", "Use the form.")]),
        ('<ol start="²"><li>x</li></ol>', [("list", "1. x")]),
        ("```\n:::note\n~~x~~\n```", [("code", ":::note\n~~x~~")]),
    ],
)
def test_dialects_are_read_as_their_pages_show_them(text: str, read: list[tuple[str, str]]) -> None:
    assert _shown(text) == read


@pytest.mark.parametrize(
    "include",
    ['{% include "fees.md" %}', "{{< include fees.md >}}", "{{#include fees.md}}", '--8<-- "fees.md"', "{!fees.md!}"],
)
def test_files_that_a_page_takes_in_are_named(include: str) -> None:
    content = read_markdown(f"Before.\n\n{include}\n\nAfter.\n")

    assert [block.text for block in content.blocks] == ["Before.", "After."]
    assert content.notes == (
        "It takes in other files (fees.md), which are not read in its place. Save the page as it is published.",
    )
