"""Three hospitals that consult each other, on any exchange: what tests of consultations start from."""

import os
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import derived, uuid7
from contracts.envelope import CloudEvent
from services.exchange.application import commands, queries
from services.exchange.application.commands import consultations
from services.exchange.bootstrap import Exchange
from services.exchange.domain.consultations.waking import due
from tests.alliance import StandingClock
from tests.event_factory import make_event

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
WEEKDAYS = {str(day): [["09:00", "17:00"]] for day in range(1, 7)}
TUESDAY = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
"""14:00 in Kashgar and Hotan, 11:00 in Gilgit."""

USUALLY = ("chair", "presenter", "interpreter", "specialist")


@dataclass
class Consulting:
    """Kashgar has the chair and an interpreter, Gilgit the presenter and a deputy, Hotan a specialist."""

    exchange: Exchange
    clock: StandingClock
    sessions_a_year: int = 50
    until: str = "2026-12-31"
    people: dict[str, str] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, country, zone in (
            ("kashgar", "CN", "Asia/Shanghai"),
            ("gilgit", "PK", "Asia/Karachi"),
            ("hotan", "CN", "Asia/Shanghai"),
        ):
            self.sites[name] = self._site(name, country, zone)
        for name, site, languages in (
            ("chair", "kashgar", ["zh", "en"]),
            ("interpreter", "kashgar", ["ur", "zh"]),
            ("presenter", "gilgit", ["ur"]),
            ("deputy", "gilgit", ["ur"]),
            ("specialist", "hotan", ["zh"]),
            ("observer", "kashgar", ["zh"]),
        ):
            self.people[name] = self._person(name, site, languages)
        self.manager = Actor(
            self.people["presenter"], frozenset({PROGRAMME_MANAGER}), frozenset({self.sites["gilgit"]})
        )
        self.coordinator = Actor("per_elsewhere", frozenset({COORDINATOR}), frozenset({self.sites["kashgar"]}))
        self.agreement, self.condition = self._agreement()

    def elsewhere(self, exchange: Exchange) -> "Consulting":
        """The same hospitals, in another process as it were."""
        there = copy(self)
        there.exchange = exchange
        return there

    def actor(self, name: str) -> Actor:
        """The person, without any role."""
        return Actor(self.people[name])

    def context(self, actor: Actor, expected_version: int | None = None) -> Context:
        return Context(uuid7(datetime.now(UTC), os.urandom(10)), actor, self.clock.now(), expected_version)

    def participants(self, *names: str) -> list[dict[str, Any]]:
        """Those of the usual four who are named, or all of them; the specialist is optional."""
        usual: dict[str, dict[str, Any]] = {
            "chair": {"role": "chair", "site_id": self.sites["kashgar"]},
            "presenter": {
                "role": "presenter", "site_id": self.sites["gilgit"], "deputies": [self.people["deputy"]],
            },
            "interpreter": {"role": "interpreter", "site_id": self.sites["kashgar"], "languages": ["zh", "ur"]},
            "specialist": {"role": "specialist", "site_id": self.sites["hotan"], "required": False},
            "observer": {"role": "specialist", "site_id": self.sites["kashgar"]},
        }  # fmt: skip
        return [{"person_id": self.people[name]} | usual[name] for name in names or USUALLY]

    def case(self, **different: Any) -> dict[str, Any]:
        usual = {
            "reference": "GLT-2026-014", "question": "Which stage is the cyst, and is surgery needed?",
            "urgency": "urgent", "presenter": self.people["presenter"], "consent_confirmed": True,
        }  # fmt: skip
        return usual | different

    def wish(self, **different: Any) -> dict[str, Any]:
        usual = {
            "agreement_id": self.agreement, "condition_id": self.condition, "title": "Cyst of the liver",
            "begins": TUESDAY.isoformat(), "minutes": 60, "zone": "Asia/Karachi", "participants": self.participants(),
        }  # fmt: skip
        return usual | different

    def propose(self, by: Actor | None = None, **different: Any) -> Receipt:
        command = parsed(consultations.ProposeConsultation, self.wish(**different))
        return self.exchange.propose_consultation(command, self.context(by or self.manager))

    def give(self, name: str, consultation: str, by: Actor | None = None, **fields: Any) -> Receipt:
        """Gives the command of this name on the consultation as it stands."""
        version = self.exchange.stores.consultations.load(consultation).version
        model = getattr(consultations, "".join(word.capitalize() for word in name.split("_")))
        command = parsed(model, {"consultation_id": consultation, "expected_version": version} | fields)
        answer: Receipt = getattr(self.exchange, name)(command, self.context(by or self.manager, version))
        return answer

    def reply(self, consultation: str, name: str, status: str = "accepted", **fields: Any) -> Receipt:
        """What the person says, by themselves."""
        fields = {"participant": self.people[name], "status": status} | fields
        return self.give("reply_to_consultation", consultation, self.actor(name), **fields)

    def booked(self, **different: Any) -> str:
        """The id of a consultation that everybody who is required accepted."""
        made = self.propose(**different)
        for name in ("chair", "interpreter"):
            self.reply(made.id, name)
        return made.id

    def view(self, consultation: str, by: Actor = ADMIN) -> dict[str, Any]:
        asked = parsed(queries.AskConsultation, {"consultation_id": consultation})
        return self.exchange.consultation(asked, by)

    def balance(self) -> dict[str, Any]:
        """What is left of the sessions of this year."""
        asked = parsed(queries.AskAgreement, {"agreement_id": self.agreement})
        visits: dict[str, Any] = self.exchange.agreement(asked, ADMIN)["conditions"][0]["balance"][0]["visits"]
        return visits

    def pass_time(self, by: timedelta) -> None:
        """Moves the clock on, and does on the way what consultations want done, each thing at its moment."""
        until, fires = self.clock.now() + by, self.exchange.consultation_timers()
        done: set[str] = set()
        while waiting := sorted(self._due(until, done)):
            at, consultation, name = waiting[0]
            self.clock.moment = max(self.clock.moment, at)
            command_id = derived(consultation, name, at.isoformat())
            fires[name](consultation, Context(command_id, SYSTEM, self.clock.now()))
            done.add(command_id)
        self.clock.moment = until

    def _due(self, until: datetime, done: set[str]) -> list[tuple[datetime, str, str]]:
        found = self.exchange.stores.consultations.page(ADMIN, state=None, after=None, limit=200)
        moments = [(each.at.astimezone(UTC), one.id, each.name) for one in found for each in due(one.state)]
        return [
            each for each in moments if each[0] <= until and derived(each[1], each[2], each[0].isoformat()) not in done
        ]

    def tell(self, event_type: str) -> None:
        """The exchange hears an event of its own that may have freed somebody's time."""
        self.exchange.serve_waiting(CloudEvent.model_validate(make_event(event_type, at=self.fresh())), None)

    def fresh(self) -> str:
        return uuid7(datetime.now(UTC), os.urandom(10))

    def _site(self, name: str, country: str, zone: str) -> str:
        fields = {"names": {"en": name.capitalize()}, "country": country, "zone": zone,
                  "departments": [{"names": {"en": "Surgery"}, "seats": 3}]}  # fmt: skip
        site = self.exchange.register_site(parsed(commands.RegisterSite, fields), self.context(ADMIN)).id
        season = {"name": "all year", "first": "01-01", "last": "12-31", "weekdays": WEEKDAYS}
        hours = {"site_id": site, "seasons": [season], "expected_version": 1}
        self.exchange.set_hours(parsed(commands.SetHours, hours), self.context(ADMIN, 1))
        return site

    def _person(self, name: str, site: str, languages: list[str]) -> str:
        fields = {
            "passport_name": name.capitalize(), "local_name": name, "language": "en", "zone": "Asia/Karachi",
            "email": f"{name}@{site}.example", "sites": [self.sites[site]], "languages": languages,
            "fields": ["interpreting"] if name == "interpreter" else [],
        }  # fmt: skip
        return self.exchange.register_person(parsed(commands.RegisterPerson, fields), self.context(ADMIN)).id

    def _agreement(self) -> tuple[str, str]:
        partners = list(self.sites.values())
        condition = {
            "kind": "consultation", "field": "liver echinococcosis", "sending_site": partners[1],
            "host_site": partners[0], "visits_per_year": self.sessions_a_year, "visitor_days_per_year": 0,
            "outcomes_per_year": 4, "acceptance": ["host-department"], "reply_within_days": 14,
        }  # fmt: skip
        text = {
            "names": {"en": "Telemedicine"}, "partners": partners, "fields": ["liver echinococcosis"],
            "in_effect_from": "2026-01-01", "in_effect_until": self.until, "conditions": [condition],
        }  # fmt: skip
        managers = [
            Actor(f"per_{at}", frozenset({PROGRAMME_MANAGER}), frozenset({site})) for at, site in enumerate(partners)
        ]
        drafted = self.exchange.draft_agreement(parsed(commands.DraftAgreement, text), self.context(managers[0]))
        for manager in managers:
            stands = self.exchange.agreement(parsed(queries.AskAgreement, {"agreement_id": drafted.id}), manager)
            approval = {
                "agreement_id": drafted.id,
                "text_hash": stands["text_hash"],
                "expected_version": stands["version"],
            }
            command = parsed(commands.ApproveAgreement, approval)
            self.exchange.approve_agreement(command, self.context(manager, stands["version"]))
        condition_id = self.exchange.agreement(parsed(queries.AskAgreement, {"agreement_id": drafted.id}), ADMIN)
        return drafted.id, condition_id["conditions"][0]["id"]
