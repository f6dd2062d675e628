"""The readers of HTML, DOCX and PDF; their libraries are imported only when a file needs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.loaders.blocks import Content, LoadRefused

MOST_BLOCKS = 100_000
MOST_CHARACTERS = 5_000_000
_TOO_DEEP = "Its parts are nested too deeply. Save it again as a simple PDF or as text."
_TOO_LONG = "It holds more text than a guidance file should. Split it."
_DAMAGED = "It cannot be read as {name}: it is damaged or not what its name says. Open it and save it again."


def read_here(path: Path, kind: str) -> Content:
    """Blocks of a file of the kind ".html", ".docx" or ".pdf", parsed in this process and without limits.

    Raises:
        LoadRefused: the file cannot be read, or holds too much.
        MemoryError: there is not enough memory for it.
    """
    try:
        content = _reader(kind)(path)
    except (LoadRefused, MemoryError):
        raise
    except RecursionError as error:
        raise LoadRefused(_TOO_DEEP) from error
    except Exception as error:  # whatever a library raises on a broken file, in whichever of its own classes
        raise LoadRefused(_DAMAGED.format(name=kind.lstrip(".").upper())) from error
    if len(content.blocks) > MOST_BLOCKS or sum(len(block.text) for block in content.blocks) > MOST_CHARACTERS:
        raise LoadRefused(_TOO_LONG)
    return content


def _reader(kind: str) -> Callable[[Path], Content]:
    if kind == ".pdf":
        from indexer.loaders.pdf import read_pdf

        return read_pdf
    if kind == ".docx":
        from indexer.loaders.docx import read_docx

        return read_docx
    from indexer.loaders.html import read_html

    return lambda path: read_html(path.read_bytes())
