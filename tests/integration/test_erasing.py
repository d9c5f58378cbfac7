"""A person who is erased leaves nothing behind, whatever comes late, and wherever a worker dies."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.failed_events import COLLECTION as FAILED_EVENTS
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import NotAllowed
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.notify.adapters.pace_tokens import HmacPaceTokens
from services.notify.adapters.traces import WHERE
from services.notify.application import commands, queries
from services.notify.bootstrap import Notify
from services.notify.manifest import MANIFEST
from tests.alliance import StandingClock
from tests.fakes.webhooks import FakeOutgoing
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.samples import NOW, told_of

PERSON = "exchange.person.changed.v1"
EVENT = "research.outcome.expected.v1"
ME = str(told_of(EVENT)[1].model_dump()["responsible"])
ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
SELF = Actor(ME)


@dataclass
class Office:
    """Notify on a database that somebody is known to."""

    database: Any
    notify: Notify

    def happens(self, title: str = "Outcome") -> None:
        self.notify.notify_of([told_of(EVENT, title=title)])

    def is_told_of_them(self, sequence: int) -> None:
        envelope = {"sequence": f"{sequence:010}.000", "id": derived("person", str(sequence))}
        event, person = told_of(PERSON, envelope=envelope, person=ME)
        self.notify.keep_person(event, person)  # type: ignore[arg-type] # of this type

    def erase(self, command: str = "erase", actor: Actor = ADMIN) -> None:
        given = parsed(commands.ErasePerson, {"person": ME, "reason": "Asked for in writing."})
        self.notify.erase_person(given, Context(derived(command), actor, NOW))

    def works(self) -> None:
        for timers in self.notify.timers:
            timers.run_due()

    def state(self) -> str | None:
        shown = self.notify.erasure(parsed(queries.AskErasure, {"person": ME}), ADMIN)
        return str(shown["state"]) if shown["state"] else None

    def traces(self) -> dict[str, int]:
        found = {
            name: sum(self.database[name].count_documents({field: ME}) for field in fields)
            for name, fields in WHERE.items()
        }
        failed = self.database[FAILED_EVENTS].count_documents({"subject": f"person/{ME}"})
        return {name: number for name, number in (found | {FAILED_EVENTS: failed}).items() if number}


@pytest.fixture
def office(make_installation: MakeInstallation) -> Iterator[Office]:
    database = database_at(make_installation([replace(MANIFEST, subscribes_to=())]).mongo_url("notify"))
    notify = Notify(database, StandingClock(NOW), FakeOutgoing().whole, HmacPaceTokens("k"))
    made = Office(database, notify)
    made.is_told_of_them(1)
    made.happens()
    preferences = parsed(commands.SetPreferences, {"otherwise": {"email": "daily"}})
    notify.set_preferences(preferences, Context(derived("prefer"), SELF, NOW))
    database[FAILED_EVENTS].insert_one({"_id": "one", "subject": f"person/{ME}", "event": {"data": {"email": "x@y"}}})
    database[FAILED_EVENTS].insert_one({"_id": "other", "subject": "person/per_other", "event": {}})
    assert {"people", "notifications", "preferences", FAILED_EVENTS} <= made.traces().keys()
    yield made
    database.client.close()


def test_everything_is_gone_and_what_is_not_theirs_stays(office: Office) -> None:
    office.erase()
    assert office.state() == "asked"
    office.works()
    assert office.traces() == {}
    assert office.state() == "done"
    assert office.database[FAILED_EVENTS].count_documents({}) == 1


def test_what_comes_late_or_again_brings_nobody_back(office: Office) -> None:
    office.erase()
    office.works()
    office.is_told_of_them(1)
    office.is_told_of_them(2)
    office.happens()
    office.happens("Another")
    assert office.traces() == {}


def test_what_comes_before_the_worker_does_is_kept_from_the_first_moment_on(office: Office) -> None:
    before = office.traces()
    office.erase()
    office.happens("Another")
    assert office.traces() == before


def test_calendar_files_that_name_them_are_gone_with_them_and_come_back_no_more(office: Office) -> None:
    theirs, others = (
        told_of("exchange.visit.booked.v1", envelope={"id": derived(each)}, visitors=[each], leader=each)
        for each in (ME, "per_other")
    )
    office.notify.keep_calendars([theirs, others])
    assert office.traces()["calendars"] == 1
    office.erase()
    office.works()
    office.notify.keep_calendars([theirs])
    assert office.database["calendars"].count_documents({}) == 1
    assert office.traces() == {}


def test_events_still_to_be_told_are_waited_for(office: Office) -> None:
    office.database["notifications"].update_many({}, {"$set": {"outbox": [{"id": "unsent"}]}})
    office.erase()
    office.works()
    assert office.traces() == {"notifications": 1}
    assert office.state() == "asked"
    office.database["notifications"].update_many({}, {"$set": {"outbox": []}})
    office.database["erasures"].update_many({}, {"$set": {"due.$[].at": NOW}})
    office.works()
    assert (office.traces(), office.state()) == ({}, "done")


def test_asking_again_removes_what_came_in_between(office: Office) -> None:
    office.erase()
    office.works()
    office.database["inboxes"].insert_one({"_id": "box_1", "person": ME})
    office.erase("again")
    office.works()
    assert (office.traces(), office.state()) == ({}, "done")


def test_only_administrators_may(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.erase(actor=Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_x"})))
    assert office.state() is None


IDS_ALONE = {
    "reminders": "the facts of a visit, a consultation or an agreement",
    "escalations": "the same, and who was told",
    "announcements": "whom it is for",
    "webhooks": "who registered it",
    "webhook_deliveries": "events, as others were told them",
    "webhook_lanes": "nobody",
    "channels": "who paused it",
    "breakers": "nobody",
    "tickets": "how many messages somebody got, for some minutes or an hour",
    "claims": "which messages are under way",
    "erasures": "who was erased",
}
"""What has people's ids and nothing else of them, and why it is kept."""


def test_of_every_collection_it_is_settled_whether_it_is_erased() -> None:
    assert {each.name for each in MANIFEST.collections} == {*WHERE, *IDS_ALONE}
