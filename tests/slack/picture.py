"""A page that shows messages as Slack would, roughly, to be looked at: `python -m tests.slack.picture OUT.html`.

It has a conversation with the starter library and the real encoder: question, hand-over, the hub's card, the reply.
"""

from __future__ import annotations

import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from bot.app import Hub
from bot.settings import Settings
from knowledge.encoder import SentenceTransformerEncoder
from tests.slack.fake import SECRET, Call, FakeSlack
from tests.slack.workspace import HTTP, HUB_CHANNEL, Workspace, serving

STYLE = """
body{font:15px/1.45 Lato,Helvetica,Arial,sans-serif;color:#1d1c1d;margin:0 auto;max-width:720px;padding:16px}
h2{font-size:13px;color:#616061;border-bottom:1px solid #ddd;padding:12px 0 4px;margin:0 0 8px}
.m{display:flex;gap:10px;margin:10px 0}.a{flex:0 0 36px;height:36px;border-radius:6px;background:#1d3557;color:#fff;
text-align:center;line-height:36px;font-weight:700}.u .a{background:#8d99ae}.b{flex:1;min-width:0}
.n{font-weight:900}.app{font-size:10px;background:#ddd;border-radius:2px;padding:0 3px;margin-left:4px;color:#444}
.q{border-left:4px solid #ddd;padding-left:12px;margin:6px 0;white-space:pre-wrap}.c{font-size:13px;color:#616061}
.s{white-space:pre-wrap;margin:4px 0}.h{font-size:18px;font-weight:900}button{font:700 13px Lato,Helvetica,sans-serif;
border:1px solid #bbb;border-radius:4px;background:#fff;padding:5px 10px;margin:4px 6px 4px 0}
button.primary{background:#007a5a;color:#fff;border-color:#007a5a}.only{font-size:12px;color:#616061}
"""


def main() -> None:
    """Talk, and write the page."""
    out = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        slack = FakeSlack().start()
        settings = Settings(
            data=Path(name),
            slack_bot_token="xoxb-1",  # type: ignore[arg-type]
            slack_signing_secret=SECRET,  # type: ignore[arg-type]
            slack_hub_channel=HUB_CHANNEL,
            slack_api_url=slack.url,
            hub_staff="Bell",
            hub_hours="Mon-Fri 08:00-18:00",
        )
        hub = Hub(settings, SentenceTransformerEncoder())
        hub.publishing.build(hub.publishing.builder(), by_itself=True)
        with serving(hub, slack):
            parts = talk(Workspace(slack, hub, HTTP))
        hub.close()
        slack.stop()
    out.write_text(
        f"<!doctype html><meta charset=utf-8><title>Slack</title><style>{STYLE}</style>{''.join(parts)}", "utf-8"
    )


def talk(people: Workspace) -> list[str]:
    """What is said, and what is shown for it."""
    asked = ("how long can we hold someone on a 136 for", "what does a parking permit cost in the town centre")
    people.write("Dunn", asked[0])
    answer = people.slack.said("24 hours")
    people.write("Dunn", asked[1])
    handed = people.slack.said("PF-0001")
    card = people.card("PF-0001")
    people.submit(people.opens(card, "Reply", "Bell"), "Bell", text="Permits are the council's: ask its parking team.")
    reply = people.slack.said("The hub has replied")
    after = people.slack.wait_for(lambda call: call.method == "chat.update" and "Promote" in call.text)
    people.mention("Cole", "do i need consent to refer an adult to the nrm")
    private = people.slack.wait_for(lambda call: call.method == "chat.postEphemeral")
    return [
        "<h2>Direct message</h2>",
        typed("PC Dunn", asked[0]),
        shown(answer),
        typed("PC Dunn", asked[1]),
        shown(handed),
        shown(reply),
        "<h2># hub-requests</h2>",
        shown(after),
        "<h2># neighbourhood-north</h2>",
        typed("Sgt Cole", "@Prevention Hub do i need consent to refer an adult to the nrm"),
        shown(private, only="Only visible to you"),
    ]


def typed(who: str, text: str) -> str:
    """What somebody wrote."""
    initials = "".join(word[0] for word in who.split()[:2])
    words = f"<span class=n>{who}</span><div>{escape(text)}</div>"
    return f'<div class="m u"><div class=a>{initials}</div><div class=b>{words}</div></div>'


def shown(call: Call, only: str = "") -> str:
    """What the app said."""
    blocks = "".join(map(block, call.body["blocks"]))
    note = f"<div class=only>{only}</div>" if only else ""
    name = "<span class=n>Prevention Hub</span><span class=app>APP</span>"
    return f"<div class=m><div class=a>PH</div><div class=b>{name}{note}{blocks}</div></div>"


def block(thing: dict[str, Any]) -> str:
    """One block."""
    kind = thing["type"]
    if kind == "rich_text":
        return f"<div class=q>{escape(thing['elements'][0]['elements'][0]['text'])}</div>"
    if kind == "markdown":
        from markdown_it import MarkdownIt

        return MarkdownIt().render(thing["text"].replace("&lt;", "<").replace("&amp;", "&"))
    if kind == "context":
        return f"<div class=c>{'<br>'.join(escape(one['text']) for one in thing['elements'])}</div>"
    if kind == "header":
        return f"<div class=h>{escape(thing['text']['text'])}</div>"
    if kind == "section":
        return f"<div class=s>{escape(thing['text']['text'])}</div>"
    if kind == "actions":
        found = (
            f'<button class="{one.get("style", "")}">{escape(one["text"]["text"])}</button>'
            for one in thing["elements"]
        )
        return f"<div>{''.join(found)}</div>"
    return (
        "<div><button>Good answer</button><button>Not helpful</button></div>" if kind == "context_actions" else "<hr>"
    )


if __name__ == "__main__":
    main()
