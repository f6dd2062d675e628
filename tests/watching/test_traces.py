"""Traces: a span for a question and one for each step, to a real receiver; nothing at all while they are off."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.watching import traces
from bot.watching.steps import WATCH
from tests.support.ready import demonstration

MARKER = "zanzibarmarker"
ASKED = f"how long may a silk kite soak in water, asked Zebedee Marlinspike of {MARKER}"


class Receiver:
    """Takes traces over OTLP and HTTP, as a collector does."""

    def __init__(self) -> None:
        bodies = self.bodies = list[bytes]()

        class Takes(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces"
                bodies.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *given: Any) -> None:
                """Nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Takes)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def spans(self) -> list[Any]:
        """Every span that came."""
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [span for one in sent for of in one.resource_spans for scope in of.scope_spans for span in scope.spans]

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    pytest.importorskip("opentelemetry.exporter.otlp.proto.http", reason="pip install 'prevention-hub[traces]'")
    made = Receiver()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", made.url)
    yield made
    made.stop()


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    with demonstration(tmp_path / "data", guidance) as made:
        yield made


def attributes(span: Any) -> dict[str, Any]:
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


def test_a_question_is_a_span_with_one_below_it_for_each_step_and_no_word_of_it(hub: Hub, receiver: Receiver) -> None:
    end = traces.begin("serve")
    assert end is not None
    reply = hub.assistant.ask(Question(ASKED, Place("terminal", "t1"), "pc-4711"))
    end()
    assert WATCH.tracer is None
    (whole,) = [span for span in receiver.spans if span.name == "question"]
    steps = [span for span in receiver.spans if span.name != "question"]
    assert sorted(span.name for span in steps) == "judging listening listening recording redaction search".split()
    assert {(span.trace_id, span.parent_span_id) for span in steps} == {(whole.trace_id, whole.span_id)}
    told = attributes(whole)
    assert len(told.pop("request")) == 32
    assert told == {
        "platform": "terminal",
        "outcome": reply.outcome.value,
        "edition": 1,
        "citations": len(reply.citations),
        "candidates": len(reply.candidates),
        "redacted": len(reply.redacted),
    }
    assert reply.redacted
    sent = b"".join(receiver.bodies).lower()
    assert [word for word in (MARKER, "zebedee", "kite", "pc-4711") if word.encode() in sent] == []


def test_what_breaks_is_marked_and_its_text_is_not_sent(receiver: Receiver) -> None:
    from bot.watching.steps import Step, asking, step

    end = traces.begin("serve")
    with pytest.raises(KeyError), asking("slack"), step(Step.SEARCH):
        raise KeyError(MARKER)
    assert end is not None
    end()
    assert {span.name: span.status.code for span in receiver.spans} == {"question": 2, "search": 2}
    assert MARKER.encode() not in b"".join(receiver.bodies)


def test_a_span_takes_nothing_but_what_may_be_told(receiver: Receiver) -> None:
    end = traces.begin("serve")
    assert end is not None
    assert WATCH.tracer is not None
    with WATCH.tracer.span("question") as span:
        span.tell("text", MARKER)
        span.tell("outcome", "answered")
    end()
    assert attributes(receiver.spans[0]) == {"outcome": "answered"}


def test_nothing_is_imported_while_traces_are_off(tmp_path: Path, guidance: Path) -> None:
    program = """
import sys
from pathlib import Path
from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.settings import Settings
from bot.watching import traces
from indexer.build import Builder
from tests.support.fakes import WordEncoder
assert traces.begin("serve") is None
hub = Hub(Settings(data=Path(sys.argv[1])), WordEncoder())
Builder(hub.library, hub.encoder).build([Path(sys.argv[2])])
print(hub.assistant.ask(Question("how do I dry a kite?", Place("terminal", "t"), "pc")).outcome.value)
hub.close()
print(sorted(name for name in sys.modules if name.startswith(("opentelemetry", "google.protobuf"))))
"""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "data"), str(guidance)],
        env=clean, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["answered", "[]"], done.stderr
