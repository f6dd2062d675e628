"""`requests …`: from one reply to guidance, and from guidance to the officers it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot import wording
from bot.cli.base import acting, new_console, print_json, say, this_hub
from bot.cli.requests import requests

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.domain.messages import Reply
    from bot.domain.proposals import Advice


@requests.command()
@click.argument("reference")
@click.option("--title", default="", help="Title of the advice.")
@click.option("--question", default="", help="Its heading: what it answers (default: the question).")
@click.option("--text", default="", help="Its text (default: the last reply).")
@click.option("--owner", default="", help="Who looks after it (default: who proposes it).")
@click.option("--review-by", type=click.DateTime(["%Y-%m-%d"]), help="When it is reviewed (default: in 180 days).")
@acting
def promote(
    reference: str,
    title: str,
    question: str,
    text: str,
    owner: str,
    review_by: datetime | None,
    person: str | None,
    as_json: bool,
) -> None:
    """Propose a reply as hub advice, and show it as officers would see it; a different person approves it.

    \b
    Example:
      prevention-hub requests promote PF-0001 --question "Who locks the park gates?" --as "Sgt Bell"
    """
    with this_hub(as_json) as hub:
        advice = hub.desk.promote(
            hub.acting(person),
            reference,
            title=title,
            question=question,
            text=text,
            owner=owner,
            review_by=review_by.date() if review_by else None,
        )
        request = hub.records.request(advice.reference)
        asked = dict.fromkeys(filter(None, [request.question if request else "", advice.question]))
        _advised(
            advice, as_json, wording.ADVICE_PROPOSED.format(reference=advice.reference), _blocks(hub, advice, asked)
        )


@requests.command()
@click.argument("reference")
@click.option("--withdraw", "take_back", is_flag=True, help="Take approved advice out of the next edition instead.")
@acting
def approve(reference: str, take_back: bool, person: str | None, as_json: bool) -> None:
    """Approve advice that a colleague proposed; the worker publishes it in the next edition.

    \b
    Example:
      prevention-hub requests approve PF-0001 --as "Insp Cole"
    """
    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        advice = hub.desk.withdraw_advice(actor, reference) if take_back else hub.desk.approve(actor, reference)
        _advised(advice, as_json, hub.publishing.next_in_words())


@requests.command()
@click.argument("reference")
@click.option("--question", default="", help="The heading of the draft (default: the question).")
@click.option("--text", default="", help="The draft (default: what was proposed, or the last reply).")
@click.option("--ask", "others", multiple=True, help="Ask this too, in other words; as often as you like.")
@acting
def rehearse(
    reference: str, question: str, text: str, others: tuple[str, ...], person: str | None, as_json: bool
) -> None:
    """Show what officers get now, and what they would get with a draft in the library; nothing is published.

    \b
    Example:
      prevention-hub requests rehearse PF-0001 --ask "who shuts the park at night"
    """
    with this_hub(as_json) as hub:
        draft = hub.desk.draft(hub.acting(person), reference, question=question, text=text)
        from bot.queue.learning.promoting import blocked

        asked = [draft.asked, *others]
        now, then = hub.publishing.rehearse_with({}, asked), _with_advice(hub, draft.advice, asked)
        why = [blocked(draft.advice.document, reply) for reply in then]
        if as_json:
            found = zip(asked, now, then, why, strict=True)
            rows = [
                {"question": q, "now": n.as_json(), "with_draft": t.as_json(), "blocked": w or None}
                for q, n, t, w in found
            ]
            print_json(rows)
            return
        from bot.cli.tables import draw_rehearsal

        draw_rehearsal(asked, now, then, new_console())
        _say_blocked(zip(asked, why, strict=True))


@requests.command()
@click.option("--send", help="Send the offer that has this request to all who asked.")
@click.option("--dismiss", help="Do not offer it again for these questions.")
@acting
def late(send: str | None, dismiss: str | None, person: str | None, as_json: bool) -> None:
    """Ask what is unanswered again: what guidance would answer now, to be sent to all who asked in one step.

    \b
    Example:
      prevention-hub requests late
      prevention-hub requests late --send PF-0001
    """
    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        if send:
            told, troubles = hub.late.send(actor, send)
            if as_json:
                print_json({"sent": told, "not_sent": troubles})
            else:
                sent = wording.LATE_SENT.format(count=len(told), references=", ".join(told) or "nobody")
                say("\n".join([sent, *troubles]))
            return
        if dismiss:
            references = hub.late.dismiss(actor, dismiss)
            say(wording.LATE_DISMISSED.format(references=", ".join(references)))
            return
        offers = hub.late.offers(actor)
        if as_json:
            print_json([offer.as_json() for offer in offers])
            return
        from bot.cli.tables import draw_offers

        draw_offers(offers, new_console())


@requests.command()
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 3650), help="How far back to look.")
@click.option("--tell", help="Tell everybody who was shown this one; “all” is every one.")
@acting
def recall(days: int, tell: str | None, person: str | None, as_json: bool) -> None:
    """Show what was quoted and has changed, was withdrawn or is past its review date since, and who was shown it.

    \b
    Example:
      prevention-hub requests recall
      prevention-hub requests recall --tell 3fa2c1
    """
    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        found = hub.recalls.find(actor, hub.library.edition(), datetime.now(UTC), days)
        if tell:
            count = hub.recalls.tell(actor, found, tell)
            if as_json:
                print_json({"told": count})
            else:
                say(wording.RECALL_TOLD.format(count=count))
            return
        if as_json:
            print_json([one.as_json() for one in found])
            return
        from bot.cli.tables import draw_recalls

        draw_recalls(found, days, new_console())


def _advised(advice: Advice, as_json: bool, then: str, blocks: Mapping[str, str] | None = None) -> None:
    if as_json:
        print_json(advice.as_json() if blocks is None else {**advice.as_json(), "blocked": dict(blocks)})
        return
    say(f"{advice.title} > {advice.question}\n\n{advice.text}\n\n{then}")
    _say_blocked((blocks or {}).items())


def _with_advice(hub: Hub, advice: Advice, asked: Sequence[str]) -> list[Reply]:
    """What officers would get with a draft in the library."""
    from bot.queue.learning.advice import as_markdown

    return hub.publishing.rehearse_with({f"{advice.document}.md": as_markdown(advice)}, asked)


def _blocks(hub: Hub, advice: Advice, asked: Iterable[str]) -> dict[str, str]:
    """Question to why officers who ask it would not be quoted the advice; only those that are blocked."""
    from bot.queue.learning.promoting import blocked

    if not hub.publishing.has_edition():
        return {}
    questions = list(asked)
    replies = _with_advice(hub, advice, questions)
    found = {question: blocked(advice.document, reply) for question, reply in zip(questions, replies, strict=True)}
    return {question: why for question, why in found.items() if why}


def _say_blocked(found: Iterable[tuple[str, str]]) -> None:
    for asked, why in found:
        if why:
            say(wording.BLOCKED.format(asked=asked, why=why))
