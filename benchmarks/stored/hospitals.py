"""The hospitals whose visits are stored, as whoever measures comes back to them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pymongo.database import Database

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import uuid7
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange
from tests.alliance import Alliance, StandingClock
from tests.fakes.sealing import PlainPrinter, seals

DAYS = 3
"""How long each visit takes."""


@dataclass(frozen=True)
class Hospital:
    """A host with one department, the site that sends to it, and the condition between them.

    `guests`: people of the sending site who have been there before and have no visit to come.
    """

    sending: str
    host: str
    department: str
    agreement: str
    condition: str
    guests: tuple[str, ...] = ()

    @classmethod
    def of(cls, alliance: Alliance) -> "Hospital":
        """Without guests yet."""
        return cls(alliance.sending, alliance.host, alliance.department, alliance.agreement, alliance.condition)

    @classmethod
    def listed(cls, fields: Mapping[str, Any]) -> "Hospital":
        """One as `asdict` wrote it, read from JSON."""
        return cls(**{**fields, "guests": tuple(fields["guests"])})


@dataclass
class Hospitals:
    """All of them on one database, at a moment that stands still. `visits`: how many were stored in the beginning."""

    database: Database[dict[str, Any]]
    all: Sequence[Hospital]
    visits: int

    def __post_init__(self) -> None:
        self.clock = StandingClock()
        self.exchange = Exchange(self.database, self.clock, seals(), PlainPrinter())

    def propose(self, hospital: Hospital, guest: str, arrival: date) -> Receipt:
        fields = {
            "agreement_id": hospital.agreement,
            "condition_id": hospital.condition,
            "host_department": hospital.department,
            "visitors": [guest],
            "leader": guest,
            "planned_arrival": arrival.isoformat(),
            "planned_departure": (arrival + timedelta(days=DAYS - 1)).isoformat(),
            "purpose": "Ultrasound staging of liver echinococcosis",
        }
        who = Actor("per_manager", frozenset({PROGRAMME_MANAGER}), frozenset({hospital.sending}))
        return self.exchange.propose_visit(parsed(commands.ProposeVisit, fields), self._context(who))

    def accept(self, hospital: Hospital, visit: Receipt) -> Receipt:
        fields = {
            "visit_id": visit.id,
            "party": "host-department",
            "status": "accepted",
            "expected_version": visit.version,
        }
        who = Actor("per_coordinator", frozenset({COORDINATOR}), frozenset({hospital.host}))
        return self.exchange.reply_to_visit(parsed(commands.ReplyToVisit, fields), self._context(who, visit.version))

    def cancel(self, hospital: Hospital, visit: Receipt) -> Receipt:
        fields = {"visit_id": visit.id, "reason": "It was only measured", "expected_version": visit.version}
        who = Actor("per_coordinator", frozenset({COORDINATOR}), frozenset({hospital.host}))
        return self.exchange.cancel_visit(parsed(commands.CancelVisit, fields), self._context(who, visit.version))

    def listed(self, hospital: Hospital, state: str | None) -> View:
        """The first page of what the sending site's manager sees."""
        who = Actor("per_manager", frozenset({PROGRAMME_MANAGER}), frozenset({hospital.sending}))
        return self.exchange.visits(parsed(queries.AskVisits, {"state": state}), who)

    def _context(self, who: Actor, expected_version: int | None = None) -> Context:
        now = self.clock.now()
        return Context(uuid7(now, os.urandom(10)), who, now, expected_version)
