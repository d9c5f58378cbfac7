"""The AsyncAPI 3.0 document of every event, built from the catalogue and the golden samples.

Source: AsyncAPI 3.0.0; AMQP bindings 0.3.0; CloudEvents 1.0.2 with its AMQP protocol binding.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.catalogue import EVENT_MODELS, dataschema, producer

Node = dict[str, Any]

JSON_SCHEMA = "application/schema+json;version=2020-12"
AMQP_BINDING = "0.3.0"

_SERVER: Node = {
    "host": "{host}:{port}",
    "pathname": "/{vhost}",
    "protocol": "amqp",
    "protocolVersion": "0.9.1",
    "description": "The RabbitMQ of one installation; AMQP_URL names it.",
    "variables": {
        "host": {"default": "127.0.0.1"},
        "port": {"default": "5672"},
        "vhost": {"default": "khunjerab", "description": "one virtual host per installation"},
    },
}


def document(samples: Mapping[str, Node]) -> Node:
    """The whole document; `samples` holds one complete CloudEvent per type, shown as the message's example."""
    producers = sorted({producer(event_type) for event_type in EVENT_MODELS})
    return {
        "asyncapi": "3.0.0",
        "id": "urn:khunjerab:events",
        "info": _info(),
        "defaultContentType": "application/cloudevents+json",
        "servers": {"broker": _SERVER},
        "channels": {f"{service}Events": _channel(service) for service in producers},
        "operations": dict(pair for service in producers for pair in _operations(service)),
        "components": {"messages": {name: _message(name, samples[name]) for name in EVENT_MODELS}},
    }


def types_of(service: str) -> Sequence[str]:
    """The event types that a service publishes, in the catalogue's order."""
    return [event_type for event_type in EVENT_MODELS if producer(event_type) == service]


def _info() -> Node:
    return {
        "title": "Khunjerab events",
        "version": "1",
        "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        "description": "What the services of Khunjerab tell each other and anybody else who may listen. "
        "Each event is a CloudEvent in structured JSON on its producer's durable topic exchange; its routing key is "
        "its type. A published version never changes, except that optional fields may be added: let unknown fields "
        "through. An event may come more than once, late, and in two versions: only its id marks a repeat.",
    }


def _channel(service: str) -> Node:
    types = types_of(service)
    return {
        "address": f"{service}.{{event}}",
        "title": f"Events of the {service} service",
        "servers": [{"$ref": "#/servers/broker"}],
        "parameters": {"event": {"description": "the rest of the type", "enum": [_rest(name) for name in types]}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in types},
        "bindings": {"amqp": _exchange(service)},
    }


def _rest(event_type: str) -> str:
    return event_type.partition(".")[2]


def _exchange(service: str) -> Node:
    exchange = {"name": f"{service}.events", "type": "topic", "durable": True, "autoDelete": False}
    return {"is": "routingKey", "exchange": exchange, "bindingVersion": AMQP_BINDING}


def _operations(service: str) -> list[tuple[str, Node]]:
    channel = {"$ref": f"#/channels/{service}Events"}
    messages = [{"$ref": f"{channel['$ref']}/messages/{name}"} for name in types_of(service)]
    publish = {
        "action": "send",
        "summary": f"The relay of {service} publishes what {service} decided, with publisher confirms.",
        "bindings": {"amqp": {"deliveryMode": 2, "mandatory": True, "bindingVersion": AMQP_BINDING}},
    }
    receive = {
        "action": "receive",
        "summary": "A subscriber binds a durable queue of its own to the exchange, by type.",
        "bindings": {"amqp": {"ack": True, "bindingVersion": AMQP_BINDING}},
    }
    return [
        (f"publish{service.title()}Events", {**publish, "channel": channel, "messages": messages}),
        (f"receive{service.title()}Events", {**receive, "channel": channel, "messages": messages}),
    ]


def _message(event_type: str, sample: Node) -> Node:
    return {
        "name": event_type,
        "summary": (EVENT_MODELS[event_type].__doc__ or "").strip().split("\n")[0],
        "contentType": "application/cloudevents+json",
        "correlationId": {"location": "$message.payload#/correlationid"},
        "payload": {"schemaFormat": JSON_SCHEMA, "schema": _envelope_around(event_type)},
        "bindings": {"amqp": {"messageType": event_type, "bindingVersion": AMQP_BINDING}},
        "examples": [{"name": "golden", "payload": sample}],
    }


def _envelope_around(event_type: str) -> Node:
    """The CloudEvents envelope, narrowed to one type and its data."""
    narrowed: Node = {
        "type": {"const": event_type},
        "dataschema": {"const": dataschema(event_type)},
        "data": {"$ref": f"./schemas/{event_type}.json"},
    }
    return {"allOf": [{"$ref": "./schemas/cloudevent.json"}, {"type": "object", "properties": narrowed}]}
