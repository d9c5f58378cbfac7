"""What Prometheus reads. Labels are event types, methods and verdicts: few, and nobody's data."""

from prometheus_client import Counter, Gauge, Histogram

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

EVENTS_PUBLISHED = Counter("khunjerab_events_published", "Events that the broker confirmed", ["type"])
EVENTS_UNROUTABLE = Counter("khunjerab_events_unroutable", "Events that no queue wanted, removed", ["type"])
EVENTS_REFUSED = Counter("khunjerab_events_nacked", "Events that the broker would not take, to be sent again", ["type"])
OUTBOX_ASIDE = Counter("khunjerab_outbox_set_aside", "Unsent events that cannot be published and stay", ["reason"])
OUTBOX_DEPTH = Gauge("khunjerab_outbox_depth", "Unsent events at the last sweep")
OUTBOX_AGE = Gauge("khunjerab_outbox_age_seconds", "Age of the oldest unsent event at the last sweep")

EVENTS_HANDLED = Counter("khunjerab_events_handled", "Deliveries by what became of them", ["verdict"])
EVENTS_RETRIED = Counter("khunjerab_events_retried", "Further attempts at failed events", ["type", "verdict"])
EVENTS_DEAD = Counter("khunjerab_events_dead", "Events that became dead letters", ["reason"])
EVENTS_HELD = Gauge("khunjerab_events_held", "Deliveries held back while the database is away")
HANDLER_SECONDS = Histogram("khunjerab_handler_seconds", "Time in an event's handler", ["type"], buckets=_QUICK)

CALLS = Counter("khunjerab_rpc_calls", "Calls by how they were answered", ["method", "answer"])
CALL_SECONDS = Histogram("khunjerab_rpc_seconds", "Time from a call to its answer", ["method"], buckets=_QUICK)
CALLS_UNREADABLE = Counter("khunjerab_rpc_unreadable", "Messages on the RPC queue that are no call", ["reason"])

TASK_FAILURES = Counter("khunjerab_task_failures", "Rounds of a worker's task that raised", ["task"])
