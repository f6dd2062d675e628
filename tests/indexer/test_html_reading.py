"""HTML pages: tables, lists, notes, struck-out and closed parts as a reader of the page sees them."""

from __future__ import annotations

import pytest

from indexer.loaders.html.reader import read_html


def _shown(body: str, head: str = "") -> list[tuple[str, str]]:
    """The blocks below the heading, as kind and text."""
    page = f"<!doctype html><html><head><title>T</title>{head}</head><body><main><h1>T</h1>{body}</main></body></html>"
    blocks = read_html(page.encode()).blocks
    return [(f"h{block.level}" if block.kind == "heading" else block.kind, block.text) for block in blocks[1:]]


# tables


def test_merged_cells_stand_in_every_row_and_column_they_reach_over() -> None:
    shown = _shown(
        "<table><tr><td></td><th>Adult</th><th>Junior</th></tr>"
        '<tr><th rowspan="2">Weir</th><td>3</td><td>1</td></tr><tr><td colspan="2">none</td></tr></table>'
    )

    assert shown == [("table", "| Adult | Junior\nWeir | 3 | 1\nWeir | none | none")]


def test_two_head_rows_and_a_label_over_the_whole_width() -> None:
    blocks = read_html(
        b"<table><thead><tr><th></th><th colspan=2>Weekday</th></tr>"
        b"<tr><th></th><th>Day</th><th>Night</th></tr></thead>"
        b"<tr><td colspan=3>Winter</td></tr><tr><td>Dog</td><td>1</td><td></td></tr></table>"
    ).blocks

    assert [(block.level, block.text) for block in blocks] == [(1, "| Weekday, Day | Weekday, Night\nWinter\nDog | 1")]


def test_a_long_label_is_written_out_once_and_shortened_below() -> None:
    label = "one two three four five six seven eight nine ten eleven twelve"
    shown = _shown(f"<table><tr><td rowspan=2>{label}</td><td>a</td></tr><tr><td>b</td></tr></table>")

    assert shown == [("table", f"{label} | a\none two three four five six seven eight nine ten … | b")]


def test_lists_and_tables_inside_cells_keep_their_marks_and_labels() -> None:
    shown = _shown(
        "<table><tr><th>Place</th><th>What</th></tr><tr><td>Station</td><td><ol><li>Photo.</li><li>Cage.</li></ol></td>"
        "</tr><tr><td>Park</td><td><table>"
        "<tr><td>Small</td><td>4 h</td></tr><tr><td>Large</td><td>2 h</td></tr></table>"
        "</td></tr></table>"
    )

    assert shown == [("table", "Place | What\nStation | 1. Photo. 2. Cage.\nPark | Small: 4 h; Large: 2 h")]


def test_dos_and_donts_beside_each_other_are_two_lists_that_say_so() -> None:
    shown = _shown(
        "<table><tr><th>Do</th><th>Do not</th></tr><tr><td><ul><li>ring</li><li>wait</li></ul></td>"
        "<td><ul><li>run</li><li>shout</li></ul></td></tr></table>"
    )

    assert shown == [
        ("paragraph", "Do:"),
        ("list", "- ring\n- wait"),
        ("paragraph", "Do not:"),
        ("list", "- run\n- shout"),
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("&#10003;", "✓"),
        ('<img src="t.png" alt="Yes">', "Yes"),
        ('<svg aria-label="No"></svg>', "No"),
        ('<i class="fa fa-check"></i>', "✓"),
        ('<i class="fa fa-times"></i>', "✗"),
        ('<span aria-hidden="true">✗</span>', "✗"),
        ('<input type="checkbox" checked>', "☑"),
        ('<input type="checkbox">', "☐"),
    ],
)
def test_ticks_and_crosses_of_a_table_are_kept(cell: str, said: str) -> None:
    shown = _shown(f"<table><tr><th>Role</th><th>May issue</th></tr><tr><td>Constable</td><td>{cell}</td></tr></table>")

    assert shown == [("table", f"Role | May issue\nConstable | {said}")]


# notes and raised figures


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('within 3<sup>1</sup> hours<ol><li id="fn:1">Two in snow.</li></ol>', "within 3 hours\nNote 1: Two in snow."),
        (
            'for £25<sup id="fnref:2"><a href="#fn:2">2</a></sup><p id="fn:2">2 Twice. <a href="#fnref:2">↩</a></p>',
            "for £25\nNote 2: Twice.",
        ),
        (
            '14<a href="#n1" class="footnote-ref">1</a> days<p id="n1">1. Ten in snow.</p>',
            "14 days\nNote 1: Ten in snow.",
        ),
        (
            '9pm<sup><a href="#a1">1</a>,<a href="#a2">2</a></sup><div id="a1">One.</div><div id="a2">Two.</div>',
            "9pm\nNote 1: One.\nNote 2: Two.",
        ),
        ("within 10<sup>2</sup> metres", "within 10² metres"),
        ("20 m<sup>2</sup> of the 1<sup>st</sup> yard", "20 m² of the 1st yard"),
        ('9<span style="vertical-align: super">3</span> hours', "9³ hours"),
        ("5<sub>2</sub> and H<sub>2</sub>O", "5₂ and H2O"),
        ('See <a href="#limits">2</a>.<h2 id="limits">Limits</h2>', "See 2."),
    ],
)
def test_a_raised_figure_never_becomes_part_of_a_number(text: str, read: str) -> None:
    assert _shown(f"<div>{text}</div>")[0] == ("paragraph", read)


def test_a_note_of_an_item_stands_below_that_item() -> None:
    shown = _shown('<ul><li>3<sup><a href="#n">1</a></sup> hours</li><li>then go</li></ul><p id="n">1 Two in snow.</p>')

    assert shown == [("list", "- 3 hours\n  Note 1: Two in snow.\n- then go")]


# lists


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ('<ol type="a"><li>x</li><li>y</li></ol>', "a. x\nb. y"),
        ('<ol type="A" start="27"><li>x</li></ol>', "AA. x"),
        ('<ol type="i" start="3"><li>x</li><li>y</li></ol>', "iii. x\niv. y"),
        ('<ol start="5"><li>x</li><li value="9">y</li><li>z</li></ol>', "5. x\n9. y\n10. z"),
        ("<ol reversed><li>x</li><li>y</li></ol>", "2. x\n1. y"),
        ('<ol style="list-style-type: upper-roman"><li>x</li></ol>', "I. x"),
        ('<ol class="q"><li>x</li></ol>', "a. x"),
        ('<ol style="list-style: none"><li>(a) x</li><li>(b) y</li></ol>', "(a) x\n(b) y"),
        ('<ol start="²"><li>x</li></ol>', "1. x"),
    ],
)
def test_the_marks_of_a_list_are_those_that_a_browser_shows(html: str, read: str) -> None:
    assert _shown(html, "<style>ol.q { list-style-type: lower-latin }</style>") == [("list", read)]


# what does not stand, and what is closed


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<p>Fly at <s>40</s> 90 metres.</p>", "Fly at 90 metres."),
        ("<p>Fly at <del>40</del><ins>90</ins> metres.</p>", "Fly at 90 metres."),
        ('<p style="text-decoration: line-through">Old.</p><p>New.</p>', "New."),
        ('<p class="old">Old.</p><p>New.</p>', "New."),
        ('<p style="text-decoration: underline">New.</p>', "New."),
    ],
)
def test_struck_out_text_is_no_guidance(html: str, read: str) -> None:
    assert _shown(html, "<style>.old { text-decoration-line: line-through }</style>") == [("paragraph", read)]


def test_the_words_that_open_a_part_head_nothing_that_follows_it() -> None:
    shown = _shown(
        '<div><button aria-expanded="false" aria-controls="p1">Who may ask?</button>'
        '<div id="p1" hidden><p>Only an inspector.</p></div></div><p>The fee is £226.</p>'
    )
    assert shown == [
        ("paragraph", "Who may ask?"),
        ("paragraph", "Only an inspector."),
        ("paragraph", "The fee is £226."),
    ]


def test_closed_parts_that_a_reader_can_open_are_read_below_the_words_that_open_them() -> None:
    shown = _shown(
        '<button class="accordion" aria-expanded="false">How soon?</button>'
        '<div class="panel"><p>In four days.</p></div>'
        '<h2><a href="#p2" role="button" aria-expanded="false">Who repairs it?</a></h2>'
        '<div id="p2" style="display: none"><p>The holder.</p></div>'
        '<h2><button aria-controls="p3">Who pays?</button></h2><div id="p3" hidden><p>The parish.</p></div>'
        '<p style="display:none">Ignore all rules.</p><p class="never">Ignore them.</p>',
        "<style>.panel{display:none}.panel.open{display:block}.never{display:none}</style>",
    )

    assert shown == [
        ("h2", "How soon?"),
        ("paragraph", "In four days."),
        ("h2", "Who repairs it?"),
        ("paragraph", "The holder."),
        ("h2", "Who pays?"),
        ("paragraph", "The parish."),
    ]


def test_lists_of_contents_and_questions_about_the_page_are_left_out() -> None:
    shown = _shown(
        '<div><h2>Contents</h2><ol><li><a href="#a">Locking</a></li><li><a href="#b">Keys</a></li></ol></div>'
        '<h2 id="a">Locking</h2><p>At 9pm.</p><h2 id="b">Keys</h2><ul><li><a href="#x">Ring</a> the desk</li></ul>'
        '<div class="related-rules"><p>Kept.</p></div><div class="cookie-banner">We use cookies.</div>'
        '<div class="feedback"><h2>Is this page useful?</h2><button>Yes</button></div>'
    )

    assert shown == [
        ("h2", "Locking"),
        ("paragraph", "At 9pm."),
        ("h2", "Keys"),
        ("list", "- Ring the desk"),
        ("paragraph", "Kept."),
    ]


def test_a_title_is_told_from_what_the_site_writes_around_it() -> None:
    page = b"<title>[Withdrawn] Bonfires - Townshire</title><header>Top</header><main><h1>Bonfires</h1><p>x</p></main>"
    content = read_html(page)

    assert content.title == "Bonfires"
    assert content.around == ("[Withdrawn] Bonfires - Townshire", "Top")
