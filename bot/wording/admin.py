"""What the admin's and auditor's pages of the portal say."""

from __future__ import annotations

BUILD_BEGINS, BUILD_READS, BUILD_EMBEDS = "Starting", "Reading files", "Embedding passages"
BUILD_RUNS = "A build is running already. Look again when it has ended."
BUILD_BEGUN = "The build has begun. This page shows how far it is."
BUILD_WHY = "Say why a worse or smaller edition is wanted."
LIBRARY_ADMIN = "The library's editions"
LIBRARY_ROLLED_BACK = "Edition {edition} serves now, and is held: nothing is published by itself until you release it."
LIBRARY_CHOSEN = "Edition {edition} serves now."
LIBRARY_RELEASED = "Released. The worker publishes again what is approved."
LIBRARY_NOT_HELD = "Nothing is held."
UPLOADS_TITLE = "Upload guidance"
UPLOADS_LEAD = (
    "A file is read at once, and what a build would change is shown before anything is published. Nothing serves until "
    "you publish."
)
UPLOADS_KINDS = (
    "Markdown, text, HTML, Word, PDF, PowerPoint, Excel, CSV, OpenDocument, a saved message, or a ZIP of these; at "
    "most 30 MB."
)
UPLOAD_EMPTY = "Choose a file that is not empty."
UPLOAD_TAKEN = "{name} was read. This page shows what publishing would change."
UPLOAD_WAITS = "{name} was read. A build is running already: show what would change when it has ended."
UPLOAD_REMOVED = "{name} is removed. Its document goes with the next edition."
GOLDEN_TITLE, GOLDEN_NONE = "Golden questions", "nothing: it is for the hub"
DOCTOR_TITLE = "How everything is"
DOCTOR_WELL, DOCTOR_ILL = "Nothing needs mending.", "Something needs mending."
DOCTOR_ELSEWHERE = "It can be looked at from the command line: prevention-hub doctor"
ADMIN_TITLE = "Looking after the hub"
PAUSES_TITLE = "Pauses"
PAUSED_NOW, RESUMED_NOW = "Paused: {what}", "Resumed: {what}"
LETTERS_TITLE = "Messages that did not arrive"
LETTERS_RESENT = "{count} will be tried again."
RECORD_TITLE = "The record"
RECORD_WHOLE = "{events} events, and the chain is whole."
RECORD_BROKEN = "The record breaks at event {sequence}: {why}"
HOLDS_TITLE = "Holds and retention"
HOLD_SET, HOLD_LIFTED = "Hold {number} is set.", "Hold {number} is lifted."
PURGE_WOULD = "A purge would remove: {counts}."
ROLES_TITLE = "Who may do what"
CLIENTS_TITLE = "Programs that use the API"
CLIENT_MADE = "The token, shown this once: {token}"
CLIENT_REVOKED = "Revoked: {name}"
EVERYBODY = "everybody"
NOT_SET = "not set"
EXPORTS_TITLE = "Exports"
EXPORTS_WHY = (
    "For a freedom of information or subject access request: everything kept about a person, a request or a word, "
    "redacted once more. A person checks the worklist in it before anything is handed out. Each export goes on record."
)
EXPORT_OF_WHAT = "Say whose records, which request or which word: an export of everything is not made here."
EXPORT_DAY = "Give days as 2026-11-27."
BACKUPS_TITLE = "Backups"
BACKUP_HOW = "Back up from the machine itself, to a place that this machine cannot change later:"
BACKUP_SERVER = "The hub database is on a server: its own program pg_dump, which must be installed, brings it along."
ANCHOR_WHY = (
    "An anchor signs where the record stands now. Kept away from this machine, it shows later whether anything before "
    "it was changed."
)
FACTS_TITLE = "Local facts"
FACTS_LEAD = (
    "What only your force can know: its contacts, limits and links. What is not set is said to be not set; nothing is "
    "ever invented."
)
FACTS_WHEN = (
    "Documents show a change with the next edition. Contacts and signposts are told as they are here once the "
    "programs have been started again; where the settings name a contact, that one is told."
)
FACTS_SAVED = "Saved. Documents show it with the next edition: see what would change, or build it, below."
FACTS_SAME = "Nothing is different from before."
NO_SUCH_FACTS = "No document asks for such facts now. Choose from the list of local facts."
FACT_PARTS = {
    "contacts": "Whom the assistant itself names",
    "wording": "Your own words for the two signposts",
    "everywhere": "For every document that asks",
}
FACT_NAMES = {
    "hub": "How to reach the hub when the assistant cannot",
    "wellbeing": "The wellbeing line, told to officers who are struggling",
    "incident": "Signpost for an incident in progress; it must name 999",
    "welfare": "Signpost for somebody who may come to harm; it must name 999",
}
FACT_SET, FACT_SET_EVERYWHERE, FACT_WAITS = "Set", "Set for every document", "from the next edition"
