"""The files of a mirrored document library: each where it stands there, with its web address beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from indexer.sources.graph_items import Item, safe
from knowledge.audience import audience_of, names_in
from knowledge.store.folder import replace_bytes, replace_text

SOME = "some colleagues"
"""The audience of a file that is not for everybody: the build then leaves out its last version too."""
NOBODY = "nobody"
"""The audience of a file that its library gives to some, and what is written beside it to others: held back, named."""


@dataclass(slots=True)
class Held:
    """A file of the mirror; its tag is empty where its bytes are not here, but only that it is for some people."""

    file: str
    """Its path below the mirror."""
    tag: str
    path: str
    """Where it stands in its library."""
    link: str
    audience: str = ""
    """Whom it is for, as its library says; empty for everybody."""
    said: str | None = None
    """Whom what stands beside it says it is for, as we wrote it; none in a mirror of an earlier version."""
    persons: str = ""
    """Whom it is for as somebody wrote beside it; empty where nobody did."""


class Mirror:
    """The files below a folder by the ids of their items. OSError where they cannot be written."""

    def __init__(self, folder: Path, held: Mapping[str, Held]) -> None:
        self.folder, self.held = folder, dict(held)
        self._places = {one.file.casefold(): name for name, one in held.items()}

    def has(self, name: str, item: Item) -> bool:
        """Whether the bytes of an item are here as they are now."""
        held = self.held.get(name)
        return held is not None and bool(item.tag) and held.tag == item.tag and (self.folder / held.file).is_file()

    def says(self, name: str, audience: str) -> bool:
        """Whether what stands beside a file still says whom its library says it is for."""
        held = self.held[name]
        stands = _audience(_read(beside(self.folder / held.file)))
        return held.audience == audience and stands == _ours(held) == _narrowed(held.persons, audience)

    def write(self, name: str, item: Item, path: str, data: bytes | None, audience: str = "") -> None:
        """A file with its address and its audience beside it: new bytes, or those that are here, at its place of now.

        Whom it is for is said first: killed midway, nothing is for more people than it should be.
        """
        before, file = self.held.get(name), self._free(name, safe(path))
        target = self.folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        if before is not None and before.file != file:
            self._carry(self.folder / before.file, target)
            self._places.pop(before.file.casefold(), None)
        link = item.link if item.link.startswith(("https://", "http://")) else ""
        persons = _persons(before, beside(target))
        said = _narrowed(persons, audience)
        _say(beside(target), link=link, audience=said)
        if data is not None:
            replace_bytes(target, data)
        self.held[name] = Held(file, item.tag, path, item.link, audience, said, persons)
        self._places[file.casefold()] = name

    def close(self, name: str) -> bool:
        """Take out a file that only some may read now; what stays beside it says so to the next build."""
        held = self.held.get(name)
        if held is None or not (self.folder / held.file).is_file():
            return False
        held.persons, held.said = _persons(held, beside(self.folder / held.file)), SOME
        _say(beside(self.folder / held.file), link="", audience=SOME)
        (self.folder / held.file).unlink(missing_ok=True)
        held.tag = ""
        return True

    def drop(self, name: str) -> None:
        """Take out a file and what is said of it; that it was for some people only stays said to the next build."""
        held = self.held.pop(name, None)
        if held is not None:
            self._places.pop(held.file.casefold(), None)
            if held.tag or (self.folder / held.file).is_file():
                beside(self.folder / held.file).unlink(missing_ok=True)
            (self.folder / held.file).unlink(missing_ok=True)

    def sweep(self, *, whole: bool) -> None:
        """Take out folders that nothing is in any more and, after a whole round, files that nobody knows of."""
        known = {self.folder / one.file for one in self.held.values()}
        for path in sorted(self.folder.rglob("*"), reverse=True):  # what is inside a folder comes before it
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif whole and path not in known and path.suffix != ".toml" and not path.name.startswith("."):
                path.unlink()

    def _free(self, name: str, wanted: str) -> str:
        """A file's place in the mirror; with its id where another file has that already."""
        if self._places.get(wanted.casefold(), name) == name:
            return wanted
        path = Path(wanted)
        return path.with_name(f"{path.stem[:100]}-{safe(name)[-40:]}{path.suffix}").as_posix()

    def _carry(self, old: Path, new: Path) -> None:
        """A file to another place; what is said of it is there before it, and here until it is gone."""
        if beside(old).is_file():
            replace_bytes(beside(new), beside(old).read_bytes())
        if old.is_file():
            old.replace(new)
        beside(old).unlink(missing_ok=True)


def beside(file: Path) -> Path:
    """What is said of a file."""
    return file.with_name(f"{file.name}.toml")


def _say(sidecar: Path, **said: str) -> None:
    """Write down what the library says of a file, beside what people have written there; what is empty is taken out."""
    document = _read(sidecar)
    for field, text in said.items():
        if text:
            document[field] = text
        else:
            document.pop(field, None)
    replace_text(sidecar, tomlkit.dumps(document))


def _persons(held: Held | None, sidecar: Path) -> str:
    """Whom a file is for as somebody wrote beside it: what stands there and is not what we wrote."""
    stands = _audience(_read(sidecar))
    return stands if held is None or stands != _ours(held) else held.persons


def _ours(held: Held) -> str:
    return held.audience if held.said is None else held.said


def _audience(document: tomlkit.TOMLDocument) -> str:
    return str(document.get("audience") or "")


def _narrowed(persons: str, given: str) -> str:
    """Whom a file is for that its library gives to some, or to everybody, where somebody wrote that it is for fewer.

    Neither lets in whom the other leaves out; both are kept, so that either may change.
    """
    if not given or not names_in(persons):
        return given or persons
    both = names_in(persons) & names_in(given)
    return audience_of(sorted(both)) if both else NOBODY


def _read(sidecar: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(sidecar.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, TOMLKitError):
        return tomlkit.document()
