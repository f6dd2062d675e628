"""Programme news: a folder of short dated posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

import yaml

from knowledge.manifest import LibraryError

LONGEST = 1200
"""Characters of a post; more belongs into guidance."""


@dataclass(frozen=True, slots=True)
class Post:
    """One piece of news."""

    day: date
    title: str
    text: str


def starter_news() -> Path:
    """The folder of the posts that come with the program."""
    return Path(str(files("knowledge").joinpath("news")))


def read_news(*folders: Path) -> tuple[Post, ...]:
    """The posts in these folders, newest first; each a Markdown file with `title` and `date` in its front matter.

    Raises:
        LibraryError: a file is not a post, with its name and what to write.
    """
    posts = [_read(file) for folder in folders if folder.is_dir() for file in sorted(folder.glob("*.md"))]
    return tuple(sorted(posts, key=lambda post: (post.day, post.title), reverse=True))


def _read(file: Path) -> Post:
    wanted = f"The news post {file} is wrong. Begin it with ---, title: …, date: 2026-11-23, ---, then the text."
    try:
        _, front_matter, text = file.read_text("utf-8").split("---", 2)
        fields = yaml.safe_load(front_matter)
        day = fields["date"]
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise LibraryError(wanted) from error
    title = str(fields.get("title") or "").strip()
    if not isinstance(day, date) or isinstance(day, datetime) or not title or not text.strip():
        raise LibraryError(wanted)
    if len(text) > LONGEST:
        raise LibraryError(
            f"The news post {file} is longer than {LONGEST} characters. Shorten it, or make it guidance."
        )
    return Post(day, title, text.strip())
