"""Word's files of before 2007 (.doc), by a program that is installed: LibreOffice, else antiword."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from indexer.loaders.blocks import Content, LoadRefused

SECONDS = 240
"""After which a program that hangs is ended; its computing time is limited as that of every reader."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_PROGRAM = "Old Word files need LibreOffice or antiword on this machine. Install one, or save it again as DOCX."
_NOT_DOC = "It is not an old Word file, whatever its name says. Give it the right ending."
_RTF = "It is an RTF file, whatever its name says, and RTF is not read. Open it in Word and save it as DOCX."
_FAILED = "It cannot be read as an old Word file: it is protected or damaged. Save it again as DOCX."
_WORDS_ONLY = "It was read by antiword, which does not see its headings. Save it again as DOCX."


def read_old_word(path: Path) -> Content:
    """Blocks of a .doc file.

    Raises:
        LoadRefused: no program that reads it is installed, or none can.
    """
    with path.open("rb") as file:
        magic = file.read(8)
    if magic != _OLE:
        raise LoadRefused(_RTF if magic.startswith(b"{\\rtf") else _NOT_DOC)
    office, words = shutil.which("soffice"), shutil.which("antiword")
    if office is None and words is None:
        raise LoadRefused(_NO_PROGRAM)
    if office is not None and (content := _by_libreoffice(office, path)) is not None:
        return content
    if words is None:
        raise LoadRefused(_FAILED)
    return _by_antiword(words, path)


def _by_libreoffice(program: str, path: Path) -> Content | None:
    """The blocks of the file as DOCX; nothing where it cannot be converted."""
    from indexer.loaders.docx.reader import read_docx

    with tempfile.TemporaryDirectory() as work:
        profile = Path(work, "profile").as_uri()
        into = ["--headless", "--norestore", "--convert-to", "docx", "--outdir", work]
        _output([program, f"-env:UserInstallation={profile}", *into, str(path)], home=work)
        made = Path(work, f"{path.stem}.docx")
        return read_docx(made) if made.is_file() else None


def _by_antiword(program: str, path: Path) -> Content:
    from indexer.loaders.text import read_plain

    with tempfile.TemporaryDirectory() as work:
        # -w 0: a line for each paragraph
        text = _output([program, "-w", "0", "-m", "UTF-8.txt", str(path)], home=work)
    if not text.strip():
        raise LoadRefused(_FAILED)
    content = read_plain(text.replace("\n", "\n\n"))
    return Content(content.blocks, content.title, notes=(_WORDS_ONLY,))


def _output(command: Sequence[str], *, home: str) -> str:
    """What a program writes; empty where it fails or hangs."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 a program found by its name, and a file's path
            command,
            env={**environment, "HOME": home},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
