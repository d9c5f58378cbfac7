"""Calls to the three services: the port that pages speak through, and its adapter over the broker."""

from collections.abc import Mapping
from typing import Any, Protocol

from chassis.kernel.actor import Actor
from chassis.rpc.client import CallTimedOut, Refused, RpcClient, ServiceFailed, ServiceUnavailable

__all__ = ["CallTimedOut", "Gateway", "Refused", "RpcGateway", "ServiceFailed", "ServiceUnavailable"]


class Gateway(Protocol):
    """Asks a service one thing. Answers are the plain JSON of the service's RPC method; `timeout` is in seconds.

    Raises `Refused` (a rule said no), `CallTimedOut` (what became of it is unknown), `ServiceUnavailable`
    (nothing was done) and `ServiceFailed` (an error that nobody foresaw).
    """

    def call(
        self,
        service: str,
        method: str,
        fields: Mapping[str, Any],
        actor: Actor,
        command_id: str | None = None,
        timeout: float = 5.0,
    ) -> Any: ...


class RpcGateway:
    """Over RabbitMQ; one client serves every thread. Connects at the first call."""

    def __init__(self, amqp_url: str) -> None:
        self._client = RpcClient(amqp_url, caller="web")

    def call(
        self,
        service: str,
        method: str,
        fields: Mapping[str, Any],
        actor: Actor,
        command_id: str | None = None,
        timeout: float = 5.0,
    ) -> Any:
        """See `Gateway`."""
        return self._client.call(service, method, dict(fields), actor=actor, command_id=command_id, timeout=timeout)
