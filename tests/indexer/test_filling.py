"""Filling in the local file: nothing else in it is lost, and nobody overwrites what they have not seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.local import read_local
from indexer.sources.filling import Changed, LocalFile, Part
from knowledge.manifest import LibraryError
from knowledge.passages import Document

KITES = Document("kites", "Kites", local_fill=("kite lead", "dpo contact"), unset=("kite lead", "dpo contact"))
OWLS = Document("owls", "Owls", local_fill=("DPO  contact",))
DOCUMENTS = [KITES, OWLS, Document("plain", "Plain")]
BEFORE = """# kept by the office
[everywhere]
"dpo contact" = "dpo@example.police.uk"  # until May
"misspelt" = "x"

[documents.kites]
"Kite Lead" = "Sgt Bell"
"""


@pytest.fixture
def local(tmp_path: Path) -> LocalFile:
    return LocalFile(tmp_path / "local.toml")


def part(local: LocalFile, key: str) -> Part:
    found = local.part(key, DOCUMENTS)
    assert found is not None
    return found


def test_what_can_be_set_is_listed_with_what_is_and_who_uses_it(local: LocalFile) -> None:
    local.file.write_text(BEFORE, encoding="utf-8")
    parts = {one.key: one for one in local.parts(DOCUMENTS)}
    assert list(parts) == ["contacts", "wording", "everywhere", "kites", "owls"]
    told = {fact.name: (fact.value, [one.id for one in fact.used_by]) for fact in parts["everywhere"].facts}
    assert told == {"dpo contact": ("dpo@example.police.uk", ["kites", "owls"]), "misspelt": ("x", [])}
    kites = [(fact.name, fact.value, fact.elsewhere, fact.waits) for fact in parts["kites"].facts]
    assert kites == [("kite lead", "Sgt Bell", "", True), ("dpo contact", "", "dpo@example.police.uk", True)]
    assert [(part.key, part.are_set) for part in parts.values()] == [
        ("contacts", 0), ("wording", 0), ("everywhere", 2), ("kites", 2), ("owls", 1),
    ]  # fmt: skip
    assert local.strays(DOCUMENTS) == ["No document asks for 'misspelt'."]


def test_writing_keeps_comments_and_everything_else(local: LocalFile) -> None:
    local.file.write_text(BEFORE, encoding="utf-8")
    recorded: list[str] = []
    values = {"kite lead": " Insp\nCole ", "dpo contact": ""}
    assert local.write(part(local, "kites"), values, local.digest(), recorded.extend)
    assert local.file.read_text(encoding="utf-8") == BEFORE.replace("Sgt Bell", "Insp Cole")
    assert recorded == ["kite lead"]
    assert not local.write(part(local, "kites"), values, local.digest(), recorded.extend)
    assert recorded == ["kite lead"]


def test_a_file_that_is_not_there_is_made(local: LocalFile) -> None:
    assert local.write(part(local, "owls"), {"DPO  contact": 'say "DPO"'}, local.digest(), list)
    assert local.write(part(local, "contacts"), {"hub": "ring 101"}, local.digest(), list)
    read = read_local(local.file)
    assert (read.value("owls", "dpo contact"), read.contacts.hub) == ('say "DPO"', "ring 101")


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(local: LocalFile) -> None:
    digest, mine = local.digest(), part(local, "owls")
    local.write(part(local, "kites"), {"kite lead": "Sgt Bell"}, digest, list)
    before = local.file.read_bytes()
    with pytest.raises(Changed, match="A colleague changed these facts while you were typing"):
        local.write(mine, {"DPO  contact": "me"}, digest, list)
    assert local.file.read_bytes() == before


@pytest.mark.parametrize(
    ("key", "values", "told"),
    [
        ("wording", {"incident": "Call the desk."}, "“incident” is a signpost for an emergency: it must name 999."),
        ("owls", {"DPO  contact": "x" * 501}, "“DPO  contact” is too long: use at most 500 characters."),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_written(
    local: LocalFile, key: str, values: dict[str, str], told: str
) -> None:
    with pytest.raises(LibraryError) as refused:
        local.write(part(local, key), values, local.digest(), list)
    assert str(refused.value) == told
    assert not local.file.exists()


def test_what_cannot_go_on_record_is_not_written(local: LocalFile) -> None:
    def away(names: list[str]) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        local.write(part(local, "owls"), {"DPO  contact": "x"}, local.digest(), away)
    assert not local.file.exists()
