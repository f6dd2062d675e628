"""The marks of Word's lists, counted as Word counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from indexer.loaders.docx.styles import Style, Styles, w
from indexer.loaders.numerals import letters, roman, whole

_PLACE = re.compile(r"%(\d)")
_UNMARKED = {"bullet", "none"}


class Numbering:
    """The counters of one document."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Any]] = {}
        self._abstract_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._read(relation.target_part.element)

    def mark_of(self, paragraph: Any, *, shown: bool) -> tuple[str, int] | None:
        """The mark and the depth of a list's item; none for other paragraphs."""
        style = self._styles.of(paragraph)
        number, level = self._number_and_level(paragraph, style)
        if number == "0":
            return None
        if number not in self._abstract_of:
            return ("-", level) if style.name.startswith("list bullet") else None
        return (self._counted(number, level) if shown else "-"), level

    def _number_and_level(self, paragraph: Any, style: Style) -> tuple[str, int]:
        own = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        styled = style.property("pPr", "numPr")
        number = _value(own, "numId") or _value(styled, "numId")
        level = _value(own, "ilvl") or _value(styled, "ilvl") or self._level_of_style(number, style)
        return number, max(0, min(whole(level, 0), 8))

    def _level_of_style(self, number: str, style: Style) -> str:
        """The level that a list ties to a style, such as 1 to "Heading 2"."""
        names = [element.get(w("styleId")) for element in style.chain]
        levels = self._levels.get(self._abstract_of.get(number, ""), {})
        return next((str(level) for level, found in levels.items() if _value(found, "pStyle") in names), "0")

    def _read(self, root: Any) -> None:
        linked: dict[str, str] = {}
        for abstract in root.iter(w("abstractNum")):
            name = str(abstract.get(w("abstractNumId")))
            self._levels[name] = {whole(level.get(w("ilvl")), 0): level for level in abstract.iter(w("lvl"))}
            if style := _value(abstract, "numStyleLink"):
                linked[name] = style
        for number in root.iter(w("num")):
            name = str(number.get(w("numId")))
            self._abstract_of[name] = _value(number, "abstractNumId")
            restarts = {
                whole(override.get(w("ilvl")), 0): start
                for override in number.iter(w("lvlOverride"))
                if (start := whole(_value(override, "startOverride"), -1)) >= 0
            }
            self._restarts[name] = restarts
        for name, style in linked.items():  # a list that is defined by a style
            number_of_style = _value(self._styles.named(style).property("pPr", "numPr"), "numId")
            self._levels[name] = self._levels.get(self._abstract_of.get(number_of_style, ""), self._levels[name])

    def _counted(self, number: str, level: int) -> str:
        abstract = self._abstract_of[number]
        counts = self._counts[abstract]
        if number not in self._begun:
            self._begun.add(number)
            for restarted, start in self._restarts[number].items():
                counts[restarted] = start - 1
        counts[level] = counts.get(level, self._start(abstract, level) - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        definition = self._levels.get(abstract, {}).get(level)
        if definition is None or _value(definition, "numFmt") in _UNMARKED:
            return "-"
        return self._shown(abstract, level, _value(definition, "lvlText"))

    def _shown(self, abstract: str, level: int, pattern: str) -> str:
        """The number as the page shows it: "3.", "(a)", "2.1"."""
        counts = self._counts[abstract]

        def figure(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            definition = self._levels[abstract].get(place)
            form = _value(definition, "numFmt") if definition is not None else "decimal"
            return _figure(counts.get(place, self._start(abstract, place)), form)

        text = _PLACE.sub(figure, pattern).strip()
        return f"{text}." if text.isalnum() else text or "-"

    def _start(self, abstract: str, level: int) -> int:
        definition = self._levels.get(abstract, {}).get(level)
        start = _value(definition, "start") if definition is not None else ""
        return whole(start, 1)


def _figure(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        text = letters(number)
    elif form in {"lowerRoman", "upperRoman"}:
        text = roman(number)
    elif form == "decimalZero":
        return f"{number:02}"
    else:
        return str(number)
    return text.upper() if form.startswith("upper") else text


def _value(parent: Any, name: str) -> str:
    child = parent.find(w(name)) if parent is not None else None
    return str(child.get(w("val"), "")) if child is not None else ""
