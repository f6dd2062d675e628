"""Writing down what is known of a file: into the TOML file beside it, or of a folder into its table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import tomlkit

from indexer.sidecar import FILES, FOLDER_TABLE, SidecarRefused, check, name_of, names_for
from knowledge.store.folder import replace_text

_ITSELF = "{name} describes a file itself. Name what it describes: prevention-hub index describe {meant}"

Value = str | date | list[str]


def write_sidecar(file: Path, said: Mapping[str, Value]) -> Path:
    """Write down what is said of a file (or of all files of a folder), beside what is there already.

    Raises:
        SidecarRefused: a field is wrong, the file describes others itself, or nothing can be written beside it.
    """
    check_describable(file)
    target = file / FOLDER_TABLE if file.is_dir() else _own(file)
    try:
        document = tomlkit.parse(target.read_text(encoding="utf-8-sig")) if target.exists() else tomlkit.document()
        for name, value in said.items():
            # what was said under another name of the same field would count beside it, and a stricter marking above it
            for other in [key for key in document if key != name and name_of(key) == name_of(name)]:
                del document[other]
            document[name] = value
        check({name: value for name, value in document.unwrap().items() if name != FILES}, target)
        replace_text(target, tomlkit.dumps(document))
    except (OSError, UnicodeDecodeError, tomlkit.exceptions.TOMLKitError) as error:
        raise SidecarRefused(f"{target} cannot be written: {error}.") from error
    return target


def check_describable(file: Path) -> None:
    """Do nothing for a file or a folder; SidecarRefused for what describes others itself."""
    if file.suffix.lower() == ".toml" and not file.is_dir():
        meant = file.parent if file.name == FOLDER_TABLE else file.with_suffix("")
        raise SidecarRefused(_ITSELF.format(name=file.name, meant=meant))


def _own(file: Path) -> Path:
    """The sidecar that a file has already, or the name of a new one."""
    return next((name for name in names_for(file) if name.exists() and name != file), names_for(file)[0])
