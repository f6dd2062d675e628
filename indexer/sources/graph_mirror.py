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
        said = _read(beside(self.folder / held.file)).get("audience") or "" if audience else ""
        return held.audience == audience and said == _narrowed(str(said), held.audience, audience)

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
        _say(beside(target), before.audience if before else "", link=link, audience=audience)
        if data is not None:
            replace_bytes(target, data)
        self.held[name] = Held(file, item.tag, path, item.link, audience)
        self._places[file.casefold()] = name

    def close(self, name: str) -> bool:
        """Take out a file that only some may read now; what stays beside it says so to the next build."""
        held = self.held.get(name)
        if held is None or not (self.folder / held.file).is_file():
            return False
        _say(beside(self.folder / held.file), held.audience, link="", audience=SOME)
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


def _say(sidecar: Path, ours: str, /, **said: str) -> None:
    """Write down what the library says of a file, beside what people have written there; nothing takes a field out.

    `ours` is the audience that the library gave it before: another one is what somebody wrote, and stays.
    """
    document = _read(sidecar)
    for field, text in said.items():
        if text and field == "audience" and text != SOME:
            document[field] = _narrowed(str(document.get(field) or ""), ours, text)
        elif text:
            document[field] = text
        elif field != "audience" or document.get(field) in {SOME, ours}:
            document.pop(field, None)
    replace_text(sidecar, tomlkit.dumps(document))


def _narrowed(written: str, ours: str, given: str) -> str:
    """Whom a file is for that its library gives to some, where somebody may have `written` that it is for fewer.

    Neither lets in whom the other leaves out. Where nobody is left that stays said, until somebody writes another.
    """
    if not names_in(written) or written in {SOME, ours}:
        return given
    both = names_in(written) & names_in(given)
    return audience_of(sorted(both)) if both else NOBODY


def _read(sidecar: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(sidecar.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, TOMLKitError):
        return tomlkit.document()
