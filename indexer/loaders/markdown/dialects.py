"""Markdown as site generators extend it, before it is parsed: template tags, includes, call-outs in colons."""

from __future__ import annotations

import re

# a tag is short: two pairs of braces far apart are text
_TEMPLATE_TAG = re.compile(r"<%.{0,300}?%>|\{%.{0,300}?%\}|\{\{.{0,300}?\}\}", re.DOTALL)
_INCLUDE = re.compile(
    r"\{%-?\s*(?:include|include_relative|render|import|includes?_?cached|embed)\s+[\"']?([^\s\"'%]{1,200})"
    r"|\{\{[<%]\s*(?:include|readfile|snippet|import|include-md)\s+(?:file=|path=)?[\"']?([^\s\"'>%]{1,200})"
    r"|\{\{#(?:include|rustdoc_include|playground)\s+([^\s}]{1,200})|^[ \t]*-{1,}8<-{1,}[ \t]+[\"']?([^\s\"']{1,200})"
    r"|^[ \t]*\{!\s*([^\s!]{1,200})\s*!\}|\[!include\s*\[[^\]]{0,100}\]\(([^)\s]{1,200})\)\]"
    r"|^include::([^\s\[]{1,200})\["
    r"|<!--\s*#include\s+(?:file|virtual)=[\"']([^\"']{1,200})",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
_INCLUDE_LINE = re.compile(
    r"^[ \t]*(?:-{1,}8<-{1,}.*|\{!.*!\}|\[!include\s*\[.*\)\]|include::\S+\[.*\])[ \t]*$", re.I | re.M
)
_CONTENTS_TAG = re.compile(r"^[ \t]*(?:\[\[?_?TOC_?\]?\]|\{:?\s*toc\s*\}|\{:[^}\n]*\}|@\[toc\])[ \t]*$", re.I | re.M)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_COLONS = re.compile(r"^ {0,3}:{3,}\s*\{?([a-z][\w-]*)\}?\s*(.*)$", re.IGNORECASE)
_COLONS_END = re.compile(r"^ {0,3}:{3,}\s*$")
_FOLDED = re.compile(r"^(\s*)\?{3}\+?(?=\s)")
_KINDS = {"note", "tip", "hint", "info", "important", "warning", "danger", "caution", "attention", "error", "example"}


def included_files(text: str) -> list[str]:
    """The names of files that a page takes in when it is published, each once."""
    found = (next((name for name in match.groups() if name), "") for match in _INCLUDE.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def in_common_words(text: str) -> str:
    """Markdown without comments, template tags and marks of contents, its call-outs in the form that is parsed."""
    text = _CONTENTS_TAG.sub("", _INCLUDE_LINE.sub("", _TEMPLATE_TAG.sub("", text)))
    lines, fence = [], ""
    for line in _without_comments(text).split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark.group(1)
        lines.append(line if fence or mark else _called_out(line))
    return "\n".join(lines)


def _called_out(line: str) -> str:
    """A line that begins or ends a call-out."""
    if _COLONS_END.match(line):
        return ""
    opening = _COLONS.match(line)
    if opening is None:
        return _FOLDED.sub(r"\1!!!", line)
    kind, title = opening.group(1).lower(), opening.group(2).strip().strip("[]")
    if kind not in _KINDS:
        return title
    return f"**{kind.capitalize()}: {title}**\n" if title else f"**{kind.capitalize()}:**\n"


def _without_comments(text: str) -> str:
    """By hand: a pattern would read the rest of the text anew for every comment that does not end."""
    kept = []
    start = 0
    while (begin := text.find("<!--", start)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        kept.append(text[start:begin])
        start = end + 3
    return "".join([*kept, text[start:]])
