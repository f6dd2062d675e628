"""What of a saved message is its own: not the older messages below it, its signature, or a disclaimer."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from indexer.loaders import load
from indexer.loaders.mail.chain import DISCLAIMED, OLDER, SIGNED
from tests.support.outlook import outlook_message

NEW = "Take radio set C."
OLD = "Take radio set B."


def _load(tmp_path: Path, text: str, page: str = "") -> tuple[list[str], tuple[str, ...]]:
    message = EmailMessage()
    message["Subject"], message["From"] = "Radios", "a@example.com"
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
        f"---------- Forwarded message ---------\nFrom: PC Old\n\n{OLD}\n",
        f"> {OLD}\n",
    ],
)
def test_older_messages_below_a_message_are_left_out_and_told(tmp_path: Path, older: str) -> None:
    assert _load(tmp_path, f"{NEW}\n\n{older}") == ([NEW], (OLDER,))


def test_an_answer_below_what_it_quotes_stays(tmp_path: Path) -> None:
    quoted = f"On Mon, 2 Mar 2026 at 10:00, PC Old <old@b.example> wrote:\n\n> {OLD}\n\n{NEW}\n"
    assert _load(tmp_path, quoted) == ([NEW], (OLDER,))


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
    ],
)
def test_words_that_only_look_like_it_stay(tmp_path: Path, text: str) -> None:
    texts, notes = _load(tmp_path, f"{NEW}\n\n{text}")
    assert (texts, notes) == ([NEW, *text.split("\n\n")], ())
