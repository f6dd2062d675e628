"""An S3-compatible server on loopback: objects with tags, conditional writes, lists; and troubles as it is told.

Conditional writes are those of AWS since 2024: If-None-Match: * creates, If-Match swaps; 412 where it cannot.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "editions"


@dataclass
class Objects:
    """What the server holds, and what it does to whoever asks."""

    held: dict[str, bytes] = field(default_factory=dict)
    refuses: int = 0
    """Status for every request; 0 for none."""
    refuses_writes: int = 0
    torn: bool = False
    """Whether a download ends in its middle."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    """What has come of objects that are uploaded in parts, by the upload's id."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""

    def sent(self, method: str, prefix: str) -> int:
        """How many requests of a kind there were for keys that begin so."""
        return sum(one == method and key.startswith(prefix) for one, key in self.asked)


def _tag(data: bytes) -> str:
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    objects: Objects

    def do_GET(self) -> None:
        self._read(body=True)

    def do_HEAD(self) -> None:
        self._read(body=False)

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers.get("content-length", 0)))
        key = self._key()
        if self._refused(self.objects.refuses_writes):
            return
        query = parse_qs(urlsplit(self.path).query)
        if "partNumber" in query:
            with self.objects.lock:
                self.objects.parts[query["uploadId"][0]][int(query["partNumber"][0])] = data
            self._answer(200, b"", _tag(data))
            return
        with self.objects.lock:
            there = self.objects.held.get(key)
            taken = self.headers.get("if-none-match") == "*" and there is not None
            wanted = self.headers.get("if-match")
            if taken or (wanted is not None and (there is None or _tag(there) != wanted)):
                self._answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
                return
            self.objects.held[key] = data
        self._answer(200, b"", _tag(data))

    def do_POST(self) -> None:
        """An upload in parts, as clients do it for what is large: begun, or made one object of its parts."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        key, query = self._key(), parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        if self._refused(self.objects.refuses_writes):
            return
        with self.objects.lock:
            if "uploads" in query:
                name = f"upload-{len(self.objects.parts)}"
                self.objects.parts[name] = {}
                told = f"<InitiateMultipartUploadResult><UploadId>{name}</UploadId></InitiateMultipartUploadResult>"
            else:
                parts = self.objects.parts.pop(query["uploadId"][0])
                self.objects.parts[query["uploadId"][0]] = {}  # ids are not given again
                self.objects.held[key] = b"".join(parts[number] for number in sorted(parts))
                tag = escape(_tag(self.objects.held[key]))
                told = f"<CompleteMultipartUploadResult><ETag>{tag}</ETag></CompleteMultipartUploadResult>"
        self._answer(200, f'<?xml version="1.0"?>{told}'.encode())

    def do_DELETE(self) -> None:
        key = self._key()
        if not self._refused(self.objects.refuses_writes):
            with self.objects.lock:
                self.objects.held.pop(key, None)
            self._answer(204, b"")

    def _key(self) -> str:
        path = unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}").lstrip("/")
        self.objects.asked.append((self.command, path))
        return path

    def _refused(self, status: int = 0) -> bool:
        status = self.objects.refuses or status
        if status:
            self._answer(status, b"<Error><Code>AccessDenied</Code></Error>")
        return bool(status)

    def _read(self, *, body: bool) -> None:
        key, query = self._key(), parse_qs(urlsplit(self.path).query)
        if self._refused():
            return
        with self.objects.lock:
            held = dict(self.objects.held)
        if "list-type" in query:
            self._answer(200, _listing(held, query.get("prefix", [""])[0]))
        elif key not in held:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>" if body else b"")
        else:
            self._answer(200, held[key], _tag(held[key]), body=body)

    def _answer(self, status: int, data: bytes, tag: str = "", *, body: bool = True) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(data)) if status != 204 else "0")
        self.send_header("last-modified", "Thu, 26 Nov 2026 10:00:00 GMT")
        if tag:
            self.send_header("etag", tag)
        self.end_headers()
        if body and self.command != "HEAD":
            torn = self.objects.torn and status == 200 and self.command == "GET" and tag
            self.wfile.write(data[: len(data) // 2] if torn else data)
            if torn:
                self.close_connection = True

    def log_message(self, *args: object) -> None:
        return


def _listing(held: dict[str, bytes], prefix: str) -> bytes:
    rows = "".join(
        f"<Contents><Key>{escape(key)}</Key><LastModified>2026-11-26T10:00:00.000Z</LastModified>"
        f"<ETag>{escape(_tag(data))}</ETag><Size>{len(data)}</Size></Contents>"
        for key, data in sorted(held.items())
        if key.startswith(prefix)
    )
    return (
        f'<?xml version="1.0"?><ListBucketResult><Name>{BUCKET}</Name><IsTruncated>false</IsTruncated>'
        f"{rows}</ListBucketResult>"
    ).encode()


@contextmanager
def running(objects: Objects) -> Iterator[Objects]:
    """The server on a port of its own; it is gone afterwards."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"objects": objects}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    objects.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield objects
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
