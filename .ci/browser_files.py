"""Brings the browser files of the portal in while the package is built: pinned, checked, without typeface and arms.

Versions and checksums stand in pyproject.toml under [tool.prevention-hub.assets]. What is there already is not fetched
again; a source distribution carries the files, so a wheel built from it needs no network.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hatch_npm_vendor.plugin import DEFAULT_REGISTRY
from hatch_npm_vendor.vendor import vendor_package
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "bot/portal/assets"
MARK = "VERSIONS"
# GOV.UK's typeface and the royal arms are not for a police force
_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_ARMS = re.compile(r"url\(/assets/images/[^)]*\)")


class BrowserFiles(BuildHookInterface):  # type: ignore[type-arg]
    """Fills bot/portal/assets before the package is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is missing; a wrong checksum or no network stops the build with a sentence."""
        wanted = tomllib.loads(Path(self.root, "pyproject.toml").read_text("utf-8"))["tool"]["prevention-hub"]["assets"]
        target = Path(self.root, TARGET)
        marks = "\n".join(f"{name} {package['version']} {package['integrity']}" for name, package in wanted.items())
        mark = target / MARK
        if mark.is_file() and mark.read_text("utf-8").split("\n\n")[0] == marks:
            return
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name, package in wanted.items():
            _bring(name, package, target)
        digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(target.iterdir()))).hexdigest()[:16]
        mark.write_text(f"{marks}\n\n{digest}\n", "utf-8")


def _bring(name: str, package: dict[str, Any], target: Path) -> None:
    registry = os.environ.get("npm_config_registry") or DEFAULT_REGISTRY  # noqa: SIM112 npm's own name for it
    with tempfile.TemporaryDirectory() as aside:
        try:
            vendor_package(Path(aside), name, package["version"], package["integrity"], registry=registry)
        except OSError as error:
            raise RuntimeError(
                f"{name} {package['version']} could not be fetched ({type(error).__name__}). The portal's browser "
                "files come from the npm registry: check the network or npm_config_registry, then run make again."
            ) from error
        for wanted in package["files"]:
            found = next(Path(aside).rglob(wanted), None) or next(Path(aside).rglob(Path(wanted).name))
            text = found.read_text("utf-8")
            if found.suffix == ".css":
                text = _ARMS.sub("none", _FONT_FACE.sub("", text)).replace("GDS Transport,arial", "arial")
            (target / Path(wanted).name).write_text(text, "utf-8")
