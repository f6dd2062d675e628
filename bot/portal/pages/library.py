"""The library: documents, one document whole, a search that is kept nowhere."""

from __future__ import annotations

from bot import wording
from bot.answering.reading import anchor_of
from bot.portal.site import Site, trouble
from bot.portal.visits import At, Page, Shown, Visit, when_sent


def documents(site: Site, visit: Visit) -> Shown:
    """Every document that may be shown here, by subject."""
    found = [(name, anchor_of(name), rows) for name, rows in site.hub.reading.by_subject(site.viewer(visit)).items()]
    return Page("library.html", {"title": wording.LIBRARY, "subjects": found, "passages": None, "typed": ""})


def search(site: Site, visit: Visit) -> Shown:
    """Passages that come near what was typed; sent as a form, so that it stands in no address."""
    typed = visit.form.get("words", "")
    passages = site.hub.lookup.passages(typed, site.viewer(visit))
    links = [(one, f"/library/{one.document}#{anchor_of(one.section)}") for one in passages]
    shown = {"title": wording.LIBRARY, "subjects": [], "passages": links, "typed": typed}
    return Page("library.html", shown)


def document(site: Site, visit: Visit) -> Shown:
    """One document, with its standing and its history."""
    whole = site.hub.reading.whole(visit.params["document"], site.viewer(visit))
    if whole is None:
        return trouble(404, wording.NO_SUCH_DOCUMENT)
    return Page("document.html", {"title": whole.document.title, "whole": whole})


TABLE = (
    At("/library", documents, search, long=when_sent),
    At("/library/{document}", document),
)
