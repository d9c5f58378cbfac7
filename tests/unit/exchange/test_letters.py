"""Letters of invitation: what they state, whom they replace, and who may read them."""

import base64
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.errors import NotAllowed, Refusal, Unknown
from contracts.envelope import CloudEvent
from services.exchange.application import commands, queries
from services.exchange.domain.letter import ISSUED, REQUESTED, REVOKED, SUPERSEDED, Letter
from services.exchange.domain.passport import Passport
from services.exchange.domain.refusals import (
    LetterNotReady,
    LetterStands,
    MissingForLetter,
    NoSuchVisitor,
    WrongState,
)
from services.exchange.domain.visit import Visitor
from tests.event_factory import make_event
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.fakes.sealing import seals

NUMBER = "AB1234567"
SIGNER = {"signer_name": "Dr Zhang Wei", "signer_title": "Director"}


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def invited(alliance: AllianceInMemory, **known: Any) -> tuple[Receipt, str]:
    """A booked visit, and its visitor with a passport."""
    visit = alliance.accept(alliance.propose())
    people = alliance.memory.fake_people
    person = alliance.memory.fake_visits.load(visit.id).state.leader
    loaded = people.load(person)
    passport = Passport(seals().sealed(NUMBER), NUMBER[-4:], date(2031, 1, 1))
    facts: dict[str, Any] = {"birth_date": date(1988, 2, 29), "sex": "female", "passport": passport} | known
    people.save(loaded, Decision(replace(loaded.state, **facts), what="changed"), alliance.context(alliance.manager))
    return visit, person


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


def moved(alliance: AllianceInMemory, visit: Receipt, days: int) -> None:
    """The visit's dates as a rescheduling leaves them."""
    visits = alliance.memory.fake_visits
    loaded = visits.load(visit.id)
    later = timedelta(days=days)
    state = replace(
        loaded.state,
        planned_arrival=loaded.state.planned_arrival + later,
        planned_departure=loaded.state.planned_departure + later,
    )
    visits.save(loaded, Decision(state, what="moved"), alliance.context(alliance.coordinator))


def told_of(visit: Receipt) -> CloudEvent:
    return CloudEvent.model_validate(make_event("exchange.visit.booked.v1", visit=visit.id))


def pdf(alliance: AllianceInMemory, letter: Receipt, actor: Actor) -> bytes:
    asked = parsed(queries.AskLetter, {"letter_id": letter.id})
    return base64.b64decode(alliance.exchange.letter_pdf(asked, actor)["pdf"])


def check(alliance: AllianceInMemory, code: str) -> dict[str, Any]:
    return alliance.exchange.check_letter(parsed(queries.CheckLetter, {"code": code}), Actor(None))


def test_a_letter_is_made_by_the_worker_and_then_fetched(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    assert letter.state == REQUESTED
    assert made(alliance, letter).state == ISSUED
    assert NUMBER.encode() in pdf(alliance, letter, alliance.manager)


def test_making_it_twice_makes_it_once(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    first = made(alliance, letter)
    assert made(alliance, letter) == first


def test_nothing_that_is_kept_or_told_shows_the_number(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = made(alliance, issue(alliance, visit, person))
    assert NUMBER not in repr(letter)
    (issued,) = alliance.memory.fake_letters.told
    assert NUMBER not in repr(issued)


@pytest.mark.parametrize("missing", ["birth_date", "sex", "passport"])
def test_what_a_letter_has_to_state_has_to_be_known(alliance: AllianceInMemory, missing: str) -> None:
    visit, person = invited(alliance, **{missing: "" if missing == "sex" else None})
    with pytest.raises(MissingForLetter) as refused:
        issue(alliance, visit, person)
    assert refused.value.facts == {"person": person, "missing": [missing]}
    assert not alliance.memory.fake_letters.kept


def test_only_a_visitor_is_invited(alliance: AllianceInMemory) -> None:
    visit, _ = invited(alliance)
    with pytest.raises(NoSuchVisitor):
        issue(alliance, visit, alliance.person())


def test_nobody_is_invited_before_the_visit_holds_its_days(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    proposed = alliance.propose(person, arrival=date(2026, 6, 1))
    with pytest.raises(WrongState):
        issue(alliance, proposed, person)
    assert issue(alliance, visit, person).state == REQUESTED


def test_the_sending_site_issues_no_letters(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    with pytest.raises(NotAllowed):
        issue(alliance, visit, person, alliance.manager)


def test_a_repeat_answers_as_the_first_time(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    command = parsed(commands.IssueLetter, {"visit_id": visit.id, "person": person, **SIGNER})
    context = alliance.context(alliance.coordinator)
    first = alliance.exchange.issue_letter(command, context)
    assert alliance.exchange.issue_letter(command, context) == first
    assert len(alliance.memory.fake_letters.kept) == 1


def test_a_letter_that_would_say_the_same_is_refused(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    with pytest.raises(LetterStands) as refused:
        issue(alliance, visit, person)
    assert refused.value.facts == {"letter": letter.id}


def test_when_the_dates_change_a_new_letter_takes_the_place_of_the_old_one(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    made(alliance, letter)
    moved(alliance, visit, days=7)
    alliance.exchange.reissue_letters(told_of(visit), visit.id)
    first, second = (each.state for each in alliance.memory.fake_letters.of_visit(visit.id))
    assert (first.state, second.state, second.number) == (SUPERSEDED, REQUESTED, 2)
    assert second.stated.arrival == first.stated.arrival + timedelta(days=7)
    assert second.code != first.code


def test_the_same_news_again_makes_no_third_letter(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    issue(alliance, visit, person)
    moved(alliance, visit, days=7)
    for _ in range(3):
        alliance.exchange.reissue_letters(told_of(visit), visit.id)
    assert len(alliance.memory.fake_letters.kept) == 2


def test_where_nothing_changed_the_letter_stands(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    alliance.exchange.reissue_letters(told_of(visit), visit.id)
    assert standing(alliance, letter).state == REQUESTED


def test_whoever_has_the_code_learns_whether_the_letter_stands(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = made(alliance, issue(alliance, visit, person))
    written = " ".join((letter.code[:8].lower(), letter.code[8:]))
    assert check(alliance, written)["stands"]
    moved(alliance, visit, days=1)
    alliance.exchange.reissue_letters(told_of(visit), visit.id)
    assert (check(alliance, letter.code)["stands"], check(alliance, letter.code)["state"]) == (False, SUPERSEDED)


def test_a_letter_that_is_not_made_yet_does_not_stand(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    assert not check(alliance, standing(alliance, letter).code)["stands"]
    with pytest.raises(LetterNotReady):
        pdf(alliance, letter, alliance.manager)


def test_a_code_that_nobody_gave_is_unknown(alliance: AllianceInMemory) -> None:
    with pytest.raises(Unknown):
        check(alliance, "0000-0000-0000-0000")


def test_a_revoked_letter_is_neither_fetched_nor_stands(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    code = made(alliance, letter).code
    version = alliance.memory.fake_letters.load(letter.id).version
    fields = {"letter_id": letter.id, "reason": "Signed by mistake.", "expected_version": version}
    context = alliance.context(alliance.coordinator, version)
    revoked = alliance.exchange.revoke_letter(parsed(commands.RevokeLetter, fields), context)
    assert (revoked.state, check(alliance, code)["stands"]) == (REVOKED, False)
    with pytest.raises(LetterNotReady):
        pdf(alliance, letter, alliance.manager)
    assert issue(alliance, visit, person).state == REQUESTED


def test_a_letter_is_read_by_its_visitor_and_by_who_acts_for_either_site(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    made(alliance, letter)
    for actor in (Actor(person), alliance.manager, alliance.coordinator):
        assert pdf(alliance, letter, actor)
    staff = Actor("per_staff", frozenset(), frozenset({alliance.host}))
    with pytest.raises(NotAllowed):
        pdf(alliance, letter, staff)


def test_a_passport_that_changed_meanwhile_is_not_stated(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    people = alliance.memory.fake_people
    loaded = people.load(person)
    other = Passport(seals().sealed("ZZ7654321"), "4321", date(2032, 1, 1))
    people.save(
        loaded, Decision(replace(loaded.state, passport=other), what="changed"), alliance.context(alliance.manager)
    )
    with pytest.raises(Refusal):
        made(alliance, letter)


ENDS = {
    "cancel_visit": ("cancelled", {"reason": "The road is closed."}),
    "mark_entered_in_error": ("entered-in-error", {"reason": "Twice."}),
    "mark_noshow": ("noshow", {"reason": "Nobody came."}),
    "reply_to_visit": ("cancelled", {"party": "host-department", "status": "declined"}),
}


def given(alliance: AllianceInMemory, visit: Receipt, intent: str, **fields: Any) -> None:
    """A command on the visit, by its host."""
    version = alliance.memory.fake_visits.load(visit.id).version
    kind = getattr(commands, "".join(part.capitalize() for part in intent.split("_")))
    command = parsed(kind, {"visit_id": visit.id, "expected_version": version, **fields})
    getattr(alliance.exchange, intent)(command, alliance.context(alliance.host_manager, version))


@pytest.mark.parametrize("intent", ENDS)
def test_the_letter_of_a_visit_that_will_not_take_place_stands_no_more_and_is_revoked(
    alliance: AllianceInMemory, intent: str
) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    code = made(alliance, letter).code
    assert check(alliance, code)["stands"]
    alliance.clock.advance(timedelta(days=36))
    state, fields = ENDS[intent]
    given(alliance, visit, intent, **fields)
    assert not check(alliance, code)["stands"], "at once, though the letter has not heard yet"
    for _ in range(3):
        alliance.exchange.reissue_letters(told_of(visit), visit.id)
    assert standing(alliance, letter).state == REVOKED
    history = alliance.memory.fake_letters.recorded(letter.id).history
    assert [(line.what, line.why) for line in history][-2:] == [("issued", ""), ("revoked", f"the visit is {state}")]
    with pytest.raises(LetterNotReady):
        pdf(alliance, letter, alliance.manager)


def test_who_withdraws_has_no_letter_any_more_and_gets_none(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    visits = alliance.memory.fake_visits
    another = replace(visits.load(visit.id).state, visitors=(*visits.load(visit.id).state.visitors, Visitor("per_b")))
    visits.save(visits.load(visit.id), Decision(another, what="joined"), alliance.context(alliance.coordinator))
    letter = issue(alliance, visit, person)
    code = made(alliance, letter).code
    given(alliance, visit, "withdraw_visitor", person=person, new_leader="per_b", reason="Ill.")
    assert not check(alliance, code)["stands"]
    alliance.exchange.reissue_letters(told_of(visit), visit.id)
    assert standing(alliance, letter).state == REVOKED
    with pytest.raises(NoSuchVisitor):
        issue(alliance, visit, person)


def test_a_letter_that_was_being_made_as_the_visit_was_cancelled_does_not_stand(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    given(alliance, visit, "cancel_visit", reason="The road is closed.")
    alliance.exchange.reissue_letters(told_of(visit), visit.id)
    assert made(alliance, letter).state == REVOKED


def test_the_letter_of_a_visit_that_took_place_goes_on_standing(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    code = made(alliance, letter).code
    alliance.clock.advance(timedelta(days=38))
    given(alliance, visit, "record_arrival", arrived_on="2026-04-06")
    given(alliance, visit, "fulfil_visit", departed_on="2026-04-08", report="Good.")
    alliance.exchange.reissue_letters(told_of(visit), visit.id)
    assert (check(alliance, code)["stands"], standing(alliance, letter).state) == (True, ISSUED)
