"""The assistant people talk to, and the queue the hub works through. From the ground up:

watching    times of steps, logs for machines, traces; never what somebody typed
reader      the force's own model, where it has one: it points at sentences and never writes
domain      nouns and rules: messages, requests, people, letters, proposals, receipts, time
safeguards  emergencies, names and numbers, what is not for us; its words are TOML under cues/
wording     every sentence the program says
records     the hub database, the one place that knows SQL
governance  roles, the signed record, disclosure, backup, the assurance pack
queue       working on requests: the desk, joining, reminders, advice and lessons, delivery
programme   the academy, news, the weekly digest
insight     figures with their definitions, gaps, improvement projects and their charts; what is small is hidden
answering   from a question to a reply
edges       the counter that every platform shares: steps, offers, forms, letters, conversations
slack, teams, terminal, portal, api   translate the counter for one platform each
cli         the command line
app, improving, publishing, platforms, server, worker, doctor, settings   put the parts together
"""
