"""The assurance pack: drafts filled from live settings, and a list of every component with its version and licence."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from bot.governance.disclosure import DisclosureError

DRAFTS = ("transparency-record.md", "dpia.md", "equality-impact.md", "threat-model.md")
SBOM = "sbom.cdx.json"
PACKAGE = "prevention-hub"


def write_pack(folder: Path, facts: Mapping[str, Any], at: datetime) -> list[Path]:
    """Write the drafts and the component list; the files that were written.

    Raises:
        DisclosureError: the folder cannot be written.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Markdown for people to edit, not a page: nothing is escaped
    environment = Environment(
        loader=PackageLoader("bot", "templates/pack"),
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in DRAFTS:
            text = environment.get_template(name).render(**facts, at=at)
            (folder / name).write_text(text + "\n", encoding="utf-8")
        (folder / SBOM).write_text(json.dumps(components(at), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise DisclosureError(f"{folder} cannot be written ({error.strerror}). Name another with --out.") from error
    return [folder / name for name in (*DRAFTS, SBOM)]


def components(at: datetime) -> dict[str, Any]:
    """What is installed for the program to run, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/)."""
    found: dict[str, Distribution] = {}
    todo = [PACKAGE]
    while todo:
        name = _normal(todo.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # a requirement of another platform or of an extra that is not installed
        todo += [_name(line) for line in found[name].requires or () if "extra ==" not in line]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": at.isoformat(timespec="seconds"),
            "component": _component(found.get(PACKAGE), PACKAGE, "application"),
        },
        "components": [_component(one, name, "library") for name, one in sorted(found.items()) if name != PACKAGE],
    }


def _component(one: Distribution | None, name: str, kind: str) -> dict[str, Any]:
    version = one.version if one else "0"
    row: dict[str, Any] = {"type": kind, "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}"}
    licence = one.metadata["License-Expression"] if one and "License-Expression" in one.metadata else ""
    if licence:
        row["licenses"] = [{"expression": licence}]
    return row


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    return match.group() if match else ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
