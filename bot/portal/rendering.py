"""Pages from templates: GOV.UK Design System components, escaped, with one address for each state of the assets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup, escape

from bot import wording
from bot.answering.reading import anchor_of
from bot.domain.messages import Citation
from bot.wording import labels

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}


class MissingAssets(Exception):
    """The browser files are not there."""


class Renderer:
    """Fills templates; lives as long as the program."""

    def __init__(self, timezone: str, public_url: str = "") -> None:
        self._zone = ZoneInfo(timezone)
        self.public_url = public_url.rstrip("/")

    @cached_property
    def assets(self) -> Mapping[str, tuple[bytes, str]]:
        """Name to content and media type of everything a page may load.

        Raises:
            MissingAssets: they were never brought in; says what to run.
        """
        own, brought = files("bot.portal") / "static", files("bot.portal") / "assets"
        if not (brought / "VERSIONS").is_file():
            raise MissingAssets("The portal's browser files are missing. Run: pip install --editable . (or make run)")
        found = [Path(str(file)) for room in (brought, own) for file in room.iterdir()]
        return {file.name: (file.read_bytes(), KINDS[file.suffix]) for file in found if file.suffix in KINDS}

    @cached_property
    def version(self) -> str:
        """Changes whenever an asset does: browsers may keep an address for good."""
        joined = b"".join(name.encode() + content for name, (content, _) in sorted(self.assets.items()))
        return hashlib.sha256(joined).hexdigest()[:12]

    @cached_property
    def _environment(self) -> Environment:
        made = Environment(
            loader=ChoiceLoader(
                [
                    PackageLoader("bot.portal"),
                    PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
                ]
            ),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals |= {
            "wording": wording,
            "labels": labels,
            "asset": lambda name: f"/assets/{self.version}/{name}",
            "guidance_address": guidance_address,
        }
        made.filters |= {"day": day, "time": self._time, "lines": lines}
        return made

    def draw(self, template: str, context: Mapping[str, Any]) -> str:
        """A page as HTML."""
        return self._environment.get_template(template).render(**context)

    def _time(self, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        return f"{local.day} {local:%B %Y, %H:%M}"


def guidance_address(citation: Citation) -> str:
    """Where a quote stands in its document."""
    return f"/library/{citation.document}#{anchor_of(citation.section)}"


def day(value: date | None) -> str:
    """A date as people write it: "3 May 2026"; empty for none."""
    return f"{value.day} {value:%B %Y}" if value else ""


def lines(text: str) -> Markup:
    """A text with its line breaks kept, escaped."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
