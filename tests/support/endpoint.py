"""An OpenAI-compatible endpoint on loopback that behaves as it is told: well, slowly, wrongly, or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Task = dict[str, Any]
"""What the model is sent: question, earlier_questions, passages."""
NOTHING = {"answers": "not_at_all", "choices": [], "missing": "other", "rewordings": []}


def pointing(passage: int, *sentences: int, answers: str = "wholly") -> dict[str, Any]:
    """A reading that points at sentences of a passage."""
    choices = [{"passage": passage, "sentences": list(sentences)}]
    return {"answers": answers, "choices": choices, "missing": "nothing", "rewordings": []}


@dataclass
class Endpoint:
    """A model; what it does can be changed while it runs."""

    says: Callable[[Task], Any] = lambda task: NOTHING
    """The reading: an object, or a text that is sent as it is."""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    model: str = "pointer-1"
    mark: str = "fp_1"
    cut: bool = False
    """Whether the connection ends in the middle of a reply."""
    hangs: threading.Event | None = None
    """Waited for before the reply is sent."""
    asked: list[Task] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            task = json.loads(body["messages"][1]["content"])
            endpoint.bodies.append(body)
            endpoint.asked.append(task)
            endpoint.paths.append(self.path)
            endpoint.keys.append(self.headers.get("authorization") or self.headers.get("api-key") or "")
            if endpoint.hangs is not None:
                endpoint.hangs.wait(60)
            said = endpoint.says(task)
            text = said if isinstance(said, str) else json.dumps(said)
            self._send(text)

        def _send(self, text: str) -> None:
            message = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            reply: dict[str, Any] = {
                "id": "c1",
                "object": "chat.completion",
                "created": 1,
                "model": endpoint.model,
                "system_fingerprint": endpoint.mark,
                "choices": [message],
                "usage": {"prompt_tokens": 900, "completion_tokens": 30, "total_tokens": 930},
            }
            data = json.dumps(reply if endpoint.status == 200 else {"error": {"message": "no"}}).encode()
            self.send_response(endpoint.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            for name, value in endpoint.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if endpoint.cut else data)

        def log_message(self, *args: Any) -> None:
            return

    return Handler


@contextmanager
def running(endpoint: Endpoint) -> Iterator[Endpoint]:
    """The endpoint on a port of its own; it is gone afterwards."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(endpoint))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield endpoint
    finally:
        if endpoint.hangs is not None:
            endpoint.hangs.set()
        server.shutdown()
        server.server_close()
        thread.join()
