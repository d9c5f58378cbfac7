"""A receiver of webhooks as its engineer would write it: it believes what the published library verifies, once."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from tests.https_receiver import Answer, Received, Receiver, receiver, status

TAKEN, REFUSED = status(204), status(400, "Content-Type: text/plain\r\n", b"not verified")


@dataclass
class Verifying:
    """`events` by the id under which they came first; `again`: ids that came once more; `refused`: why."""

    server: Receiver
    secret: str = ""
    events: dict[str, Any] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    next_answers: list[Answer] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.server.address("/hook", "127.0.0.1")

    @property
    def types(self) -> list[str]:
        return [event["type"] for event in self.events.values()]

    def takes(self, wire: socket.socket, request: Received) -> None:
        """One request: verified, remembered by its id, answered."""
        answer = self.next_answers.pop(0) if self.next_answers else None
        try:
            event = verified(self.secret, request)
        except WebhookVerificationError as error:
            self.refused.append(str(error))
            return REFUSED(wire, request)
        if answer:
            return answer(wire, request)
        webhook_id = request.headers["webhook-id"]
        if webhook_id in self.events:
            self.again.append(webhook_id)
        self.events.setdefault(webhook_id, event)
        return TAKEN(wire, request)


def verified(secret: str, request: Received) -> Any:
    """The event in a request. Raises `WebhookVerificationError`."""
    Webhook(secret).verify(request.body, dict(request.headers))
    return json.loads(request.body)


@contextmanager
def verifying_receiver() -> Iterator[Verifying]:
    """One that runs on loopback, with a certificate for its address."""
    with receiver("127.0.0.1") as server:
        made = Verifying(server)
        server.afterwards = made.takes
        yield made
