"""Twelve hospitals whose people meet often, and forty of them who look for a time."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo.database import Database

from chassis.commands import parsed
from chassis.kernel.actor import PROGRAMME_MANAGER, Actor
from chassis.kernel.decision import Decision
from chassis.kernel.documents import HoldTaken
from services.exchange.application import commands, queries
from services.exchange.application.commands.calendars import OpenCalendarAddress
from services.exchange.application.queries.find_a_time import plan_asked
from services.exchange.domain.consultations.consultation import Consultation, with_needs
from services.exchange.domain.consultations.finding.plan import Plan
from services.exchange.domain.consultations.participants import CHAIR, Participant
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.visit import BOOKED
from tests.alliance import ADMIN, Alliance

ZONES = (
    "Asia/Shanghai", "Asia/Karachi", "Asia/Shanghai", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Tashkent", "Asia/Almaty", "Asia/Bishkek", "Asia/Dushanbe", "Asia/Dubai", "Europe/London",
)  # fmt: skip
PEOPLE, REQUIRED, WEEKS = 40, 20, 4
FIRST = datetime(2026, 3, 9, tzinfo=UTC)
"""A Monday, a week behind the clock's own."""


class Meetings(Alliance):
    """An alliance in which so many consultations of an hour are booked, each of three people."""

    def __init__(self, database: Database[dict[str, Any]], booked: int) -> None:
        super().__init__(database)
        self.hospitals = [self._site(f"Hospital {n}", "PK", zone) for n, zone in enumerate(ZONES)]
        self.people = [self._member("Doctor", n) for n in range(PEOPLE)]
        self.deputies = [self._member("Deputy", n) for n in range(0, PEOPLE, 2)]
        self.manager = Actor("per_manager", frozenset({PROGRAMME_MANAGER}), frozenset(self.hospitals))
        self.telemedicine = self._telemedicine()
        chance = random.Random(1)
        for number in range(booked):
            while not self._meet(number, chance):
                pass

    def find(self) -> dict[str, Any]:
        """The answer."""
        return self.exchange.find_a_time(self._asked(), self.manager)

    def subscribe(self) -> str:
        """The secret of an address at which the first hospital's calendar is."""
        asked = parsed(OpenCalendarAddress, {"kind": "site", "subject": self.hospitals[0]})
        made = self.exchange.open_calendar_address(asked, self.context(self.manager))
        return str(made["address"]).rpartition("/")[2].removesuffix(".ics")

    def plan(self) -> Plan:
        """What is known once everything has been read."""
        exchange = self.exchange
        people, planning = exchange.stores.people, exchange.consultation_planning
        return plan_asked(self._asked(), self.manager, self.clock.now(), people, planning)

    def _asked(self) -> queries.AskFindATime:
        participants = [
            {"person_id": person, "site_id": self._home(n), "role": "specialist" if n else "chair",
             "required": n < REQUIRED, "deputies": [] if n % 2 or n < 2 else [self.deputies[n // 2]]}
            for n, person in enumerate(self.people)
        ]  # fmt: skip
        last = FIRST + timedelta(weeks=WEEKS, days=-1)
        fields = {
            "agreement_id": self.telemedicine[0], "condition_id": self.telemedicine[1], "participants": participants,
            "minutes": 60, "first": FIRST.date().isoformat(), "last": last.date().isoformat(), "zone": "Asia/Karachi",
        }  # fmt: skip
        return parsed(queries.AskFindATime, fields)

    def _home(self, number: int) -> str:
        return self.hospitals[number % len(self.hospitals)]

    def _member(self, name: str, number: int) -> str:
        fields = {"passport_name": f"{name} {number}", "local_name": name, "language": "en", "zone": "Asia/Karachi",
                  "email": "someone@hospital.example", "sites": [self._home(number)]}  # fmt: skip
        return self.exchange.register_person(parsed(commands.RegisterPerson, fields), self.context(ADMIN)).id

    def _telemedicine(self) -> tuple[str, str]:
        """An agreement of all hospitals, and its condition for consultations."""
        condition = {
            "kind": "consultation", "field": "telemedicine", "sending_site": self.hospitals[0],
            "host_site": self.hospitals[1], "visits_per_year": 1000, "visitor_days_per_year": 0,
            "outcomes_per_year": 0, "acceptance": ["host-department"], "reply_within_days": 14,
        }  # fmt: skip
        text = {
            "names": {"en": "Telemedicine"}, "partners": self.hospitals, "fields": [],
            "in_effect_from": "2026-01-01", "in_effect_until": "2026-12-31", "conditions": [condition],
        }  # fmt: skip
        drafted = self.exchange.draft_agreement(parsed(commands.DraftAgreement, text), self.context(self.manager))
        for version, hospital in enumerate(self.hospitals, start=1):
            self._approve(drafted.id, Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({hospital})), version)
        asked = parsed(queries.AskAgreement, {"agreement_id": drafted.id})
        return drafted.id, self.exchange.agreement(asked, self.manager)["conditions"][0]["id"]

    def _meet(self, number: int, chance: random.Random) -> bool:
        """Another consultation of three of them. Whether they could: one may be in another one then."""
        begins = FIRST + timedelta(minutes=15 * chance.randrange(WEEKS * 7 * 24 * 4))
        session = Session(begins, begins, begins + timedelta(hours=1))
        three = chance.sample(self.people, 3)
        meeting = Consultation(
            id=f"con_{number}",
            state=BOOKED,
            agreement=self.telemedicine[0],
            condition=self.telemedicine[1],
            field="telemedicine",
            title="Board",
            organiser=three[0],
            sites=tuple(self.hospitals),
            zone="Asia/Karachi",
            participants=tuple(Participant(person, CHAIR, self.hospitals[0]) for person in three),
            sessions=(session,),
            reply_by=begins,
        )
        try:
            decision = Decision(with_needs(meeting), what="booked")
            self.exchange.stores.consultations.add(meeting.id, decision, self.context(self.manager))
        except HoldTaken:
            return False
        return True
