"""Pages from templates: GOV.UK Design System components, escaped, with one address for each state of the assets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, cached_property, partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from jinja2.meta import find_referenced_templates
from markupsafe import Markup, escape

from bot import wording
from bot.answering.reading import anchor_of
from bot.domain.messages import Citation
from bot.wording import labels

COMPONENTS = "govuk_frontend_jinja"
"""The package with the design system's components, and the folder that our templates know it as."""
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

    def draw(self, template: str, context: Mapping[str, Any]) -> str:
        """A page as HTML."""
        return _environment(self._zone, self.version).get_template(template).render(**context)

    def compile_all(self) -> None:
        """Make every page ready, so that nobody who comes first waits for it."""
        _compiled(self._zone, self.version)


@cache
def _environment(zone: ZoneInfo, version: str) -> Environment:
    """One for the whole process, however many servers it runs: what was compiled is kept with it."""
    made = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("bot.portal"),
                PrefixLoader({COMPONENTS: PackageLoader(COMPONENTS)}),
            ]
        ),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "wording": wording,
        "labels": labels,
        "asset": lambda name: f"/assets/{version}/{name}",
        "guidance_address": guidance_address,
    }
    made.filters |= {"day": day, "time": partial(_time, zone), "lines": lines}
    return made


@cache
def _compiled(zone: ZoneInfo, version: str) -> frozenset[str]:
    """The names of our pages and of every component that they use, once all of them are made ready."""
    made, seen = _environment(zone, version), set[str]()
    waiting = [name for name in made.list_templates() if not name.startswith(f"{COMPONENTS}/")]
    while waiting:
        name = waiting.pop()
        if name not in seen and made.loader is not None:
            seen.add(name)
            made.get_template(name)
            parsed = made.parse(made.loader.get_source(made, name)[0])
            waiting += [used for used in find_referenced_templates(parsed) if used is not None]
    return frozenset(seen)


def _time(zone: ZoneInfo, moment: datetime) -> str:
    local = moment.astimezone(zone)
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
