"""A web site on loopback: pages with tags, robots.txt, redirects, and troubles as it is told."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Website:
    """Path to what stands there: a page as text, other bytes, or where it leads ("→ /there")."""

    pages: dict[str, str | bytes] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    endless: bool = False
    """Whether every page links to one that is not there yet."""
    asked: list[tuple[str, int]] = field(default_factory=list)
    """Path and the status that it was answered with."""
    url: str = ""


class _Handler(BaseHTTPRequestHandler):
    site: Website

    def do_GET(self) -> None:
        page = self.site.pages.get(self.path)
        if page is None and self.site.endless and self.path.startswith("/g/"):
            page = f'<p>Page</p><a href="{self.path}x">next</a>'
        status = self.site.status.get(self.path, 404 if page is None else 200)
        if isinstance(page, str) and page.startswith("→ "):
            self._send(302, b"", location=page[2:])
            return
        data = page.encode() if isinstance(page, str) else page or b""
        tag = f'"{hashlib.sha256(data).hexdigest()[:12]}"'
        if status == 200 and self.headers.get("if-none-match") == tag:
            self._send(304, b"")
        else:
            self._send(status, data, etag=tag)

    def _send(self, status: int, data: bytes, **headers: str) -> None:
        self.site.asked.append((self.path, status))
        self.send_response(status)
        default = "text/plain" if self.path.endswith(".txt") else "text/html; charset=utf-8"
        self.send_header("content-type", self.site.kinds.get(self.path, default))
        self.send_header("content-length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        return


@contextmanager
def running(site: Website) -> Iterator[Website]:
    """The site on a port of its own; it is gone afterwards."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
