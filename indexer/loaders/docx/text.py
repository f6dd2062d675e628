"""The words of a Word paragraph as a reader of the printed page sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.loaders.docx.styles import Style, Styles, is_on, local, w
from indexer.loaders.notes import lowered, raised, reference
from indexer.loaders.symbols import shown, sign, table_of

_NOT_SHOWN = {"del", "moveFrom", "txbxContent", "Fallback", "instrText", "delText", "pPr", "rPr", "sdtPr"}
_TICKED, _EMPTY = "☑", "☐"


def text_of(paragraph: Any, styles: Styles) -> str:
    """The words that a reader sees, on one line; a mark stands where a note is referred to."""
    if any(_is_unfilled(above) for above in paragraph.iterancestors(w("sdt"))):
        return ""
    words = _Words(styles, styles.of(paragraph))
    words.inside(paragraph)
    return " ".join("".join(words.pieces).split())


def alternative_text(element: Any) -> str:
    """What the pictures in an element say to those who cannot see them, if it is short: "Yes"."""
    texts = (str(drawn.get("descr") or "") for drawn in element.iter() if local(drawn) in {"docPr", "cNvPr"})
    text = " ".join(next((text for text in texts if text.strip()), "").split())
    return text if len(text) <= 60 else ""


class _Words:
    """One pass over a paragraph."""

    def __init__(self, styles: Styles, style: Style) -> None:
        self._styles = styles
        self._style = style
        self.pieces: list[str] = []

    def inside(self, element: Any) -> None:
        """Gather the words below an element."""
        for child in element:
            kind = local(child)
            # paragraphs inside are text boxes, which are read by themselves
            if kind in _NOT_SHOWN or kind == "p" or (_is_unfilled(child) and not _box(child)):
                continue
            if kind == "r":
                self._run(child)
            elif kind == "sdt" and (box := _box(child)):
                self.pieces.append(box)
            elif kind == "t":
                self.pieces.append(child.text or "")
            else:
                self.inside(child)

    def _run(self, run: Any) -> None:
        if self._styles.is_unseen(run, self._style):
            return
        font = self._styles.font(run, self._style)
        height = self._styles.height(run, self._style)
        for child in run:
            kind = local(child)
            if kind == "t":
                self._say(shown(child.text or "", font), height)
            elif kind in {"footnoteReference", "endnoteReference"}:
                self.pieces.append(reference(note_key(child)))
                if is_on(_attribute(child, "customMarkFollows")):
                    return  # the rest of the run is the mark itself
            elif kind not in _NOT_SHOWN and kind != "p":
                self._say(self._sign(child, kind), "")

    def _sign(self, child: Any, kind: str) -> str:
        """What an element of a run that is not its text shows."""
        if kind in {"tab", "br", "cr", "ptab"}:
            return " "
        if kind == "noBreakHyphen":
            return "-"
        if kind == "sym":
            return _symbol(child)
        if kind == "fldChar":
            return _field(child)
        if kind == "AlternateContent":
            self.inside(child)
        return ""

    def _say(self, text: str, height: str) -> None:
        if height == "superscript" and not any(char.isalpha() for char in text):
            text = raised(text)
        elif height == "subscript" and text.isdecimal() and "".join(self.pieces[-2:])[-1:].isdigit():
            text = lowered(text)
        self.pieces.append(text)


def note_key(found: Any) -> str:
    """What a footnote or an endnote and the reference to it have in common."""
    return f"{local(found)[:3]}{found.get(w('id'))}"


def running_text(element: Any) -> Iterator[str]:
    """The words of watermarks drawn as letters."""
    for drawn in element.iter():
        if local(drawn) == "textpath" and drawn.get("string"):
            yield str(drawn.get("string"))


def _attribute(element: Any, name: str) -> Any:
    """An on/off attribute in the shape of an on/off element."""
    value = element.get(w(name))
    return None if value is None else {w("val"): value}


def _symbol(found: Any) -> str:
    """A sign from Word's dialog of symbols."""
    font, code = str(found.get(w("font"), "")), str(found.get(w("char"), ""))
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    if table_of(font) is None and not 0xF000 <= place <= 0xF0FF:
        return chr(place) if 32 <= place < 0xD800 else ""
    return sign(font, place)


def _is_unfilled(found: Any) -> bool:
    """Whether a content control only asks for a text: "Click or tap here to enter text." """
    return local(found) == "sdt" and is_on(found.find(f"{w('sdtPr')}/{w('showingPlcHdr')}"))


def _box(found: Any) -> str:
    """The sign of a box to tick; Word shows a cross in a ticked one."""
    for part in found.find(w("sdtPr")) if found.find(w("sdtPr")) is not None else ():
        if local(part) == "checkbox":
            checked = next((child for child in part if local(child) == "checked"), None)
            value = next(iter(checked.attrib.values()), "1") if checked is not None else "0"
            return _TICKED if str(value).lower() in {"1", "true", "on"} else _EMPTY
    return ""


def _field(found: Any) -> str:
    """What a form field of older documents shows that is not text: a ticked box, the choice from a list."""
    box = found.find(f"{w('ffData')}/{w('checkBox')}")
    if box is not None:
        checked, preset = box.find(w("checked")), box.find(w("default"))
        return _TICKED if is_on(checked if checked is not None else preset) else _EMPTY
    choices = found.find(f"{w('ffData')}/{w('ddList')}")
    if choices is None:
        return ""
    named = [str(entry.get(w("val"), "")) for entry in choices.findall(w("listEntry"))]
    result = choices.find(w("result"))
    chosen = str(result.get(w("val"), "0")) if result is not None else "0"
    return named[int(chosen)] if chosen.isdecimal() and len(chosen) < 4 and int(chosen) < len(named) else ""
