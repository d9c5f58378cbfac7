"""Hospitals that look for a time to meet, on documents in memory: Gilgit, Kashgar, and those that a test adds."""

from dataclasses import replace
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from services.exchange.application import commands, queries
from services.exchange.domain.consultations.consultation import Consultation, holds
from services.exchange.domain.site import Site
from tests.alliance import ADMIN
from tests.fakes.documents import Kept
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory

WEDNESDAY = "2026-03-04"
"""Two days behind the clock's own."""


class Meeting:
    """The alliance's condition is one for consultations. `bano` is of Gilgit, `li` of Kashgar."""

    def __init__(self) -> None:
        self.alliance: AllianceInMemory = alliance_in_memory()
        self.agreement_is(kind="consultation", visitor_days_per_year=0)
        self.gilgit, self.kashgar = self.alliance.sending, self.alliance.host
        self.bano, self.li = self.person("Bano", self.gilgit), self.person("Li", self.kashgar)

    def agreement_is(self, *partners: str, **different: Any) -> None:
        """Makes the condition what a test wants it to be, without a new text; `partners` join."""
        kept = self.alliance.memory.fake_agreements.kept
        document = kept[self.alliance.agreement]
        conditions = tuple(replace(each, **different) for each in document.state.conditions)
        state = replace(document.state, conditions=conditions, partners=(*document.state.partners, *partners))
        kept[state.id] = replace(document, state=state)

    def put(self, consultation: Consultation) -> None:
        """Keeps a consultation as it stands."""
        kept = self.alliance.memory.fake_consultations.kept
        kept[consultation.id] = Kept(1, consultation, frozenset(holds(consultation)), (), (), ())

    def site_is(self, site_id: str, **different: Any) -> None:
        kept = self.alliance.memory.fake_sites.kept
        state: Site = kept[site_id].state
        kept[site_id] = replace(kept[site_id], state=replace(state, **different))

    def site(self, name: str, country: str, zone: str, *, partner: bool = True) -> str:
        fields = {"names": {"en": name}, "country": country, "zone": zone}
        command = parsed(commands.RegisterSite, fields)
        made = self.alliance.exchange.register_site(command, self.alliance.context(ADMIN))
        self.agreement_is(*[made.id] * partner)
        return made.id

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
        return self.alliance.exchange.find_a_time(asked, actor or self.alliance.manager)

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
