"""What only the force can know: its contacts, limits and links, shown and filled in."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording
from bot.portal.building import building_of
from bot.portal.site import Site, trouble
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit
from knowledge.manifest import LibraryError
from knowledge.passages import Document

HERE = "/admin/facts"


def facts(site: Site, visit: Visit) -> Shown:
    """Every part of the local file, with what is set and which documents use it."""
    _check(site, visit)
    shown = {"title": wording.FACTS_TITLE, "parts": [], "strays": [], "error": "", "building": building_of(site.hub)}
    try:
        documents = _documents(site)
        shown |= {"parts": site.hub.facts.parts(documents), "strays": site.hub.facts.strays(documents)}
    except LibraryError as error:
        shown["error"] = str(error)
    return Page("admin/facts.html", {**shown, "names": wording.FACT_PARTS}, 409 if shown["error"] else 200)


def part(site: Site, visit: Visit) -> Shown:
    """The form for one part."""
    return _form(site, visit)


def fill(site: Site, visit: Visit) -> Shown:
    """Save one part; refused where somebody else saved meanwhile, with both to be seen."""
    hub, sent, key = site.hub, visit.form, visit.params["part"]
    _check(site, visit)
    try:
        found = hub.facts.part(key, _documents(site))
        if found is None:
            return trouble(404, wording.NO_SUCH_FACTS)
        values = {fact.name: sent.get(f"fact-{at}", "") for at, fact in enumerate(found.facts)}
        actor = visit.person.actor

        def record(names: list[str]) -> None:
            hub.records.audit("local_facts.changed", actor.name, subject=key, names=list(names))

        changed = hub.facts.write(found, values, sent.get("digest", ""), record)
    except LibraryError as error:
        return _form(site, visit, str(error))
    return Go(HERE, wording.FACTS_SAVED if changed else wording.FACTS_SAME)


def _form(site: Site, visit: Visit, error: str = "") -> Shown:
    _check(site, visit)
    key = visit.params["part"]
    try:
        # the digest first: what is saved between the two is then noticed
        digest, found = site.hub.facts.digest(), site.hub.facts.part(key, _documents(site))
    except LibraryError as trouble_of_file:
        return trouble(409, str(trouble_of_file))
    if found is None:
        return trouble(404, wording.NO_SUCH_FACTS)
    shown = {"title": wording.FACT_PARTS.get(key, found.title), "part": found, "digest": digest, "error": error}
    typed = visit.form if error else {}
    return Page("admin/facts_form.html", {**shown, "typed": typed, "fixed": wording.FACT_NAMES}, 422 if error else 200)


def _documents(site: Site) -> Sequence[Document]:
    return list(site.hub.library.edition().documents.values())


def _check(site: Site, visit: Visit) -> None:
    site.hub.publishing.in_name_of(visit.person.actor).check_may_build()


TABLE = (At(HERE, facts, needs=Needs.ADMIN), At(f"{HERE}/{{part}}", part, fill, Needs.ADMIN))
