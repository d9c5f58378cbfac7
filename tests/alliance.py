"""A small alliance in a database of its own, ready for visits to be proposed: what tests of the exchange start from."""

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pymongo.database import Database

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import uuid7
from services.exchange.application import commands, queries
from services.exchange.bootstrap import Exchange
from services.exchange.manifest import MANIFEST
from tests.fakes.sealing import PlainPrinter, seals

EXCHANGE_ALONE = replace(MANIFEST, subscribes_to=())
"""The exchange's manifest for an installation of nothing else."""
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
YEAR = 2026


@dataclass
class StandingClock:
    """A clock that moves only when told to."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        self.moment += by


@dataclass
class Alliance:
    """Two sites, an agreement in effect with one condition, and the actors of either end."""

    database: Database[dict[str, Any]]
    seats: int = 3
    visits_per_year: int = 100
    visitor_days_per_year: int = 1000
    acceptance: tuple[str, ...] = ("host-department",)
    clock: StandingClock = field(default_factory=StandingClock)
    years: int = 1
    """How many years the agreement is in effect, from the clock's own on."""

    def __post_init__(self) -> None:
        self.exchange = self.opened()
        self.sending, self.host = (
            self._site("Gilgit", "PK", "Asia/Karachi"),
            self._site("Kashgar", "CN", "Asia/Shanghai"),
        )
        host = next(site for site in self.exchange.sites(ADMIN)["items"] if site["id"] == self.host)
        self.department = host["departments"][0]["id"]
        self.manager = Actor("per_manager", frozenset({PROGRAMME_MANAGER}), frozenset({self.sending}))
        self.coordinator = Actor("per_coordinator", frozenset({COORDINATOR}), frozenset({self.host}))
        self.host_manager = Actor("per_host", frozenset({PROGRAMME_MANAGER}), frozenset({self.host}))
        self.agreement = self._agreement()
        self.condition = self._agreement_view()["conditions"][0]["id"]

    def opened(self) -> Exchange:
        """The exchange that all of this happens in."""
        return Exchange(self.database, self.clock, seals(), PlainPrinter())

    def context(self, actor: Actor, expected_version: int | None = None, **circumstances: Any) -> Context:
        """Fresh circumstances, as a new call has them."""
        return Context(self.fresh_id(), actor, self.clock.now(), expected_version, **circumstances)

    def fresh_id(self) -> str:
        """The id of a new command, and so of what it makes."""
        return uuid7(datetime.now(UTC), os.urandom(10))

    def person(self, name: str = "Shahida Bano") -> str:
        fields = {"passport_name": name, "local_name": name, "language": "ur", "zone": "Asia/Karachi",
                  "email": "someone@gilgit.example", "sites": [self.sending]}  # fmt: skip
        return self.exchange.register_person(parsed(commands.RegisterPerson, fields), self.context(ADMIN)).id

    def proposal(self, *visitors: str, arrival: date = date(YEAR, 4, 6), days: int = 3) -> commands.ProposeVisit:
        """A proposal for visitors (a new one where none is named), from `arrival`, for so many days."""
        who = list(visitors) or [self.person()]
        fields = {
            "agreement_id": self.agreement,
            "condition_id": self.condition,
            "host_department": self.department,
            "visitors": who,
            "leader": who[0],
            "planned_arrival": arrival.isoformat(),
            "planned_departure": (arrival + timedelta(days=days - 1)).isoformat(),
            "purpose": "Ultrasound staging of liver echinococcosis",
        }
        return parsed(commands.ProposeVisit, fields)

    def propose(self, *visitors: str, **dates: Any) -> Receipt:
        return self.exchange.propose_visit(self.proposal(*visitors, **dates), self.context(self.manager))

    def accept(self, visit: Receipt, **circumstances: Any) -> Receipt:
        return self.reply(visit, "accepted", **circumstances)

    def reply(self, visit: Receipt, status: str, party: str = "host-department", **circumstances: Any) -> Receipt:
        fields = {"visit_id": visit.id, "party": party, "status": status, "expected_version": visit.version}
        actor = self.manager if party == "sending-site" else self.coordinator
        context = self.context(actor, visit.version, **circumstances)
        return self.exchange.reply_to_visit(parsed(commands.ReplyToVisit, fields), context)

    def balance(self) -> dict[str, Any]:
        """The condition's balance in this year: `{year, visits, visitor_days, outcomes}`."""
        view: dict[str, Any] = self._agreement_view()["conditions"][0]["balance"][0]
        return view

    def _site(self, name: str, country: str, zone: str) -> str:
        fields = {"names": {"en": name}, "country": country, "zone": zone,
                  "departments": [{"names": {"en": "Surgery"}, "seats": self.seats}]}  # fmt: skip
        return self.exchange.register_site(parsed(commands.RegisterSite, fields), self.context(ADMIN)).id

    def _agreement(self) -> str:
        year = self.clock.now().year
        condition = {
            "kind": "training", "field": "liver echinococcosis", "sending_site": self.sending, "host_site": self.host,
            "visits_per_year": self.visits_per_year, "visitor_days_per_year": self.visitor_days_per_year,
            "outcomes_per_year": 2, "acceptance": list(self.acceptance), "reply_within_days": 14,
            "expects_outcome": {"type": "publication", "due_days": 90},
        }  # fmt: skip
        fields = {
            "names": {"en": "Memorandum"}, "partners": [self.sending, self.host], "fields": [],
            "in_effect_from": f"{year}-01-01", "in_effect_until": f"{year + self.years - 1}-12-31",
            "conditions": [condition],
        }  # fmt: skip
        drafted = self.exchange.draft_agreement(parsed(commands.DraftAgreement, fields), self.context(self.manager))
        for version, who in enumerate((self.manager, self.host_manager), start=1):
            self._approve(drafted.id, who, version)
        return drafted.id

    def _approve(self, agreement: str, who: Actor, version: int) -> None:
        asked = parsed(queries.AskAgreement, {"agreement_id": agreement})
        text_hash = self.exchange.agreement(asked, who)["text_hash"]
        fields = {"agreement_id": agreement, "text_hash": text_hash, "expected_version": version}
        self.exchange.approve_agreement(parsed(commands.ApproveAgreement, fields), self.context(who, version))

    def _agreement_view(self) -> dict[str, Any]:
        view: dict[str, Any] = self.exchange.agreement(
            parsed(queries.AskAgreement, {"agreement_id": self.agreement}), self.manager
        )
        return view


ADMIN = Actor("per_administrator", frozenset({ADMINISTRATOR}))
