"""One trace from the caller to the effect, sent where a collector is named."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.integration.small import ACTOR, Small, body, person, small
from tests.probes import Finding, equal

__all__ = ["small"]

TRACE = "c2df0943b68c59ef95475999414b853e"
TRACEPARENT = f"00-{TRACE}-60f86e2ae8965690-01"


class Collector(ThreadingHTTPServer):
    """Stands in for an OpenTelemetry collector: keeps name and trace of the spans that it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Receiving)
        self.spans: set[tuple[str, str]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Receiving(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        sent = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
        spans = [span for resource in sent.resource_spans for scope in resource.scope_spans for span in scope.spans]
        self.server.spans |= {(span.name, span.trace_id.hex()) for span in spans}
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
        """Not on the tests' output."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    yield collector
    collector.shutdown()
    collector.server_close()


def test_calls_and_events_are_spans_of_the_trace_that_they_came_with(small: Small, collector: Collector) -> None:
    small.start("serve", OTEL_EXPORTER_OTLP_ENDPOINT=collector.url, OTEL_BSP_SCHEDULE_DELAY="100")
    client = small.client()
    client.call("notify", "echo", {}, actor=ACTOR, traceparent=TRACEPARENT)
    client.close()
    small.publish(body(person(traceparent=TRACEPARENT)))
    small.eventually(lambda: equal(len(small.effects), 1))
    wanted = {("call notify.echo", TRACE), ("handle exchange.person.changed.v1", TRACE)}
    small.eventually(lambda: Finding(collector.spans, wanted <= collector.spans, str(wanted)))
