"""What of a saved message is its own: not the older messages below it, its signature, or a disclaimer."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from time import perf_counter

import pytest

from indexer.loaders import Block, load
from indexer.loaders.blocks import Content
from indexer.loaders.mail.chain import DISCLAIMED, OLDER, SIGNED, answers_between_lines, own_content, own_text
from tests.support.outlook import outlook_message

NEW = "Take radio set C."
OLD = "Take radio set B."


def _load(tmp_path: Path, text: str, page: str = "", subject: str = "Radios") -> tuple[list[str], tuple[str, ...]]:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "a@example.com"
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    file = tmp_path / "radios.eml"
    file.write_bytes(bytes(message))
    loaded = load(file)
    return [block.text for block in loaded.blocks], loaded.notes


_FIELDS = "From: PC Old\nSent: 1 March 2024\nTo: All\nSubject: Radios\n"


@pytest.mark.parametrize(
    "older",
    [
        f"-----Original Message-----\n{_FIELDS}\n> {OLD}\n",
        f"{_FIELDS}\n{OLD}\n",
        f"________________________________\n{_FIELDS}\n{OLD}\n",
        f"*From:* PC Old\n*Date:* 1 March 2024\n*To:* All\n\n{OLD}\n",
        f"On Mon, 2 Mar 2026 at 10:00, PC Old <old@b.example> wrote:\n> {OLD}\n> Regards\n",
        f"On Mon, 2 Mar 2026 at 10:00, PC Old\n<old@b.example> wrote:\n\n{OLD}\n",
        f"From: PC Old <old@b.example>\nTo: All\n\n{OLD}\n",
        f"> {OLD}\n",
    ],
)
def test_older_messages_below_a_message_are_left_out_and_told(tmp_path: Path, older: str) -> None:
    assert _load(tmp_path, f"{NEW}\n\n{older}") == ([NEW], (OLDER,))


_WROTE = "On Mon, 2 Mar 2026 at 10:00, PC Old <old@b.example> wrote:"


def test_own_words_below_or_between_what_is_quoted_keep_the_quotes(tmp_path: Path) -> None:
    quoted = f"{_WROTE}\n\n> {OLD}\n\n{NEW}\n"
    assert _load(tmp_path, quoted) == ([_WROTE, f"> {OLD}", NEW], ())
    texts, notes = _load(tmp_path, f"Hello.\n\n{_WROTE}\n> May I search?\nNo.\n> And later?\nYes.\n")
    assert ("No." in " ".join(texts), "May I search?" in " ".join(texts), notes) == (True, True, ())


@pytest.mark.parametrize(
    "page",
    [
        f"<p>Hello.</p><blockquote type=cite>{OLD}</blockquote><p>{NEW}</p>",
        f'<div class="moz-cite-prefix">{_WROTE}</div><blockquote type=cite>{OLD}</blockquote><p>{NEW}</p>',
        f'<p>A</p><div class="gmail_quote"><blockquote>{OLD}</blockquote><p>{NEW}</p><blockquote>x</blockquote></div>',
        f'<p>FYI all.</p><div class="gmail_quote"><p>--- Forwarded message ---</p><p>{OLD}</p><p>{NEW}</p></div>',
        f"<p>My answers are in red.</p><p>--Original Message--</p><p>{OLD}</p><p>{NEW}</p>",
    ],
)
def test_a_page_with_own_words_in_its_quotes_or_passed_on_is_kept_whole(tmp_path: Path, page: str) -> None:
    texts, notes = _load(tmp_path, "plain", page)
    assert (OLD in texts, NEW in texts, notes) == (True, True, ())


@pytest.mark.parametrize(
    "passed_on",
    [
        f"FYI all, please follow.\n\n---------- Forwarded message ---------\n{_FIELDS}\n{NEW}\n",
        f"FYI all, please follow.\n\nBegin forwarded message:\n\n{_FIELDS}\n{NEW}\n",
        f"Please see the policy below.\n\n-----Original Message-----\n{_FIELDS}\n{NEW}\n",
    ],
)
def test_what_is_passed_on_below_a_covering_line_is_kept(tmp_path: Path, passed_on: str) -> None:
    texts, notes = _load(tmp_path, passed_on)
    assert (NEW in texts, notes) == (True, ())


@pytest.mark.parametrize("subject", ["FW: Radios", "RE: Fwd: Radios", "[OFFICIAL] Fw: Radios"])
def test_a_subject_that_says_it_is_passed_on_keeps_everything(tmp_path: Path, subject: str) -> None:
    text = f"FYI all.\n\n-----Original Message-----\n{_FIELDS}\n{NEW}\n"
    texts, notes = _load(tmp_path, text, subject=subject)
    assert (NEW in texts, notes) == (True, ())


def test_a_message_that_is_only_passed_on_is_read(tmp_path: Path) -> None:
    passed_on = f"-----Original Message-----\n{_FIELDS}\n{NEW}\n\n-----Original Message-----\n{_FIELDS}\n{OLD}\n"
    assert _load(tmp_path, passed_on) == ([NEW], (OLDER,))
    page = "<p><b>From:</b> PC Old<br><b>Sent:</b> 1 March 2025<br><b>To:</b> All<br></p>"
    assert _load(tmp_path, "x", f"{page}<p>{NEW}</p>{page}<p>{OLD}</p>") == ([NEW], (OLDER,))


@pytest.mark.parametrize(
    "older",
    [
        f"<div><p><b>From:</b> PC Old<br><b>Sent:</b> 1 March 2025<br><b>To:</b> All</p></div><p>{OLD}</p>",
        f"<p>From: PC Old</p><p>Date: 1 March 2025</p><p>Subject: Radios</p><p>{OLD}</p>",
        f'<div class="gmail_quote"><div>On Mon, 2 Mar 2026, PC Old wrote:</div><blockquote>{OLD}</blockquote></div>',
        f'<blockquote type="cite">{OLD}</blockquote>',
        f"<p>-----Original Message-----</p><p>{OLD}</p>",
    ],
)
def test_older_messages_on_a_messages_page_are_left_out(tmp_path: Path, older: str) -> None:
    assert _load(tmp_path, "plain", f"<p>{NEW}</p>{older}") == ([NEW], (OLDER,))


def test_older_messages_of_an_outlook_message_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "radios.msg"
    file.write_bytes(outlook_message("Radios", f"{NEW}\r\n\r\n{_FIELDS}\r\n{OLD}".replace("\n", "\r\n"), {}))
    loaded = load(file)
    assert ([block.text for block in loaded.blocks], loaded.notes) == ([NEW], (OLDER,))


def test_a_signature_and_a_disclaimer_are_left_out_where_they_are_sure(tmp_path: Path) -> None:
    sure = "This email is confidential and intended only for the addressee. If you are not the addressee delete it."
    assert _load(tmp_path, f"{NEW}\n\n{sure}\n\n-- \nInsp Cole\n") == ([NEW], (SIGNED, DISCLAIMED))
    page = f'<p>{NEW}</p><p>{sure}</p><div class="gmail_signature">Insp Cole</div>'
    assert _load(tmp_path, "x", page) == ([NEW], (SIGNED, DISCLAIMED))


@pytest.mark.parametrize(
    "text",
    [
        "From: 1 March the desk is open.",
        "On Monday the inspector wrote: take set C.",
        "This message is to be read at briefing.",
        "From: the desk\n\nTo: the cells",
        "On 1 March 2026 the Chief Constable wrote: all goats go home.",
        "On 1 March 2026 the Chief Constable wrote:\n\nAll goats go home.",
        "On 1 March 2026, at 10:00, the Chief Constable wrote:\n\nAll goats go home.",
        "A typical scam reads:\n\nFrom: HMRC Date: 3 March 2026 Subject: Refund\n\nNever answer it.",
        "A scam looks so.\n\nFrom: HMRC Date: today Subject: Refund\n\nNever answer it.",
        "Please consider the environment before printing custody records: print only page 2.",
        "Disclaimer\n\nAsk the owner to sign it.",
        "Disclaimer forms are signed by the owner.",
        "If you are not the addressee of a warrant, ask for it.",
        "If you have received this email in error delete it.\n\nThe desk is open.",
        "This message is intended for custody sergeants: each named person must be searched.",
        "--\n\nFirst rule: never leave the radio in the car.",
    ],
)
def test_words_that_only_look_like_it_stay(tmp_path: Path, text: str) -> None:
    texts, notes = _load(tmp_path, f"{NEW}\n\n{text}")
    assert (texts, notes) == ([NEW, *text.split("\n\n")], ())


def test_only_a_short_last_part_is_a_signature(tmp_path: Path) -> None:
    long = "\n".join(f"Set {number}" for number in range(12))
    assert "Set 11" in " ".join(_load(tmp_path, f"{NEW}\n--\n{long}\n")[0])
    texts, notes = _load(tmp_path, f"{NEW}\n\n--\n\n{OLD}\n\n--\nInsp Cole\n")
    assert (OLD in texts, "Insp Cole" in " ".join(texts), notes) == (True, False, (SIGNED,))
    assert _load(tmp_path, "--\nTake radio C\n")[1] == ()
    for page in (f'<div id="Signature">{NEW}</div><p>{OLD}</p>', f'<p>{OLD}</p><div id="Signature"><p>{NEW}</p></div>'):
        texts, notes = _load(tmp_path, "x", page)
        assert (NEW in texts, notes) == (True, ())


@pytest.mark.parametrize(
    "line",
    ["-" * 10_000 + "\n", "- " * 5_000 + "\n", "____\n" * 3_000, "On 1 " * 5_000, "From: a\n" * 3_000, "> " * 9_000],
)
def test_long_and_many_lines_are_read_at_once(line: str) -> None:
    begun = perf_counter()
    own_text(f"{NEW}\n{line}\n{OLD}")
    own_content(Content(tuple(Block("paragraph", text) for text in (NEW, line, *line.split("\n")[:3_000], OLD)), ""))
    answers_between_lines(line)
    assert perf_counter() - begun < 1
