"""Visitors with passports, their letters, and what visits and people tell: what tests of letters start from."""

import base64
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.decision import Decision, Receipt
from contracts.envelope import CloudEvent
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.application import commands, queries
from services.exchange.domain.letter import Letter
from services.exchange.domain.visit import Visit
from tests.alliance import ADMIN
from tests.event_factory import make_event
from tests.fakes.exchange import AllianceInMemory
from tests.unit.exchange.given import EDITION

NUMBER = "AB1234567"
SAME_LAST_FOUR = "ZZ7654567"
SIGNER = {"signer_name": "Dr Zhang Wei", "signer_title": "Director"}


def traveller(alliance: AllianceInMemory, name: str = "Shahida Bano", number: str = NUMBER) -> str:
    """Somebody of whom all is known that a letter states."""
    person = alliance.person(name)
    corrected(alliance, person, birth_date="1988-02-29", sex="female")
    enter(alliance, person, number)
    return person


def corrected(alliance: AllianceInMemory, person: str, **particulars: Any) -> None:
    """What is known of the person, with some of it changed."""
    loaded = alliance.memory.fake_people.load(person)
    names = ("passport_name", "local_name", "language", "zone", "email", "sites", "birth_date", "sex")
    fields = {name: getattr(loaded.state, name) for name in names} | {"sites": list(loaded.state.sites)}
    if fields["birth_date"]:
        fields["birth_date"] = fields["birth_date"].isoformat()
    command = {"person_id": person, "expected_version": loaded.version, **fields, **particulars}
    context = alliance.context(ADMIN, loaded.version)
    alliance.exchange.change_person(parsed(commands.ChangePerson, command), context)


def enter(alliance: AllianceInMemory, person: str, number: str) -> None:
    """The person's passport is entered."""
    version = alliance.memory.fake_people.load(person).version
    fields = {"person_id": person, "number": number, "expires_on": "2031-01-01", "expected_version": version}
    alliance.exchange.set_passport(parsed(commands.SetPassport, fields), alliance.context(ADMIN, version))


def remove(alliance: AllianceInMemory, person: str) -> None:
    """The person's passport is forgotten."""
    version = alliance.memory.fake_people.load(person).version
    fields = {"person_id": person, "expected_version": version}
    alliance.exchange.remove_passport(parsed(commands.RemovePassport, fields), alliance.context(ADMIN, version))


def invited(alliance: AllianceInMemory) -> tuple[Receipt, str]:
    """A booked visit, and its visitor with a passport."""
    person = traveller(alliance)
    return alliance.accept(alliance.propose(person)), person


def issue(alliance: AllianceInMemory, visit: Receipt, person: str, actor: Actor | None = None) -> Receipt:
    fields = {"visit_id": visit.id, "person": person, **SIGNER}
    context = alliance.context(actor or alliance.coordinator)
    return alliance.exchange.issue_letter(parsed(commands.IssueLetter, fields), context)


def made(alliance: AllianceInMemory, letter: Receipt) -> Letter:
    """The letter after the worker has come round."""
    alliance.exchange.render_letter(letter.id, alliance.context(alliance.coordinator))
    return standing(alliance, letter)


def standing(alliance: AllianceInMemory, letter: Receipt) -> Letter:
    return alliance.memory.fake_letters.load(letter.id).state


def letters_of(alliance: AllianceInMemory, visit: Receipt) -> list[Letter]:
    return [each.state for each in alliance.memory.fake_letters.of_visit(visit.id)]


def why(alliance: AllianceInMemory, letter: Receipt) -> str:
    """The reason of the last thing that became of it."""
    return alliance.memory.fake_letters.recorded(letter.id).history[-1].why


def pdf(alliance: AllianceInMemory, letter: Receipt, actor: Actor) -> bytes:
    asked = parsed(queries.AskLetter, {"letter_id": letter.id})
    return base64.b64decode(alliance.exchange.letter_pdf(asked, actor)["pdf"])


def check(alliance: AllianceInMemory, code: str) -> dict[str, Any]:
    return alliance.exchange.check_letter(parsed(queries.CheckLetter, {"code": code}), Actor(None))


def visit_of(alliance: AllianceInMemory, visit: Receipt) -> Visit:
    return alliance.memory.fake_visits.load(visit.id).state


def given(alliance: AllianceInMemory, visit: Receipt, intent: str, **fields: Any) -> None:
    """A command on the visit, by its host."""
    version = alliance.memory.fake_visits.load(visit.id).version
    kind = getattr(commands, "".join(part.capitalize() for part in intent.split("_")))
    command = parsed(kind, {"visit_id": visit.id, "expected_version": version, **fields})
    getattr(alliance.exchange, intent)(command, alliance.context(alliance.host_manager, version))


def moved(alliance: AllianceInMemory, visit: Receipt, days: int = 7) -> None:
    """The visit is rescheduled to so many days later."""
    stands, later = visit_of(alliance, visit), timedelta(days=days)
    arrival, departure = stands.planned_arrival + later, stands.planned_departure + later
    dates = {"planned_arrival": arrival.isoformat(), "planned_departure": departure.isoformat()}
    given(alliance, visit, "reschedule_visit", reason="The theatre is closed.", **dates)


def arrived(alliance: AllianceInMemory, visit: Receipt, *people: str) -> None:
    """The day has come, and the people named, or all, are there."""
    day = visit_of(alliance, visit).planned_arrival
    alliance.clock.advance(timedelta(days=(day - alliance.clock.now().date()).days))
    given(alliance, visit, "record_arrival", arrived_on=day.isoformat(), visitors=list(people))


def hear(alliance: AllianceInMemory, *kinds: str) -> None:
    """All that people and visits, or those of these kinds, ever told comes, as from the broker: some of it again."""
    memory = alliance.memory
    told_of = {"person": memory.fake_people.told, "visit": memory.fake_visits.told}
    handlers = alliance.exchange.handlers()
    for kind in kinds or told_of:
        for told in PublishedEvents(memory.fake_sites).publish(told_of[kind], EDITION):
            event = CloudEvent.model_validate(make_event(told.type, **told.model_dump(mode="json")))
            handlers[told.type](event, told)


def forget(alliance: AllianceInMemory, person: str, **unknown: Any) -> None:
    """Something is not known of the person, without anybody hearing of it."""
    people = alliance.memory.fake_people
    loaded = people.load(person)
    people.save(loaded, Decision(replace(loaded.state, **unknown), what="changed"), alliance.context(ADMIN))
