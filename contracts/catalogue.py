"""Every event there is: its type, its model, and how to read one."""

from collections.abc import Mapping

from pydantic import ValidationError

import contracts.exchange.tracks
import contracts.exchange.v1
import contracts.notify.bounces
import contracts.notify.escalations
import contracts.notify.v1
import contracts.notify.v2
import contracts.research.agreement_tracks
import contracts.research.imports
import contracts.research.transfer
import contracts.research.v1
import contracts.research.v2
from contracts.envelope import CloudEvent, EventData

EVENT_MODELS: Mapping[str, type[EventData]] = {
    model.type: model
    for module in (
        contracts.exchange.v1,
        contracts.exchange.tracks,
        contracts.research.v1,
        contracts.research.v2,
        contracts.research.transfer,
        contracts.research.agreement_tracks,
        contracts.research.imports,
        contracts.notify.v1,
        contracts.notify.v2,
        contracts.notify.bounces,
        contracts.notify.escalations,
    )
    for model in module.EVENTS
}


class NotAnEvent(ValueError):
    """The body is no CloudEvent that this version of the contracts can read. Its text never quotes the body."""


class UnknownEventType(NotAnEvent):
    """A CloudEvent of a type or version that nobody here has a model for."""


class SchemaViolation(NotAnEvent):
    """A CloudEvent of a known type whose data does not fit the type's model."""


def producer(event_type: str) -> str:
    """The service that publishes an event type: its first word."""
    return event_type.partition(".")[0]


def dataschema(event_type: str) -> str:
    """The identifier of the JSON Schema of a type's data; the file stands in `contracts/schemas/`."""
    return f"urn:khunjerab:schema:{event_type}"


def parse(body: bytes) -> CloudEvent:
    """The envelope in a message's body. Raises `NotAnEvent`."""
    try:
        return CloudEvent.model_validate_json(body)
    except ValidationError as error:
        raise NotAnEvent(_where(error)) from None


def read(event: CloudEvent) -> EventData:
    """The data of an event as its own model. Raises `UnknownEventType` or `SchemaViolation`."""
    model = EVENT_MODELS.get(event.type)
    if model is None:
        raise UnknownEventType(event.type)
    try:
        return model.model_validate(event.data)
    except ValidationError as error:
        raise SchemaViolation(f"{event.type}: {_where(error)}") from None


def _where(error: ValidationError) -> str:
    """Names the offending fields and what was wrong, without the values: those may be anybody's data."""
    details = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, detail['loc'])) or 'body'}: {detail['type']}" for detail in details[:5])
