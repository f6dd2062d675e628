"""Programme news and the weekly digest: prepared once, approved by a person, then told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app import Hub
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor
from bot.domain.proposals import DigestError
from bot.programme.digest import Changes, Week, compose
from bot.records import Records
from bot.settings import Settings
from bot.worker import changes_in, run_due
from indexer.build import Builder
from knowledge.manifest import LibraryError
from knowledge.news import Post, read_news, starter_news
from knowledge.passages import Document
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

pytestmark = pytest.mark.usefixtures("ungated")

MONDAY = date(2026, 11, 23)
WEEK = Week(date(2026, 11, 16))


def post(folder: Path, name: str, day: str, title: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"---\ntitle: {title}\ndate: {day}\n---\n{text}\n", encoding="utf-8")


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    hub = Hub(Settings(data=tmp_path / "data"), WordEncoder())
    hub.publishing.build(Builder(hub.library, hub.encoder), [guidance])
    yield hub
    hub.close()


def test_posts_come_newest_first_from_both_folders(tmp_path: Path) -> None:
    post(tmp_path / "a", "one.md", "2026-11-02", "One", "First text.")
    post(tmp_path / "b", "two.md", "2026-11-09", "Two", "Second text.")
    assert read_news(tmp_path / "a", tmp_path / "b", tmp_path / "none") == (
        Post(date(2026, 11, 9), "Two", "Second text."),
        Post(date(2026, 11, 2), "One", "First text."),
    )


@pytest.mark.parametrize(
    "text",
    ["no front matter", "---\ntitle: A\n---\nx", "---\ntitle: A\ndate: soon\n---\nx", "---\ndate: 2026-11-02\n---\nx"],
)
def test_a_bad_post_is_named_with_what_to_write(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.md").write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"bad\.md is wrong\. Begin it with ---, title"):
        read_news(tmp_path)


def test_the_posts_that_come_along_can_be_read() -> None:
    assert [p.title for p in read_news(starter_news())] == [
        "It is Report Fraud now, not Action Fraud",
        "The law on anti-social behaviour is moving",
        "The starter library is here",
    ]


@pytest.mark.parametrize(
    ("today", "name"),
    [("2026-11-23", "2026-W47"), ("2026-11-29", "2026-W47"), ("2026-11-22", "2026-W46"), ("2027-01-04", "2026-W53")],
)
def test_the_week_that_is_over(today: str, name: str) -> None:
    week = Week.before(date.fromisoformat(today))
    assert week.name == name
    assert Week.parse(name.lower()) == week


def test_a_digest_tells_news_changes_reviews_and_counts() -> None:
    posts = [Post(date(2026, 11, 16), "In", "Text."), Post(date(2026, 11, 15), "Before", "Old.")]
    due = Document("kite", "Kites", review_by=date(2026, 12, 1))
    later = Document("owl", "Owls", review_by=date(2027, 2, 1))
    text = compose(WEEK, posts, Changes(added=("kite",)), [due, later], {"answered": 4, "handed_over": 2, "urgent": 1})
    assert text == (
        "Prevention Hub, week of 16 November 2026 to 22 November 2026\n\n"
        "Programme news\n- In (16 November 2026): Text.\n\n"
        "New in the library\n- kite\n\n"
        "Guidance to be reviewed soon\n- Kites, by 1 December 2026\n\n"
        "Questions answered in the week: 7. Quoted from guidance: 4. Asked which was meant: 0. Handed to the hub: 2."
    )


def test_the_worker_prepares_a_digest_once_and_it_is_news_only_when_approved(hub: Hub, tmp_path: Path) -> None:
    post(tmp_path / "data" / "news", "tea.md", "2026-11-18", "Tea", "The urn is mended.")
    assert list(run_due(hub, MONDAY)) == [
        "Digest for 2026-W47 prepared. Approve it with: prevention-hub news approve 2026-W47"
    ]
    assert list(run_due(hub, MONDAY)) == []
    assert not any(news.title.startswith("Prevention Hub, week") for news in hub.news.all())
    approved = hub.records.digests.approve("2026-W47", hub.office.second(Actor("Sgt Bell")))
    assert (approved.approved_by, approved.week) == ("Sgt Bell", "2026-W47")
    told = hub.news.all()[0]
    assert told.title == "Prevention Hub, week of 16 November 2026 to 22 November 2026"
    assert "- Tea (18 November 2026): The urn is mended." in told.text
    with pytest.raises(DigestError, match=r"Sgt Bell has approved the digest for 2026-W47 already\."):
        hub.records.digests.approve("2026-W47", hub.office.second(Actor("PC Dunn")))
    with pytest.raises(DigestError, match=r"no digest for 2026-W01"):
        hub.records.digests.approve("2026-W01", hub.office.second(Actor("PC Dunn")))
    assert hub.records.verify_audit().ok


def test_counts_are_those_of_the_week(hub_database: Path | str) -> None:
    now = datetime(2026, 11, 15, 23, 59, tzinfo=UTC)
    with Records.open(hub_database, clock=lambda: now) as records:
        for moment in ("2026-11-15T23:59", "2026-11-16T00:00", "2026-11-22T23:59", "2026-11-23T00:00"):
            now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
            question = Question("kites?", Place("terminal", "1"), "pc-7")
            records.save_reply(question, Reply("r", Outcome.ANSWERED, "Yes.", receipt=records.new_receipt()))
        assert records.digests.outcomes(WEEK.monday, WEEK.sunday) == {"answered": 2}


def test_changes_are_those_between_the_editions_of_the_week(library: Library, guidance: Path) -> None:
    builder = Builder(library, WordEncoder())
    today = builder.build([guidance]).manifest.built_at.date()
    this_week = Week(today.fromordinal(today.toordinal() - today.weekday()))
    next_week = Week(date.fromordinal(this_week.monday.toordinal() + 7))
    assert changes_in(library, this_week) == Changes()
    (guidance / "laundry.md").write_text("# Laundry\n\nNew words.\n", encoding="utf-8")
    (guidance / "owls.md").write_text("# Owls\n\nOwls sleep by day.\n", encoding="utf-8")
    (guidance / "badgers.md").unlink()
    second = builder.build([guidance], force_because="a test").manifest
    late = second.model_copy(update={"built_at": second.built_at.replace(year=second.built_at.year)})
    manifest = library.path(second.edition) / "manifest.json"
    stored = json.loads(manifest.read_text(encoding="utf-8"))
    stored["built_at"] = datetime.combine(next_week.monday, late.built_at.timetz()).isoformat()
    manifest.write_text(json.dumps(stored), encoding="utf-8")
    assert changes_in(library, next_week) == Changes(
        added=("laundry", "owls"), removed=("badger-counting", "kite-laundry")
    )
