"""Microsoft Graph on loopback: one tenant's drives with their changes, permissions and downloads, and its troubles."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

EVERYBODY = {"roles": ["read"], "link": {"scope": "organization", "type": "view"}}
OWNER = {"roles": ["owner"], "grantedToV2": {"siteGroup": {"displayName": "Guidance Owners"}}}
SECRET = "made-up-secret"
DRIVE = "b!drive"


@dataclass
class Graph:
    """A drive whose changes are a list: a delta link is how much of it was read."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    content: dict[str, bytes] = field(default_factory=dict)
    permissions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Item to its permissions; an item that is not named is for everybody."""
    page: int = 200
    """Rows of one page."""
    expired: bool = False
    """Whether a delta link is not known any more."""
    trouble: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    """Path to what it is answered with, one after the other, before it is answered well."""
    away_at: str = ""
    """The path from which on nothing is answered: the connection is closed."""
    cut: set[str] = field(default_factory=set)
    """Items whose download breaks off."""
    token_lasts: int = 1000
    """Requests that one token is good for."""
    to: str = ""
    """Where downloads are, if not on the same machine."""
    asked: list[str] = field(default_factory=list)
    tokens: int = 0
    to_downloads: list[str] = field(default_factory=list)
    """The authorization that each download came with."""
    url: str = ""
    _left: int = 0
    _away: bool = False

    def put(self, name: str, title: str, text: str = "", *, under: str = "root", tag: str = "") -> None:
        """A file is new, changed, renamed or moved."""
        if text:
            self.content[name] = text.encode()
        link = f"https://force.sharepoint.com/sites/guidance/{name}"
        size = len(self.content.get(name, b""))
        row = {"id": name, "name": title, "size": size, "webUrl": link, "file": {}, "parentReference": {"id": under}}
        self.changes.append(
            {**row, "cTag": tag or f"{name}:{hashlib.sha256(self.content.get(name, b'')).hexdigest()[:8]}"}
        )

    def fold(self, name: str, title: str, *, under: str = "root") -> None:
        """A folder is new, renamed or moved."""
        self.changes.append({"id": name, "name": title, "folder": {}, "parentReference": {"id": under}})

    def delete(self, name: str) -> None:
        """An item is gone."""
        self.changes.append({"id": name, "deleted": {"state": "deleted"}})

    def come_back(self) -> None:
        """It answers again."""
        self.away_at, self._away = "", False

    def paths(self, ending: str) -> list[str]:
        """What was asked that ends so."""
        return [path for path in self.asked if path.endswith(ending)]


class _Handler(BaseHTTPRequestHandler):
    graph: Graph

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        path = urlsplit(self.path).path
        self.graph.asked.append(path)
        if self._is_troubled(path):
            return
        if form["client_secret"] != [SECRET]:
            self._send(401, {"error": "invalid_client", "error_description": "AADSTS7000215"})
            return
        self.graph.tokens += 1
        self.graph._left = self.graph.token_lasts
        self._send(200, {"access_token": f"token-{self.graph.tokens}", "expires_in": 3599, "scope": form["scope"][0]})

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.graph.asked.append(path)
        self.graph._away = self.graph._away or path == self.graph.away_at
        if self.graph._away:
            self.close_connection = True
            return
        if self._is_troubled(path):
            return
        if path.startswith("/download/"):
            self._download(path.removeprefix("/download/"))
        elif self._may_ask():
            self._answer(path)

    def _is_troubled(self, path: str) -> bool:
        waiting = self.graph.trouble.get(path, [])
        if not waiting:
            return False
        status, headers = waiting.pop(0)
        self._send(status, {"error": {"code": "x", "message": "words of the server"}}, **headers)
        return True

    def _may_ask(self) -> bool:
        good = self.headers.get("authorization") == f"Bearer token-{self.graph.tokens}" and self.graph._left > 0
        self.graph._left -= 1
        if not good:
            self._send(401, {"error": {"code": "InvalidAuthenticationToken"}})
        return good

    def _answer(self, path: str) -> None:
        at = f"/v1.0/drives/{DRIVE}"
        drive = {"id": DRIVE, "webUrl": "https://force.sharepoint.com/sites/guidance/Shared%20Documents"}
        other = {"id": "b!other", "webUrl": "https://force.sharepoint.com/sites/guidance/Other"}
        known: dict[str, dict[str, Any]] = {
            at: drive,
            "/v1.0/sites/force.sharepoint.com:/sites/guidance": {"id": "force,1,2"},
            "/v1.0/sites/force,1,2/drive": drive,
            "/v1.0/sites/force,1,2/drives": {"value": [other, drive]},
        }
        if path == f"{at}/root/delta":
            self._delta()
        elif path.startswith(f"{at}/items/"):
            self._item(*path.removeprefix(f"{at}/items/").partition("/")[::2])
        elif path in known:
            self._send(200, known[path])
        else:
            self._send(404, {"error": {"code": "itemNotFound"}})

    def _delta(self) -> None:
        graph = self.graph
        asked = parse_qs(urlsplit(self.path).query)
        start = int(asked.get("token", asked.get("skip", ["0"]))[0])
        if "token" in asked and graph.expired:
            self._send(410, {"error": {"code": "resyncRequired"}})
            return
        rows, base = graph.changes[start : start + graph.page], f"{graph.url}/v1.0/drives/{DRIVE}/root/delta"
        end = start + len(rows)
        link = ("@odata.nextLink", "skip") if end < len(graph.changes) else ("@odata.deltaLink", "token")
        self._send(200, {"value": rows, link[0]: f"{base}?{link[1]}={end}"})

    def _item(self, name: str, what: str) -> None:
        graph = self.graph
        if what == "permissions":
            self._send(200, {"value": graph.permissions.get(name, [OWNER, EVERYBODY])})
        elif what == "content":
            self._send(302, {}, location=f"{graph.to or graph.url}/download/{name}?tempauth=made-up")
        else:
            self._send(200, [row for row in graph.changes if row["id"] == name][-1])

    def _download(self, name: str) -> None:
        self.graph.to_downloads.append(self.headers.get("authorization", ""))
        data = self.graph.content[name]
        self.send_response(200)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if name in self.graph.cut else data)
        self.close_connection = True

    def _send(self, status: int, said: Any, **headers: str) -> None:
        data = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        return


@contextmanager
def running(graph: Graph) -> Iterator[Graph]:
    """Graph on a port of its own; it is gone afterwards."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"graph": graph}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    graph.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield graph
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
