"""What a build published, or would publish, on a terminal and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.cli.base import say
from bot.cli.library.drawing import judge_in_words

if TYPE_CHECKING:
    from indexer.difference import Change, Difference, Part
    from indexer.outcome import Built, Golden
    from knowledge.manifest import Manifest

MOST = 10
"""Lines of one kind that are shown; --json has all."""
LONGEST = 100
"""Characters of a passage that are shown."""
AROUND = 5
"""Words that are shown before and after what was reworded."""


def draw_built(built: Built, *, err: bool = False, first: bool = False, others: Sequence[str] = ()) -> None:
    """What a build published, or would publish; files that are not in it as they are now are named with the reason."""
    manifest = built.manifest
    verb = "published" if built.published else "would be published (nothing was)"
    say(
        f"Edition {manifest.edition} {verb}: {manifest.documents} documents, {manifest.passages} passages "
        f"({manifest.embedded} embedded, {manifest.kept} kept).",
        err=err,
    )
    if others:
        say(f"Read too, as named before: {', '.join(others)}", err=err)
    for line in () if first else _changes(built.difference, passages=not built.published):
        say(f"  {line}", err=err)  # in a first edition everything is new
    for line in [*_golden(built.golden), *_judge(manifest), *_files(manifest), *_rest(built)]:
        say(line, err=err)


def _changes(change: Difference, *, passages: bool) -> Iterator[str]:
    for name, documents in (("new", change.added), ("changed", change.changed), ("removed", change.removed)):
        if documents:
            more = f" and {len(documents) - MOST} more" if len(documents) > MOST else ""
            yield f"{name}: {', '.join(documents[:MOST])}{more}"
    if change.changes:
        counts = ", ".join(f"{change.count(kind)} {kind}" for kind in ("added", "removed", "moved", "reworded"))
        yield f"passages: {counts}"
    for kind in ("removed", "reworded", "moved", "added") if passages else ():
        yield from _some([_change(one) for one in change.changes if one.kind == kind])


def _change(one: Change) -> str:
    where = " > ".join(part for part in (one.document, one.section) if part)
    if one.kind == "moved":
        return f"moved: {where} (was {one.was_section or 'above the first heading'}): {_short(one.text)}"
    if one.kind == "reworded":
        was = "" if one.was_section == one.section else f" (was {one.was_section or 'above the first heading'})"
        return f"reworded: {where}{was}: {_reworded(one.parts)}"
    return f"{one.kind}: {where}: {_short(one.text)}"


def _reworded(parts: Sequence[Part]) -> str:
    """What changed, with the words around it: “… is kept by the [sexton. -> verger.]”."""
    shown = ""
    for number, part in enumerate(parts):
        words = part.text.split()
        if part.kind == "same":
            shown += f"{_around(words, first=number == 0, last=number == len(parts) - 1)} "
        elif part.kind == "new" and number and parts[number - 1].kind == "gone":
            shown = f"{shown.removesuffix('] ')} -> {' '.join(words)}] "
        else:
            mark = "new: " if part.kind == "new" else "gone: " if _only_goes(parts, number) else ""
            shown += f"[{mark}{' '.join(words)}] "
    return f"“{shown.strip()}”"


def _only_goes(parts: Sequence[Part], number: int) -> bool:
    """Whether no words come in the place of those that go."""
    return number + 1 == len(parts) or parts[number + 1].kind != "new"


def _around(words: Sequence[str], *, first: bool, last: bool) -> str:
    """Words that stay, the middle left out; before the first change and after the last one only the nearest."""
    start, end = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= start + end + 1:
        return " ".join(words)
    return " ".join([*words[:start], "…", *words[len(words) - end :]])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= LONGEST else f"“{line[:LONGEST].rstrip()} …”"


def _golden(golden: Golden) -> Iterator[str]:
    if not golden.questions:
        return
    before = f", {golden.right_before} before" if golden.right_before is not None else ""
    new = f" ({golden.by_new} of them by what is new)" if golden.by_new else ""
    yield f"Golden questions: {golden.right} of {golden.questions} right{new}{before}."
    before = f", {golden.quoted_before} before" if golden.quoted_before is not None else ""
    yield f"Answered with a quote: {golden.quoted}{before}."
    if golden.changed:
        yield f"Answered otherwise than before ({len(golden.changed)}):"
        yield from _some(
            [f"  {one.id} “{one.text}”: {one.before.in_words} -> {one.now.in_words}" for one in golden.changed]
        )


def _judge(manifest: Manifest) -> Iterator[str]:
    """What is quoted from now on, where this library has a judge of its own: it may promise less than the usual one."""
    if manifest.judge is not None and manifest.judge.source == "own":
        from indexer.report import judge_as_json

        yield judge_in_words(judge_as_json(manifest.judge))


def _files(manifest: Manifest) -> Iterator[str]:
    sources = manifest.sources
    groups = {
        "Sources to look after, which keep what they had": [f"{r.path}: {r.trouble}" for r in manifest.troubled],
        "Last good version served": [f"{s.path}: {s.kept_in_words}" for s in manifest.kept_back],
        "Held back": [f"{source.path}: {source.refused}" for source in manifest.refused],
        "Passed over": [f"{source.path}: {source.passed_over}" for source in sources if source.passed_over],
        "Same text, read once": [f"{s.path} is the same as {s.copy_of}" for s in sources if s.copy_of],
        "To know": [f"{source.path}: {note}" for source in sources for note in source.notes],
    }
    for title, lines in groups.items():
        if lines:
            yield f"{title} ({len(lines)}):"
            yield from (f"  {line}" for line in lines)


def _rest(built: Built) -> Iterator[str]:
    if built.past_review:
        yield f"Past their review date, so handed over and never quoted: {', '.join(built.past_review)}"
    if built.removed:
        yield f"Removed from disk, enough newer ones are kept: edition {', '.join(map(str, built.removed))}"
    if built.troubles:
        yield "Warning: mend what is named above, then run again: prevention-hub index build"


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield f"  … and {len(lines) - MOST} more (--json has all)"


def built_as_json(built: Built) -> dict[str, Any]:
    """What a build published, for `--json`."""
    from indexer.report import files_as_json

    manifest = built.manifest
    return {
        "edition": manifest.edition,
        "published": built.published,
        "documents": manifest.documents,
        "passages": manifest.passages,
        "embedded": manifest.embedded,
        "kept": manifest.kept,
        "added": list(built.difference.added),
        "changed": list(built.difference.changed),
        "removed": list(built.difference.removed),
        "passages_added": built.difference.passages_added,
        "passages_removed": built.difference.passages_removed,
        "changes": [change.as_json() for change in built.difference.changes],
        "golden": manifest.golden_summary,
        "past_review": list(built.past_review),
        "removed_editions": list(built.removed),
        **files_as_json(manifest),
    }
