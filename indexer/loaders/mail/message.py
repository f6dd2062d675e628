"""A message saved from a mailbox (.eml, .msg): its subject, its text, and the files attached to it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from indexer.loaders.blocks import Content, LoadRefused
from indexer.loaders.decoding import decoded
from indexer.loaders.mail.marked import marked_lines, marking_in_fields
from indexer.loaders.markings import without_marking_in_title

_ENCRYPTED = "It is an encrypted message. Save its text as a document of its own."
_NOT_MSG = "It is not an Outlook message, whatever its name says. Save it again, as .eml if that can be chosen."
_NOT_EML = "It is not a saved message, whatever its name says. Save it again as .eml."
_SEALED = {
    "application/pkcs7-mime",
    "application/x-pkcs7-mime",
    "application/x-microsoft-rpmsg-message",
    "multipart/encrypted",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RIGHTS = "message.rpmsg"
"""Name of the attachment that holds a message under rights management."""
_PASSED_ON = re.compile(r"^(?:\s*(?:re|fwd?)\s*(?:\[\d+\])?:)+\s*", re.IGNORECASE)
"""How mail programs begin the subject of an answer, or of a message that is passed on."""
_QUOTES = re.compile(r"^(?:> ?)+", re.MULTILINE)
_HEADS = ("subject", "from", "to", "date", "received", "mime-version", "content-type", "message-id")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a message; its name is as the sender wrote it, and never a path to be trusted."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """What a message says and carries."""

    subject: str
    html: bytes | None
    text: str
    attachments: tuple[Attachment, ...]
    sent: str = ""
    marking: str = ""
    """What the mail system's own fields say of it, as in RANKS."""


def read_mail(path: Path) -> Content:
    """Blocks of what a message says, under its subject; what is attached are documents of their own.

    Raises:
        LoadRefused: it is encrypted, or not what its name says.
    """
    mail = open_mail(path)
    marked = marked_lines(_content(replace(mail, text=_QUOTES.sub("", mail.text))).blocks)  # also in what it quotes
    content = _own_content(mail, _content(mail))
    sent = f"Sent: {mail.sent}" if mail.sent else ""
    around = tuple(line for line in (*content.around, sent, mail.marking, mail.subject, *marked) if line)
    title = without_marking_in_title(_PASSED_ON.sub("", mail.subject)) or content.title
    return Content(content.blocks, title, content.front_matter, around, content.notes)


def _own_content(mail: Mail, whole: Content) -> Content:
    """What a message itself says; all of it where it passes another on, or answers within what it quotes."""
    from indexer.loaders.mail.chain import OLDER, answers_between_lines, answers_in_page, own_content
    from indexer.loaders.mail.older import passes_on, refers_below

    if passes_on(mail.subject, "\n".join(block.text for block in whole.blocks)):
        return whole
    if answers_in_page(mail.html) if mail.html is not None else answers_between_lines(mail.text):
        return whole
    own = own_content(_own(mail))
    own = replace(own, notes=tuple(dict.fromkeys(own.notes)))
    refers = OLDER in own.notes and any(refers_below(block.text) for block in own.blocks)
    return whole if refers else own


def _own(mail: Mail) -> Content:
    """The same without older messages and the signature, as far as the lines or the page tell them."""
    from indexer.loaders.mail.chain import own_page, own_text

    if mail.html is not None:
        page, notes = own_page(mail.html)
        return _with_notes(_content(replace(mail, html=page)), notes)
    own = own_text(mail.text)
    return _with_notes(_content(replace(mail, text=own.text)), own.notes)


def _with_notes(content: Content, notes: tuple[str, ...]) -> Content:
    return replace(content, notes=tuple(dict.fromkeys((*content.notes, *notes))))


def _content(mail: Mail) -> Content:
    from indexer.loaders.html.reader import read_html
    from indexer.loaders.text import read_plain

    if mail.html is not None:
        return read_html(mail.html)
    return read_plain("\n".join(mail.text.splitlines()))


def open_mail(path: Path) -> Mail:
    """A message with its attachments.

    Raises:
        LoadRefused: it is encrypted, or not what its name says.
    """
    data = path.read_bytes()
    if data.startswith(_OLE):
        return _outlook(data)
    if path.suffix.lower() == ".msg":
        raise LoadRefused(_NOT_MSG)
    return _internet(data)


def _internet(data: bytes) -> Mail:
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not any(name in message for name in _HEADS):
        raise LoadRefused(_NOT_EML)
    if any(part.get_content_type() in _SEALED for part in message.walk()):
        raise LoadRefused(_ENCRYPTED)
    html, plain = message.get_body(("html",)), message.get_body(("plain",))
    return Mail(
        subject=_header(message, "subject"),
        html=_page(html) if html is not None else None,
        text=_text(plain) if plain is not None else "",
        attachments=tuple(_attached(message)),
        sent=_header(message, "date"),
        marking=marking_in_fields((name, str(value)) for name, value in message.items()),
    )


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _bytes(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: MIMEPart) -> str:
    try:
        return _bytes(part).decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decoded(_bytes(part))


def _page(part: MIMEPart) -> bytes:
    """The page in UTF-8 with its mark: what the message says of its characters counts more than the page."""
    return b"\xef\xbb\xbf" + _text(part).encode("utf-8", "replace")


def _attached(message: EmailMessage) -> Iterator[Attachment]:
    for number, part in enumerate(message.iter_attachments(), 1):
        if part.get_content_type() == "message/rfc822":
            inner = part.get_content()
            yield Attachment(f"{_subject_of(inner) or f'message {number}'}.eml", bytes(inner))
        elif part.get_content_disposition() == "attachment" or part.get_filename():
            yield Attachment(part.get_filename() or f"attachment {number}", _bytes(part))


def _subject_of(inner: EmailMessage) -> str:
    return " ".join(str(inner.get("subject", "")).split())[:80]


def _outlook(data: bytes) -> Mail:
    from oxmsg import Message

    message = Message.load(data)
    found = [(one.file_name or f"attachment {n}", one.file_bytes) for n, one in enumerate(message.attachments, 1)]
    if "SMIME" in (message.message_class or "").upper() or any(name.lower() == _RIGHTS for name, _ in found):
        raise LoadRefused(_ENCRYPTED)
    page = message.html_body
    return Mail(
        subject=" ".join((message.subject or "").split()),
        html=b"\xef\xbb\xbf" + page.encode("utf-8", "replace") if page else None,
        text=message.body or "",
        attachments=tuple(
            Attachment(name or f"attachment {n}", held) for n, (name, held) in enumerate(found, 1) if held
        ),
        sent=f"{message.sent_date:%d %B %Y}" if message.sent_date else "",
        marking=marking_in_fields((str(name), str(value)) for name, value in (message.message_headers or {}).items()),
    )
