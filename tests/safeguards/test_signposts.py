"""What an officer in need is told, whatever a force has set."""

from __future__ import annotations

from pathlib import Path

from bot import wording
from bot.app import Hub
from bot.doctor import examine
from bot.safeguards import Urgency, extend_cues, urgency
from bot.settings import Settings


def test_without_a_line_of_the_force_what_always_exists_is_named() -> None:
    told = wording.welfare("")
    assert "not set" not in told
    for named in ("999", "a colleague", "supervisor", "GP", "111", "option 2", "116 123"):
        assert named in told
    assert "wellbeing line" not in told
    assert "your force's wellbeing line (0800 000)" in wording.welfare("0800 000")


def test_a_mistake_in_the_local_file_leaves_the_line_of_the_force(tmp_path: Path) -> None:
    (tmp_path / "local.toml").write_text('[contacts]\nwellbeing = "0800 000"\n[documents\n', encoding="utf-8")
    hub = Hub(Settings(data=tmp_path))
    assert hub.contacts.wellbeing == "0800 000"
    hub.close()


def test_the_cues_of_a_force_are_read_from_its_data_folder(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues" / "danger.toml").write_text(
        '[group.local]\nwhy = "Our code word."\nphrases = ["blue juniper"]\n', encoding="utf-8"
    )
    hub = Hub(Settings(data=tmp_path))
    try:
        assert urgency("blue juniper") is Urgency.INCIDENT
    finally:
        hub.close()
        extend_cues(None)


def test_doctor_names_a_bad_file_of_cues(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues" / "danger.toml").write_text("[group.local]\nphrases = 3\n", encoding="utf-8")
    hub = Hub(Settings(data=tmp_path))
    try:
        (cues,) = [finding for finding in examine(hub).findings if finding.what == "cues"]
    finally:
        hub.close()
        extend_cues(None)
    assert not cues.good
    assert "danger.toml, group 'local': phrases must be a list" in cues.said
