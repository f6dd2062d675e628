"""What is one force's stays its own: the mark by which that is known, and the folder that has it."""

from __future__ import annotations

from pathlib import Path

from bot.domain.refusals import Refused

MARK = "force"
"""The name of the mark: a file in the data folder, a row of the hub database, an object of the shared library."""


class ForceError(Refused):
    """A force's profile cannot be read, or what it names is another force's."""


def not_ours(what: str, owner: str, force: str) -> str:
    """That something is another force's, with the remedy; empty where it is ours, or nobody's."""
    if owner == force or not owner:
        return ""
    me = f"this process works for the force '{force}'" if force else "no force is named"
    return (
        f"{what} belongs to the force '{owner}', and {me}. Nothing was read or changed. Name the right force with "
        f"PREVENTION_HUB_FORCE, or give this one a {what.split(' ', 1)[1]} of its own."
    )


def claim_folder(data: Path, force: str) -> None:
    """Mark a data folder as this force's, once.

    Raises:
        ForceError: it is another force's, or cannot be marked.
    """
    file = data / MARK
    try:
        if force and not file.exists():
            data.mkdir(parents=True, exist_ok=True)
            with open(file, "x", encoding="utf-8") as mark:
                mark.write(f"{force}\n")
        owner = file.read_text(encoding="utf-8").strip() if file.exists() else ""
    except FileExistsError:
        claim_folder(data, force)  # another process was first: whose is it?
        return
    except OSError as error:
        raise ForceError(f"The data folder {data} cannot be used ({error.strerror}). Check its rights.") from error
    if told := not_ours("The data folder", owner, force):
        raise ForceError(told)
