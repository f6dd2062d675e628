"""Hub advice: a reply that a second person approved, kept as guidance of its own kind."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.domain.proposals import Advice, AdviceState


def as_markdown(advice: Advice) -> str:
    """The advice as a guidance file."""
    fields = {
        "id": advice.document,
        "title": advice.title,
        "status": "hub_advice",
        "law_checked_on": advice.at.date().isoformat(),
        "review_by": advice.review_by.isoformat(),
        "owner": advice.owner,
    }
    return as_file(fields, {advice.question: advice.text})


def files(all_advice: Iterable[Advice]) -> dict[str, str]:
    """The files of what is approved, by name."""
    return {f"{one.document}.md": as_markdown(one) for one in all_advice if one.state is AdviceState.APPROVED}


def as_file(fields: Mapping[str, str], sections: Mapping[str, str]) -> str:
    """A guidance file with this front matter and these sections; empty ones are left out."""
    # JSON strings are YAML strings: nothing typed can break out of the front matter
    front_matter = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
    parts = [f"## {' '.join(head.split())}\n\n{_plain(text)}" for head, text in sections.items() if text.strip()]
    return f"---\n{front_matter}\n---\n\n" + "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """A reply's own lines never become headings or front matter."""
    return "\n".join(f"\\{line}" if line.lstrip().startswith(("#", "---")) else line for line in text.splitlines())


def write_files(folder: Path, prefixes: Sequence[str], wanted: Mapping[str, str]) -> list[str]:
    """Make the folder hold these files and no others whose names begin so; the names of those that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for file in (file for prefix in prefixes for file in folder.glob(f"{prefix}*.md")):
        if file.name not in wanted:
            file.unlink()
            changed.append(file.name)
    for name, text in wanted.items():
        target = folder / name
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            aside = folder / f".{name}.part"
            aside.write_text(text, encoding="utf-8")
            os.replace(aside, target)
            changed.append(name)
    return sorted(changed)
