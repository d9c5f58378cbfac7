"""A small alliance with a visit and a consultation in its diary, and a hospital system that reads it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import OBSERVER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from services.exchange.application import queries
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import CHAIR, SPECIALIST, Participant
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.diary.naming import name_of, role_name
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory

BASE = "https://khunjerab.example/fhir"
MEETS = datetime(2026, 4, 20, 5, 0, tzinfo=UTC)
"""Ten in Gilgit, one in the afternoon in Kashgar."""
Json = dict[str, Any]


@dataclass
class Reading:
    """`as_site`: whose system reads; nobody's is a system of a site that takes part in nothing."""

    alliance: AllianceInMemory = field(default_factory=alliance_in_memory)

    @property
    def sending(self) -> Actor:
        return self.system(self.alliance.sending)

    @property
    def host(self) -> Actor:
        return self.system(self.alliance.host)

    def system(self, *sites: str) -> Actor:
        return Actor("sys_his", frozenset({OBSERVER}), frozenset(sites))

    def read(self, type_: str, name: str, actor: Actor | None = None) -> Json:
        asked = parsed(queries.AskFhirRead, {"resource_type": type_, "id": name, "base": BASE})
        return self.alliance.exchange.fhir_read(asked, actor or self.sending)

    def search(self, type_: str, *asked: tuple[str, str], actor: Actor | None = None, lenient: bool = False) -> Json:
        fields = {"resource_type": type_, "parameters": asked, "base": BASE, "lenient": lenient}
        return self.alliance.exchange.fhir_search(parsed(queries.AskFhirSearch, fields), actor or self.sending)

    def names(self, type_: str, *asked: tuple[str, str], actor: Actor | None = None) -> list[str]:
        """What a search finds, on its first page."""
        return [each["resource"]["id"] for each in self.search(type_, *asked, actor=actor).get("entry", [])]

    def role(self, person: str, site: str | None = None) -> str:
        return role_name(person, site or self.alliance.sending)

    def book(self, **dates: Any) -> tuple[str, str]:
        """A visit that is booked, by its appointment's name, and who goes."""
        person = self.alliance.person()
        return name_of(self.alliance.accept(self.alliance.propose(person, **dates)).id), person

    def confer(self, *people: str, at: datetime = MEETS, times: int = 1, **different: Any) -> list[str]:
        """A consultation of these people that is booked, day after day; the names of its sessions."""
        sites = (self.alliance.sending, self.alliance.host)
        identity = f"con_{self.alliance.fresh_id()}"
        begins = [at + timedelta(days=number) for number in range(times)]
        fields: dict[str, Any] = {
            "id": identity, "state": "booked", "agreement": self.alliance.agreement, "condition": "cnd_1",
            "field": "telemedicine", "title": "Board", "organiser": people[0], "sites": sites, "zone": "Asia/Karachi",
            "participants": tuple(
                Participant(each, SPECIALIST if number else CHAIR, sites[0]) for number, each in enumerate(people)
            ),
            "sessions": tuple(Session(each, each, each + timedelta(hours=1)) for each in begins),
            "reply_by": at,
        }  # fmt: skip
        decision = Decision(Consultation(**fields | different), "booked")
        # Nobody is held here: one person may be in two places, which booking would refuse.
        shelf = InMemoryDocuments[Consultation](
            self.alliance.memory.fake_consultations.memory, "consultation", lambda each: each.state
        )
        shelf.add(identity, decision, Context(self.alliance.fresh_id(), SYSTEM, self.alliance.clock.now()))
        return [f"{name_of(identity)}.{each:%Y%m%dT%H%MZ}" for each in begins]
