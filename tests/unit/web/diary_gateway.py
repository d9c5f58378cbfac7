"""The exchange in memory behind the gateway, as far as other hospital systems ask it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Refusal
from chassis.rpc.call import Call, call_from
from chassis.rpc.client import Refused
from services.exchange.application import queries
from tests.unit.exchange.diary_desk import Reading

MODELS: Mapping[str, Any] = {"fhir_read": queries.AskFhirRead, "fhir_search": queries.AskFhirSearch}


@dataclass
class DiaryGateway:
    """`failing`: what the next call raises. `actors`: who has asked so far."""

    reading: Reading = field(default_factory=Reading)
    failing: Exception | None = None
    actors: list[Actor] = field(default_factory=list)

    def call(
        self,
        service: str,  # noqa: ARG002 (one service)
        method: str,
        fields: Mapping[str, Any],
        actor: Actor,
        command_id: str | None = None,  # noqa: ARG002
        timeout: float = 5.0,  # noqa: ARG002
    ) -> Any:
        if self.failing:
            raise self.failing
        # Fields and caller go through what the wire makes of them.
        actor = call_from(Call("0" * 32, actor, 0.0).header()).actor
        self.actors.append(actor)
        try:
            asked = parsed(MODELS[method], orjson.loads(orjson.dumps(dict(fields))))
            return getattr(self.reading.alliance.exchange, method)(asked, actor)
        except Refusal as refusal:
            raise Refused(refusal.name, refusal.facts) from None
