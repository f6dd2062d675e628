"""The app package: what an administrator uploads to Teams. A zip of the manifest and two icons, all made here."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from importlib.resources import files
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot import wording
from bot.domain.refusals import Refused
from bot.teams import wording as said
from bot.teams.packing.icons import colour_icon, outline_icon

SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v{0}/MicrosoftTeams.schema.json"
GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{4,253}}\Z)(?:{LABEL}\.)+(?![0-9]){LABEL}", re.IGNORECASE)
"""A name of two parts or more that does not end in a number, which would be an address."""
INSIDE = (".local", ".localhost", ".internal", ".lan")
"""Names that only a network of one's own knows, for which nobody signs a certificate."""
BEGINNING = (1980, 1, 1, 0, 0, 0)


class Variant(StrEnum):
    """Which Teams the package is for."""

    STABLE = "stable"
    """Schema 1.25: its commands may be as long as a question. Prompt starters are commands of that kind here."""
    TARGETED = "targeted"
    """Schema 1.29: private messages in a channel, slash commands, and prompt starters with a title."""


SCHEMAS = {Variant.STABLE: "1.25", Variant.TARGETED: "1.29"}
VERSIONS = {Variant.STABLE: "1.0.0", Variant.TARGETED: "1.1.0"}
"""Of the app. Teams takes an update only with a higher one: raise both when what the package says changes."""


def app_package(app_id: str, host: str, variant: Variant) -> bytes:
    """The zip; the same bytes for the same arguments.

    Args:
        app_id: the app's (client) id in Entra, which is the bot's id as well.
        host: the public name under which `serve` is reached over https.
        variant: which Teams it is for.

    Raises:
        Refused: the id or the host is not one.
    """
    made = manifest(app_id, host, variant)
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        for name, data in (
            ("manifest.json", json.dumps(made, ensure_ascii=False, indent=2).encode()),
            (made["icons"]["color"], colour_icon(made["accentColor"])),
            (made["icons"]["outline"], outline_icon()),
        ):
            package.writestr(_entry(name), data, ZIP_DEFLATED, 9)
    return packed.getvalue()


def manifest(app_id: str, host: str, variant: Variant) -> dict[str, Any]:
    """The app's manifest; arguments and errors as above."""
    if not GUID.fullmatch(app_id):
        raise Refused(said.BAD_APP_ID)
    if not HOST.fullmatch(host) or host.lower().endswith(INSIDE):
        raise Refused(said.BAD_HOST)
    app_id, host = app_id.lower(), host.lower()
    text = files("bot.teams").joinpath("manifest.json").read_text(encoding="utf-8")
    made: dict[str, Any] = {
        "$schema": SCHEMA.format(SCHEMAS[variant]),
        "manifestVersion": SCHEMAS[variant],
        "version": VERSIONS[variant],
        "id": app_id,
        "name": {"short": wording.NAME, "full": f"{wording.NAME}: {wording.TAGLINE}"},
        "developer": {
            "name": wording.NAME,
            "websiteUrl": f"https://{host}/",
            "privacyUrl": f"https://{host}/privacy",
            "termsOfUseUrl": f"https://{host}/terms",
        },
        **json.loads(text),
        "validDomains": [host],
        "webApplicationInfo": {"id": app_id, "resource": f"api://{host}/botid-{app_id}"},
    }
    (bot,), (extension,) = made["bots"], made["composeExtensions"]
    bot["botId"] = extension["botId"] = app_id
    _suit(bot, extension, variant)
    return made


def _suit(bot: dict[str, Any], extension: dict[str, Any], variant: Variant) -> None:
    """Give each place the commands that this Teams can show there; only one's own chat has prompt starters."""
    (everywhere,) = bot["commandLists"]
    own = {"scopes": ["personal"], "commands": [*_starters(variant), *everywhere["commands"]]}
    rooms = {"scopes": ["team", "groupChat"], "commands": everywhere["commands"]}
    bot["commandLists"] = [own, rooms]
    if variant is Variant.TARGETED:
        bot["supportsTargetedMessages"] = True
        rooms["triggers"] = ["mention", "slash"]
        for command in extension["commands"]:
            # a form that opens in a dialog: a command of the bot cannot do that
            if command["type"] == "action" and "compose" in command["context"]:
                command["triggers"] = ["slash"]


def _starters(variant: Variant) -> list[dict[str, str]]:
    if variant is Variant.TARGETED:
        return [
            {"type": "prompt", "title": title, "description": question, "prompt": question}
            for title, question in said.PROMPTS
        ]
    # before schema 1.27 Teams writes the title into the box, so the question has to be the title
    return [{"title": question, "description": title} for title, question in said.PROMPTS]


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, BEGINNING)
    entry.create_system, entry.external_attr = 3, 0o644 << 16  # as written on Linux, wherever it is written
    return entry
