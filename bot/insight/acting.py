"""What hub staff do about a gap, in one step: a draft document, or a request for the owner of what came nearest."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Action
from bot.domain.requests import RequestKind
from bot.domain.talk.reasons import Said
from bot.insight.gaps import Gap
from bot.queue.learning.advice import as_file
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.governance.office import Office
    from bot.insight.gaps import Gaps
    from bot.records import Records

MOST_QUESTIONS = 20


@dataclass(frozen=True, slots=True)
class GapDesk:
    """Methods raise NotAllowed, InsightError, and RecordsError and EncoderError."""

    office: Office
    records: Records
    gaps: Gaps
    drafts: Path
    """The folder that drafts are written to."""

    def look(self, actor: Actor) -> list[Gap]:
        """Every gap; their questions are for hub staff."""
        self.office.check(actor, Action.WORK_REQUESTS)
        return self.gaps.all()

    def draft(self, actor: Actor, name: str, today: date) -> Path:
        """Write a draft document for a gap, unless there is one; it has no answer yet, and is no guidance."""
        self.office.check(actor, Action.WORK_REQUESTS)
        gap = self.gaps.find(name)
        path = self.drafts / f"draft-{gap.name.lower()}.md"
        if not path.exists():
            self.drafts.mkdir(parents=True, exist_ok=True)
            aside = path.with_suffix(".part")
            aside.write_text(draft_of(gap, actor.name, today), encoding="utf-8")
            os.replace(aside, path)
        self.records.audit("gap.drafted", actor, subject=gap.name)
        return path

    def ask(self, actor: Actor, name: str, place: Place) -> str:
        """Open a request for whoever owns the nearest document; its reference."""
        self.office.check(actor, Action.WORK_REQUESTS)
        gap = self.gaps.find(name)
        text = words.GAP_TEXT.format(
            heading=gap.heading,
            size=gap.size,
            since=words.day(gap.since),
            nearest=gap.near[0].in_words if gap.near else words.NOTHING_NEAR,
            why=gap.whys[0] if gap.whys else "",
        )
        return self.records.save_handed_over(
            Question(text.strip(), place, actor.name),
            lambda reference: Reply(
                "",
                Outcome.HANDED_OVER,
                words.GAP_ASKED.format(reference=reference, heading=gap.heading),
                request=reference,
                reason=Said.SMALL.value,
            ),
            kind=RequestKind.CORRECTION.value,
            found=(),
            why=text,
        )


def draft_of(gap: Gap, author: str, today: date) -> str:
    """A document with the heading and what is known; status draft, so that it is never quoted."""
    fields = {
        "id": f"draft-{gap.name.lower()}",
        "title": gap.heading.rstrip("?"),
        "status": "draft",
        "owner": author,
        "law_checked_on": today.isoformat(),
    }
    near = "\n".join(f"- {one.in_words} (near in {one.times})" for one in gap.near) or f"- {words.NOTHING_NEAR}"
    asked = "\n".join(f"- {text}" for text in gap.questions[:MOST_QUESTIONS])
    sections = {
        gap.heading: words.DRAFT_ANSWER,
        words.DRAFT_ASKED: asked,
        words.DRAFT_NEAR: f"{near}\n\n" + "\n".join(f"- {why}" for why in gap.whys),
    }
    return as_file(fields, sections)
