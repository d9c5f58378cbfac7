"""The circumstances of a call, as they travel in its one header."""

import re
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from chassis.kernel.actor import ROLES, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import DeadlineExceeded, InvalidCommand

EXCHANGE = "nameko-rpc"
HEADER = "nameko.call"
GRACE = 0.5
"""Seconds for which a caller waits beyond the deadline: a write begun in time has come to its end by then."""
COMMAND_ID = re.compile(r"[0-9a-f]{32}")
ID = re.compile(r"[a-z]{3}_[0-9a-z-]{1,60}")


@dataclass(frozen=True)
class Call:
    """Who calls, under which command id, and until when an answer is of use.

    `deadline`: seconds since the epoch on the machine's clock. `traceparent`: W3C trace context.
    """

    command_id: str
    actor: Actor
    deadline: float
    traceparent: str | None = None

    def context(self, now: datetime, expected_version: int | None = None) -> Context:
        """The command's circumstances, for the application. `now` comes from the clock port."""
        return Context(
            command_id=self.command_id,
            actor=self.actor,
            now=now,
            expected_version=expected_version,
            deadline=self.deadline,
            traceparent=self.traceparent,
        )

    def still_wanted(self) -> None:
        """Raises `DeadlineExceeded` when the caller has stopped waiting."""
        if time.time() > self.deadline:
            raise DeadlineExceeded(command=self.command_id)

    def header(self) -> str:
        """This call as the header's JSON text."""
        actor = {
            "person": self.actor.person,
            "roles": sorted(self.actor.roles),
            "sites": sorted(self.actor.sites),
        }
        fields = {
            "command_id": self.command_id,
            "actor": actor,
            "deadline": self.deadline,
            "traceparent": self.traceparent,
        }
        return orjson.dumps(fields).decode()


def call_from(header: Any) -> Call:
    """The call that a header's text spells. Raises `InvalidCommand` naming what is wrong."""
    try:
        fields = orjson.loads(header)
        return Call(
            command_id=_matching(COMMAND_ID, fields["command_id"]),
            actor=_actor(fields["actor"]),
            deadline=float(fields["deadline"]),
            traceparent=fields.get("traceparent") if isinstance(fields.get("traceparent"), str) else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError, orjson.JSONDecodeError):
        problem = {"field": HEADER, "problem": "command_id, actor and deadline are needed"}
        raise InvalidCommand(problems=[problem]) from None


def _actor(fields: Any) -> Actor:
    person = None if fields["person"] is None else _matching(ID, fields["person"])
    roles = frozenset(fields["roles"])
    if not roles <= ROLES:
        raise ValueError("unknown role")
    return Actor(person=person, roles=roles, sites=frozenset(_matching(ID, site) for site in fields["sites"]))


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("not of the expected shape")
    return value
