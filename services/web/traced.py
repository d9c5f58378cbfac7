"""A span for each page asked for, under which the calls of that page stand."""

from collections.abc import Callable, Iterable
from typing import Any

from opentelemetry.trace import SpanKind

from chassis.tracing import span

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def traced(application: Wsgi) -> Wsgi:
    """The application with a span around each request; a browser's own trace context is not believed."""

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        method = str(environ["REQUEST_METHOD"])
        with span(f"web {method}", SpanKind.SERVER, None, {"http.request.method": method}):
            return application(environ, start_response)

    return answered
