"""Pauses, letters, the record, holds, roles and tokens."""

from __future__ import annotations

from bot import wording
from bot.domain.clients import Scope as ClientScope
from bot.domain.people import Action, Role
from bot.domain.refusals import Refused
from bot.domain.timing.retention import Scope
from bot.portal.site import Site
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit
from bot.queue.delivery import resend

HOLDERS = Needs(Action.READ_RECORD.value)
"""Admins and auditors."""


def front(site: Site, visit: Visit) -> Shown:
    """What there is to look after."""
    return Page("admin/front.html", {"title": wording.ADMIN_TITLE})


def pauses(site: Site, visit: Visit) -> Shown:
    """What is paused, and pausing."""
    hub = site.hub
    hub.office.check(visit.person.actor, Action.SWITCH)
    admin, viewer = visit.person.may(Action.BUILD), site.viewer(visit)
    found = hub.library.edition().documents.values()
    documents = {one.id: one.title for one in found if admin or hub.ceilings.is_for(one, viewer)}
    shown = {"title": wording.PAUSES_TITLE, "paused": list(hub.office.paused().values()), "documents": documents}
    return Page("admin/pauses.html", shown)


def switch(site: Site, visit: Visit) -> Shown:
    """Pause or resume."""
    office, actor, what = site.hub.office, visit.person.actor, visit.form.get("what", "")
    if visit.form.get("do") == "resume":
        office.resume(actor, what)
        return Go(visit.path, wording.RESUMED_NOW.format(what=what))
    ids = () if what in ("answers", "everything") else site.hub.library.edition().documents
    office.pause(actor, what, visit.form.get("why", ""), ids)
    return Go(visit.path, wording.PAUSED_NOW.format(what=what))


def letters(site: Site, visit: Visit) -> Shown:
    """Messages that were given up: where to and why, not what they say."""
    return Page("admin/letters.html", {"title": wording.LETTERS_TITLE, "letters": site.hub.records.outbox.dead()})


def send_again(site: Site, visit: Visit) -> Shown:
    """Try one of them, or all, again."""
    count = resend(site.hub.office, site.hub.records, visit.person.actor, visit.form.get("key") or None)
    return Go(visit.path, wording.LETTERS_RESENT.format(count=count))


def record(site: Site, visit: Visit) -> Shown:
    """The box to search in; ids of people stand in no address."""
    return Page("admin/record.html", {"title": wording.RECORD_TITLE, "typed": {}, "events": None, "report": None})


def search(site: Site, visit: Visit) -> Shown:
    """Search the record, or walk it from end to end; searching goes on record itself."""
    office, sent = site.hub.office, visit.form
    shown: dict[str, object] = {"title": wording.RECORD_TITLE, "typed": sent, "events": None, "report": None}
    if sent.get("do") == "verify":
        office.check(visit.person.actor, Action.READ_RECORD)
        shown["report"] = office.verify()
    else:
        about = {name: sent.get(name, "").strip() for name in ("person", "subject")}
        found = office.search(visit.person.actor, person=about["person"], subject=about["subject"])
        shown |= {"events": found, "names": site.hub.records.people.names(sorted({one.by for _, one in found}))}
    return Page("admin/record.html", shown)


def holds(site: Site, visit: Visit) -> Shown:
    """What no purge may touch, and how long everything else is kept."""
    found = site.hub.office.holds(visit.person.actor)
    shown = {"title": wording.HOLDS_TITLE, "holds": found, "clocks": site.hub.settings.clocks, "scopes": list(Scope)}
    return Page("admin/holds.html", shown)


def hold(site: Site, visit: Visit) -> Shown:
    """Set or lift a hold, or count what a purge would take."""
    office, actor, sent = site.hub.office, visit.person.actor, visit.form
    match sent.get("do"):
        case "set" if sent.get("scope") in set(Scope):
            made = office.hold(actor, Scope(sent["scope"]), sent.get("value", "").strip(), sent.get("why", ""))
            return Go(visit.path, wording.HOLD_SET.format(number=made.id))
        case "lift" if sent.get("number", "").isdecimal() and len(sent["number"]) < 9:
            office.lift(actor, int(sent["number"]))
            return Go(visit.path, wording.HOLD_LIFTED.format(number=sent["number"]))
        case "count":
            done = office.purge(actor, site.hub.settings.clocks, dry_run=True)
            counts = ", ".join(f"{count} {name}" for name, count in done.counts.items())
            return Go(visit.path, wording.PURGE_WOULD.format(counts=counts))
    raise Refused(wording.TROUBLE_TITLES[422])


def roles(site: Site, visit: Visit) -> Shown:
    """Who has which role: lists of the settings, which no page can change."""
    site.hub.office.check(visit.person.actor, Action.READ_RECORD)
    granted = site.hub.office.roles.granted
    rows = [(role.value, ", ".join(sorted(granted.get(role, ()))) or wording.NOT_SET) for role in Role]
    rows[0] = (Role.OFFICER.value, wording.EVERYBODY)
    return Page("admin/roles.html", {"title": wording.ROLES_TITLE, "rows": rows})


def clients(site: Site, visit: Visit) -> Shown:
    """Programs that use the API."""
    return _clients(site, visit)


def client(site: Site, visit: Visit) -> Shown:
    """A new token, shown on this page alone and kept nowhere; or the end of one."""
    actor, sent, found = visit.person.actor, visit.form, site.hub.clients
    if sent.get("do") == "revoke":
        found.revoke(actor, sent.get("name", ""))
        return Go(visit.path, wording.CLIENT_REVOKED.format(name=sent.get("name", "")))
    scopes = [one.value for one in ClientScope if f"scope_{one.value}" in sent]
    token = found.add(actor, sent.get("name", ""), sent.get("person", ""), scopes, 90)
    return _clients(site, visit, wording.CLIENT_MADE.format(token=token))


def _clients(site: Site, visit: Visit, made: str = "") -> Page:
    shown = {"title": wording.CLIENTS_TITLE, "clients": site.hub.clients.all(visit.person.actor), "made": made}
    return Page("admin/clients.html", {**shown, "scopes": [one.value for one in ClientScope]})


TABLE = (
    At("/admin", front, needs=HOLDERS),
    At("/admin/pauses", pauses, switch, Needs.HUB),
    At("/admin/letters", letters, send_again, Needs.HUB),
    At("/admin/record", record, search, HOLDERS),
    At("/admin/holds", holds, hold, HOLDERS),
    At("/admin/roles", roles, needs=HOLDERS),
    At("/admin/api", clients, client, Needs.ADMIN),
)
