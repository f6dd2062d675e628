"""`index purge`: a document gone from every kept edition, with proof."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.base import AS, print_json, say, this_hub, with_data
from bot.cli.library.index import index

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.domain.people import Actor

_ADVICE = "{document} is what the hub approved. Take it back first: prevention-hub requests, or lessons; then purge it."
_NOTHING = "No kept edition holds '{document}', and none was ever built from it. Run: prevention-hub index list"
_ELSEWHERE = (
    "Backups, other machines' older editions, and copies elsewhere are not reached from here: see to them as well."
)


@index.command()
@click.argument("document")
@click.option("--why", required=True, help="Why it has to go; it goes on record, so name nobody.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@AS
@with_data
def purge(document: str, why: str, as_json: bool, person: str | None) -> None:
    """Take DOCUMENT, by its id, out of every kept edition, the shared store and the hub database; and prove it gone.

    It is never taken again. What is quoted of it in receipts and letters goes too, unless a legal hold keeps it. Exit
    code 1 where its words are still found below the data folder.

    \b
    Example:
      prevention-hub index purge custody-2019 --why "the law wants it gone: request 12/26"
    """
    if not why.strip():
        raise click.UsageError("Say why: it goes on record.")
    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        done = purged(hub, actor, document.strip().lower(), why.strip())
        print_json(done) if as_json else _draw(done)
        if done["still_found"] or done["kept_by_hold"]:
            sys.exit(1)


def purged(hub: Hub, actor: Actor, document: str, why: str) -> dict[str, Any]:
    """Do it, and tell what was taken from where. NotAllowed, LibraryError or RecordsError where it cannot be done."""
    from bot.domain.people import Action
    from bot.domain.proposals import ADVICE_PREFIX, LESSON_PREFIX
    from indexer.purging import PurgedList, fragments_of, still_in, take_out, texts_of
    from indexer.purging.editions import files_of
    from indexer.workplace import alone
    from knowledge.manifest import LibraryError

    hub.office.check(actor, Action.PURGE)
    if document.startswith((ADVICE_PREFIX, LESSON_PREFIX)) and (hub.publishing.advice / f"{document}.md").exists():
        raise LibraryError(_ADVICE.format(document=document))
    with alone(hub.library):
        if hub.sharing is not None:
            hub.sharing.before_building()
        kept: PurgedList = hub.publishing.purged
        sources, (texts, others) = files_of(hub.library, document), texts_of(hub.library, document)
        # begun before and killed, or kept back by a legal hold: then its words are those on record
        texts += hub.records.retention.quoted(document) if document in kept.names else []
        if not sources and not texts and document not in kept.names:
            raise LibraryError(_NOTHING.format(document=document))
        fragments = fragments_of(texts, others)
        # first, so that whatever is killed on the way, nothing brings it back
        kept.add(document, [source.digest for source in sources], actor.name, datetime.now(UTC))
        # editions last: as long as they hold it, whatever stops this can be run again
        deleted, left = _sources(hub, [source.path for source in sources], document)
        records, held = hub.records.retention.erase(document, fragments, actor, why)
        editions = take_out(hub.library, document)
        store = hub.sharing.purge(actor.name) if hub.sharing is not None else ([], [])
    found = still_in(hub.settings.data, fragments)
    return {
        "document": document,
        "editions": [asdict(one) for one in editions],
        "store": {"put_in_place": store[0], "taken_out": store[1]},
        "records": records,
        "kept_by_hold": held,
        "files_deleted": deleted,
        "files_left": left,
        "searched_for": len(fragments),
        "still_found": found,
    }


def _sources(hub: Hub, paths: list[str], document: str) -> tuple[list[str], list[str]]:
    """Delete the files that lie in the data folder, with what is said beside them; name those that do not."""
    from indexer.sidecar import names_for
    from knowledge.phrasings import FOLDER

    inside, deleted, left = hub.settings.data.absolute(), [], []
    (inside / FOLDER / f"{document}.toml").unlink(missing_ok=True)  # how people ask for it
    for path in sorted(set(paths)):
        file = Path(os.path.abspath(path))
        if not file.is_relative_to(inside) or not file.is_file():
            if file.is_file() or not file.exists():
                left.append(path)
            continue
        file.unlink()
        deleted.append(path)
        names_for(file)[0].unlink(missing_ok=True)
    return deleted, left


def _draw(done: dict[str, Any]) -> None:
    for one in done["editions"]:
        gone = "; nothing else was in it, so the whole edition is gone" if one["removed"] else ""
        say(f"Edition {one['edition']}: {one['passages']} passages and {one['phrasings']} phrasings taken out{gone}.")
    if not done["editions"]:
        say("No kept edition holds it.")
    for number in done["store"]["taken_out"]:
        say(f"Shared store: edition {number} taken out, because it is not here to be looked into.")
    if done["store"]["put_in_place"]:
        say(f"Shared store: {len(done['store']['put_in_place'])} editions put in place without it.")
    records = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in done["records"].items() if count)
    say(f"Hub database: {records or 'nothing of it'}.")
    if done["kept_by_hold"]:
        say(f"Kept by a legal hold: {done['kept_by_hold']} replies, letters and messages. Lift it and run this again.")
    for path in done["files_deleted"]:
        say(f"Deleted: {path}")
    for path in done["files_left"]:
        say(f"Not ours to delete: {path}. No build takes it again; delete it where it is.")
    say(f"Looked for {done['searched_for']} of its sentences in every file of the data folder:")
    for name, count in done["still_found"].items():
        say(f"  {count} are still in {name}")
    if not done["still_found"]:
        say("  none is there any more.")
    say(_ELSEWHERE)
