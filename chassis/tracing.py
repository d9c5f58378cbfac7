"""One trace from a page's click to a colleague's mail: W3C trace context through RPC and events.

Spans are recorded and sent only when OTEL_EXPORTER_OTLP_ENDPOINT is set; else the context is handed on as it came.
Source: W3C Trace Context; OpenTelemetry semantic conventions for messaging and RPC.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import context, trace
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_W3C = TraceContextTextMapPropagator()


def configure(service: str) -> None:
    """Turns the sending of spans on, where the environment names a collector for them."""
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return
    # The exporter takes a while to import and is of no use without a collector.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


@contextmanager
def span(
    name: str, kind: SpanKind, traceparent: str | None, facts: Mapping[str, str | int] | None = None
) -> Iterator[None]:
    """Runs its body as one span, a child of `traceparent` where given. Records an error's type, never its text."""
    parent = _W3C.extract({"traceparent": traceparent}) if traceparent else context.get_current()
    tracer = trace.get_tracer("khunjerab")
    with tracer.start_as_current_span(
        name, parent, kind, attributes=facts, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield
        except Exception as error:
            current.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


def current_traceparent() -> str | None:
    """The running span as a `traceparent`, to hand on in a call or an event; `None` outside any trace."""
    carrier: dict[str, str] = {}
    _W3C.inject(carrier)
    return carrier.get("traceparent")


def trace_ids() -> dict[str, str]:
    """The running span's ids, for a log line; empty outside any trace."""
    current = trace.get_current_span().get_span_context()
    if not current.is_valid:
        return {}
    return {"trace_id": f"{current.trace_id:032x}", "span_id": f"{current.span_id:016x}"}
