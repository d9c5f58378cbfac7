"""How an event waits in its document: the text that will go out, and beside it what is looked at meanwhile.

A text rather than a nested document, for it is read and removed far more cheaply (decision record 11).
"""

from contracts.envelope import CloudEvent


def entry_of(event: CloudEvent) -> dict[str, str]:
    """The outbox entry of an event: `id`, `type`, `time` (RFC 3339 in UTC) and `body`, the CloudEvent as JSON."""
    said = event.model_dump(mode="json", include={"id", "type", "time"})
    return said | {"body": event.model_dump_json(exclude_none=True)}
