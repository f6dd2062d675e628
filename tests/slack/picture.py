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
from knowledge.encoder import SentenceTransformerEncoder
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import BEAT, HUB, Json, text_of

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
    with tempfile.TemporaryDirectory() as name, FakeSlack() as slack:
        settings = running.settings_for(slack, Path(name), hub_hours="Mon-Fri 08:00-18:00")
        hub = Hub(settings, SentenceTransformerEncoder())
        hub.publishing.build(hub.publishing.builder(), by_itself=True)
        with running.serving(hub, slack):
            parts = talk(slack)
        hub.close()
    out.write_text(
        f"<!doctype html><meta charset=utf-8><title>Slack</title><style>{STYLE}</style>{''.join(parts)}", "utf-8"
    )


def talk(slack: FakeSlack) -> list[str]:
    """What is said, and what is shown for it."""
    asked = ("how long can we hold someone on a 136 for", "what does a parking permit cost in the town centre")
    dunn, bell, cole = Person(slack, running.DUNN), Person(slack, running.BELL), Person(slack, running.COLE)
    answer, handed = dunn.ask(asked[0]), dunn.ask(asked[1])
    card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
    bell.press(card, "Reply", channel=HUB)
    bell.fill_in({"Your reply; it goes to whoever asked": "Permits are the council's: ask its parking team."})
    reply = dunn.wait_for(lambda m: "The hub has replied" in text_of(m))
    private = cole.reply_to(cole.mention("do i need consent to refer an adult to the nrm"), channel=BEAT)
    return [
        "<h2>Direct message</h2>",
        typed("PC Dunn", asked[0]),
        shown(answer),
        typed("PC Dunn", asked[1]),
        shown(handed),
        shown(reply),
        "<h2># hub-requests</h2>",
        shown(slack.find(HUB, card["ts"]) or card),
        "<h2># neighbourhood-north</h2>",
        typed("Sgt Cole", "@Prevention Hub do i need consent to refer an adult to the nrm"),
        shown(private, only="Only visible to you"),
    ]


def typed(who: str, text: str) -> str:
    """What somebody wrote."""
    initials = "".join(word[0] for word in who.split()[:2])
    words = f"<span class=n>{who}</span><div>{escape(text)}</div>"
    return f'<div class="m u"><div class=a>{initials}</div><div class=b>{words}</div></div>'


def shown(message: Json, only: str = "") -> str:
    """What the app said."""
    blocks = "".join(map(block, message["blocks"]))
    note = f"<div class=only>{only}</div>" if only else ""
    name = "<span class=n>Prevention Hub</span><span class=app>APP</span>"
    return f"<div class=m><div class=a>PH</div><div class=b>{name}{note}{blocks}</div></div>"


def block(thing: dict[str, Any]) -> str:
    """One block."""
    kind = thing["type"]
    if kind == "rich_text":
        parts = thing["elements"][0]["elements"]
        words = (f"<b>{escape(one['text'])}</b>" if "style" in one else escape(one["text"]) for one in parts)
        return f"<div class=q>{''.join(words)}</div>"
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
