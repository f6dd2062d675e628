"""Traces by OpenTelemetry: off, and nothing of it imported, unless `OTEL_EXPORTER_OTLP_ENDPOINT` is set.

Spans are written by hand. The automatic instrumentations put addresses with their queries, and the text of every
exception, into theirs.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.watching.steps import WATCH, Value

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span as OtelSpan

ENDPOINT = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
TOLD = frozenset({"platform", "request", "outcome", "edition", "citations", "candidates", "redacted"})
"""The attributes that a span may have; nothing else is ever sent."""
MISSING = "OTEL_EXPORTER_OTLP_ENDPOINT asks for traces, which need: pip install 'prevention-hub[traces]'"
log = logging.getLogger(__name__)


class OtelTracing:
    """Sends spans in the background; lives as long as the program."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("prevention-hub")

    @contextmanager
    def span(self, name: str) -> Iterator[_Told]:
        """A span below the one that is open in this context."""
        from opentelemetry.trace import StatusCode

        with self._tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as span:
            try:
                yield _Told(span)
            except BaseException:
                span.set_status(StatusCode.ERROR)  # without a word of what went wrong
                raise

    def close(self) -> None:
        """Send what waits, for some seconds at most, and end."""
        if WATCH.tracer is self:
            WATCH.tracer = None
        self._provider.shutdown()


class _Told:
    """A span that takes only what may be told."""

    def __init__(self, span: OtelSpan) -> None:
        self._span = span

    def tell(self, name: str, value: Value) -> None:
        if name in TOLD:
            self._span.set_attribute(name, value)


def begin(process: str, force: str = "") -> Callable[[], None] | None:
    """Trace from now on, where that is switched on; gives what ends it."""
    if not any(os.environ.get(name) for name in ENDPOINT):
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        log.error("%s", MISSING)
        return None
    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": "prevention-hub"}
    told = {**named, "process.command": process, **({"force": force} if force else {})}
    provider = TracerProvider(resource=Resource.create(told), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    WATCH.tracer = tracing = OtelTracing(provider)
    return tracing.close
