"""The cues by which a message is heard: kept as TOML under `cues/`, where `cues/README.md` explains them.

They are read when the first message is checked, and once. A force adds to them in a folder of its own (`extend`).
"""

from __future__ import annotations

import difflib
import logging
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.domain.refusals import Refused
from bot.safeguards.cues.notation import Key, Phrase, Phrases, fault_in, first_match

SHIPPED = Path(__file__).parent
_SHARED = "words"
"""The file whose sets of words every other file may use."""
log = logging.getLogger(__name__)


class CueError(Refused):
    """A file of cues cannot be used; the message names the file, the group and the entry."""


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases that mean the same to the safeguard which reads them."""

    why: str
    phrases: tuple[str, ...]
    points: int = 0
    around: int = 0
    """Points that count in the sentences around the one where the phrase stands."""


@dataclass(frozen=True)
class Lexicon:
    """Every group and every set of words, by file and name."""

    groups: Mapping[Key, Group]
    sets: Mapping[Key, tuple[str, ...]]

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of all groups."""
        named = {file: self.named(file) for file, _ in self.groups}
        return Phrases(Phrase(key, line, named[key[0]]) for key, group in self.groups.items() for line in group.phrases)

    @cached_property
    def word_sets(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """The sets of words of each file, by name, for those that look a word up in them."""
        found: dict[str, dict[str, frozenset[str]]] = {}
        for (file, name), words in self.sets.items():
            found.setdefault(file, {})[name] = frozenset(words)
        return found

    def named(self, file: str) -> dict[str, tuple[str, ...]]:
        """The sets of words that a file may speak of."""
        return {name: words for where in (_SHARED, file) for (held, name), words in self.sets.items() if held == where}


class Cue(NamedTuple):
    """One group, as the safeguards use it; what it holds is looked up at each use."""

    file: str
    name: str

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where one of the phrases stands in a text in the plain form."""
        possible = self._possible(text)
        return first_match(possible, text) if possible else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where each of the phrases stands."""
        return (match for pattern in self._possible(text) for match in pattern.finditer(text))

    def sub(self, replacement: str, text: str) -> str:
        """The text with the phrases replaced."""
        for pattern in self._possible(text):
            text = pattern.sub(replacement, text)
        return text

    @property
    def points(self) -> int:
        """What the group counts."""
        return current().groups[self].points

    @property
    def around(self) -> int:
        """What it counts in the sentences around."""
        return current().groups[self].around

    def _possible(self, text: str) -> Sequence[re.Pattern[str]]:
        """Most groups have no phrase that may stand in a sentence: they are done with here.

        Raises KeyError for a group that there is not: a cue with a wrong name must not be deaf for ever.
        """
        found = _possible(text, _version).get(self)
        if found is None and self not in current().groups:
            raise KeyError(self)
        return found or ()


def cues_in_reach(file: str, text: str) -> Iterator[Cue]:
    """The groups of a file of which a phrase may stand in a text; all others are not in it."""
    return (Cue(*key) for key in _possible(text, _version) if key[0] == file)


@lru_cache(8)
def _possible(text: str, _of_version: int) -> Mapping[Key, Sequence[re.Pattern[str]]]:
    """What may stand in a sentence, which every group of cues asks for, one after the other.

    The last eight sentences are remembered: those of the message that is being heard, and hardly more. Other cues in
    force have another version.
    """
    return current().phrases.possible(text)


_own_folder: Path | None = None
_version = 0
_in_force: tuple[Lexicon, tuple[str, ...]] | None = None


def current() -> Lexicon:
    """The cues in force: those that are shipped, and the force's own."""
    return _with_own()[0]


def make_ready() -> None:
    """Compile every cue in force: less than a second, which otherwise the first hundreds of messages share."""
    current().phrases.make_ready()


def faults() -> tuple[str, ...]:
    """What is wrong with the force's own cues, a sentence for each file that is left out."""
    return _with_own()[1]


def extend(folder: Path | None) -> None:
    """Add a force's own cues, the TOML files of a folder, from now on; None for those that are shipped alone.

    They are read when a message is checked next. A file that cannot be used is left out whole, and `faults` says why:
    what is shipped is heard whatever a force writes.
    """
    global _own_folder, _in_force, _version
    _own_folder, _in_force, _version = folder, None, _version + 1


def version() -> int:
    """Another number after every `extend`: what was heard with other cues may not be remembered."""
    return _version


def _with_own() -> tuple[Lexicon, tuple[str, ...]]:
    global _in_force
    if _in_force is None:
        _in_force = _read_own(_own_folder)
    return _in_force


def _read_own(folder: Path | None) -> tuple[Lexicon, tuple[str, ...]]:
    lexicon, found = _shipped(), []
    for file in sorted(folder.glob("*.toml")) if folder and folder.is_dir() else []:
        try:
            lexicon = _added(lexicon, file)
        except CueError as error:
            found.append(str(error))
            log.error("Cues of the force are left out: %s", error)
    return lexicon, tuple(found)


@cache
def _shipped() -> Lexicon:
    return read(SHIPPED)


def read(folder: Path) -> Lexicon:
    """All files of a folder.

    Raises:
        CueError: one of them cannot be used.
    """
    lexicon = Lexicon({}, {})
    for file in sorted(folder.glob("*.toml"), key=lambda file: (file.stem != _SHARED, file.stem)):
        groups, sets = _parsed(file)
        lexicon = Lexicon({**lexicon.groups, **groups}, {**lexicon.sets, **sets})
        _check(file, lexicon, groups)
    return lexicon


def _added(lexicon: Lexicon, file: Path) -> Lexicon:
    """A lexicon with one file of a force's own in it."""
    groups, sets = _parsed(file)
    _known(file, groups, lexicon.groups)
    _known(file, sets, lexicon.sets)
    both = {
        key: replace(lexicon.groups[key], phrases=(*lexicon.groups[key].phrases, *added.phrases))
        for key, added in groups.items()
    }
    joined = {key: (*lexicon.sets[key], *words) for key, words in sets.items()}
    lexicon = Lexicon({**lexicon.groups, **both}, {**lexicon.sets, **joined})
    _check(file, lexicon, groups)
    return lexicon


def _known(file: Path, named: Mapping[Key, object], there: Mapping[Key, object]) -> None:
    """A force adds to what is there: a name of its own would be read by nothing."""
    for key in named:
        if key not in there:
            names = [name for held, name in there if held == file.stem]
            near = difflib.get_close_matches(key[1], names, 1)
            hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(sorted(names)) or 'none'}."
            raise CueError(f"{file}: nothing is called '{key[1]}' there. {hint}")


def _parsed(file: Path) -> tuple[dict[Key, Group], dict[Key, tuple[str, ...]]]:
    """The groups and sets of one file, in the right form; what the phrases say is checked later."""
    try:
        fields = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CueError(f"{file} cannot be read. Save it as text in UTF-8, and check its rights.") from error
    except tomllib.TOMLDecodeError as error:
        raise CueError(f"{file} is not valid TOML: {error}.") from error
    strange = sorted(set(fields) - {"about", "group", "words"})
    if strange:
        raise CueError(f"{file}: '{strange[0]}' is not known. Write [group.NAME] or [words.NAME].")
    groups = {(file.stem, name): _group(file, name, table) for name, table in _tables(file, fields, "group")}
    sets = {(file.stem, name): _set(file, name, table) for name, table in _tables(file, fields, "words")}
    return groups, sets


def _tables(file: Path, fields: Mapping[str, object], kind: str) -> Iterator[tuple[str, dict[str, object]]]:
    tables = fields.get(kind, {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise CueError(f"{file}: write [{kind}.NAME] above each {kind}.")
    return iter(tables.items())


def _group(file: Path, name: str, table: Mapping[str, object]) -> Group:
    where = f"{file}, group '{name}'"
    _only(where, table, {"why", "phrases", "points", "around"})
    phrases = table.get("phrases")
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
        raise CueError(f'{where}: phrases must be a list, as phrases = ["not breathing"].')
    points, around = (_points(where, table.get(key, 0)) for key in ("points", "around"))
    return Group(_why(where, table), tuple(phrases), points, around)


def _points(where: str, value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= 9:
        raise CueError(f"{where}: points must be a number from 0 to 9.")
    return value


def _set(file: Path, name: str, table: Mapping[str, object]) -> tuple[str, ...]:
    where = f"{file}, words '{name}'"
    _only(where, table, {"why", "list"})
    words = table.get("list")
    if not isinstance(words, str) or not words.split():
        raise CueError(f'{where}: list must be words with spaces between them, as list = "knife blade".')
    _why(where, table)
    wrong = next((word for word in words.split() if not re.fullmatch(r"[\w*#]+", word)), None)
    if wrong:
        raise CueError(f"{where}: '{wrong}' is not a word. Write get_round for two words, and no apostrophes.")
    return tuple(words.split())


def _why(where: str, table: Mapping[str, object]) -> str:
    why = table.get("why")
    if not isinstance(why, str) or not why.strip():
        raise CueError(f'{where}: say why it is there, as why = "…".')
    return why


def _only(where: str, table: Mapping[str, object], known: set[str]) -> None:
    strange = sorted(set(table) - known)
    if strange:
        raise CueError(f"{where}: '{strange[0]}' is not known. There may be: {', '.join(sorted(known))}.")


def _check(file: Path, lexicon: Lexicon, groups: Mapping[Key, Group]) -> None:
    """Each phrase that a file brings, by the rules of the notation."""
    named = lexicon.named(file.stem)
    for (_, name), group in groups.items():
        for phrase in group.phrases:
            fault = fault_in(phrase, named)
            if fault:
                raise CueError(f"{file}, group '{name}', phrase \"{phrase}\": {fault}")
