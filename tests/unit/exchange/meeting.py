"""Hospitals that look for a time to meet, on documents in memory: Gilgit, Kashgar, and those that a test adds."""

from dataclasses import replace
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from services.exchange.application import commands, queries
from services.exchange.application.consultation_planning import ConsultationPlanning
from services.exchange.bootstrap.finding_times import FindingTimes
from services.exchange.domain.site import Site
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.held_consultations import HeldConsultations

WEDNESDAY = "2026-03-04"
"""Two days behind the clock's own."""


class Meeting(FindingTimes):
    """The alliance's condition is one for consultations. `bano` is of Gilgit, `li` of Kashgar."""

    def __init__(self) -> None:
        self.alliance: AllianceInMemory = alliance_in_memory()
        memory = self.alliance.memory
        self.stores, self.clock, self.held = memory.stores, self.alliance.clock, HeldConsultations()
        stores = self.stores
        self.consultation_planning = ConsultationPlanning(
            self.held, stores.agreements, stores.sites, stores.people, stores.visits, stores.calendars
        )
        self.agreement_is(kind="consultation", visitor_days_per_year=0)
        self.gilgit, self.kashgar = self.alliance.sending, self.alliance.host
        self.bano, self.li = self.person("Bano", self.gilgit), self.person("Li", self.kashgar)

    def agreement_is(self, **different: Any) -> None:
        """Makes the condition what a test wants it to be, without a new text."""
        kept = self.alliance.memory.fake_agreements.kept
        document = kept[self.alliance.agreement]
        conditions = tuple(replace(each, **different) for each in document.state.conditions)
        kept[document.state.id] = replace(document, state=replace(document.state, conditions=conditions))

    def site_is(self, site_id: str, **different: Any) -> None:
        kept = self.alliance.memory.fake_sites.kept
        state: Site = kept[site_id].state
        kept[site_id] = replace(kept[site_id], state=replace(state, **different))

    def site(self, name: str, country: str, zone: str) -> str:
        fields = {"names": {"en": name}, "country": country, "zone": zone}
        command = parsed(commands.RegisterSite, fields)
        return self.alliance.exchange.register_site(command, self.alliance.context(ADMIN)).id

    def person(self, name: str, site: str, **different: Any) -> str:
        fields = {"passport_name": name, "local_name": name, "language": "en", "zone": "UTC", "email": "a@b.example",
                  "sites": [site], **different}  # fmt: skip
        command = parsed(commands.RegisterPerson, fields)
        return self.alliance.exchange.register_person(command, self.alliance.context(ADMIN)).id

    def question(self, **different: Any) -> dict[str, Any]:
        """An hour on Wednesday, of Bano and Li, as a caller would ask for it."""
        return {
            "agreement_id": self.alliance.agreement,
            "condition_id": self.alliance.condition,
            "participants": [self.asked(self.bano, self.gilgit, "chair"), self.asked(self.li, self.kashgar)],
            "minutes": 60,
            "first": WEDNESDAY,
            "last": WEDNESDAY,
            "zone": "Asia/Karachi",
            **different,
        }

    @staticmethod
    def asked(person: str, site: str, role: str = "specialist", **different: Any) -> dict[str, Any]:
        return {"person_id": person, "site_id": site, "role": role, **different}

    def found(self, actor: Actor | None = None, **different: Any) -> dict[str, Any]:
        """The answer."""
        asked = parsed(queries.AskFindATime, self.question(**different))
        return self.find_a_time(asked, actor or self.alliance.manager)

    def best(self, **different: Any) -> dict[str, Any]:
        slot: dict[str, Any] = self.found(**different)["slots"][0]
        return slot


def taking_up(question: dict[str, Any], changes: list[dict[str, Any]]) -> dict[str, Any]:
    """The question with the changes that an answer told: nothing but its own fields."""
    asked: dict[str, Any] = {"waive": [], "rooms": {}, "interpreters": [], **question, "reason": "It cannot wait."}
    for each in changes:
        asked |= _taken_up(asked, each)
    return asked


def _taken_up(asked: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    match change["change"]:
        case "optional":
            named = [each | {"required": each["person_id"] != change["person_id"]} for each in asked["participants"]]
            return {"participants": named}
        case "waive":
            return {"waive": [*asked["waive"], {"rule": change["rule"], "site_id": change["site_id"]}]}
        case "urgent":
            return {"urgent": True}
        case "without-room":
            return {"rooms": {site: room for site, room in asked["rooms"].items() if site != change["site_id"]}}
        case "without-interpreter":
            left = list(asked["interpreters"])
            left.remove(change["languages"])
            return {"interpreters": left}
    raise AssertionError(f"the question has no field for {change}")
