"""Letters of invitation: what they state, whom they replace, and who may read them."""

from datetime import date

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.errors import NotAllowed, Unknown
from services.exchange.application import commands
from services.exchange.domain.letter import ISSUED, REQUESTED, REVOKED, SUPERSEDED
from services.exchange.domain.letter_refusals import LetterNotReady, LetterStands, MissingForLetter, NoSuchVisitor
from services.exchange.domain.refusals import WrongState
from services.exchange.domain.visit_refusals import VisitorNotExpected
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.lettering import (
    NUMBER,
    SAME_LAST_FOUR,
    SIGNER,
    arrived,
    check,
    enter,
    forget,
    given,
    hear,
    invited,
    issue,
    made,
    moved,
    pdf,
    standing,
    traveller,
)


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


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
    visit, person = invited(alliance)
    forget(alliance, person, **{missing: "" if missing == "sex" else None})
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


def test_whoever_has_the_code_learns_whether_the_letter_stands(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = made(alliance, issue(alliance, visit, person))
    written = " ".join((letter.code[:8].lower(), letter.code[8:]))
    assert check(alliance, written)["stands"]
    moved(alliance, visit)
    hear(alliance)
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


@pytest.mark.parametrize("number", ["ZZ7654321", SAME_LAST_FOUR])
def test_a_passport_that_changed_meanwhile_is_not_stated(alliance: AllianceInMemory, number: str) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    enter(alliance, person, number)
    with pytest.raises(MissingForLetter) as refused:
        made(alliance, letter)
    assert refused.value.facts == {"person": person, "missing": ["passport"]}


def test_another_passport_with_the_same_last_four_signs_gets_a_letter_of_its_own(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    issue(alliance, visit, person)
    enter(alliance, person, SAME_LAST_FOUR)
    another = issue(alliance, visit, person)
    made(alliance, another)
    assert SAME_LAST_FOUR.encode() in pdf(alliance, another, alliance.manager)


def test_the_same_passport_entered_again_is_the_same(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    enter(alliance, person, NUMBER.lower())
    with pytest.raises(LetterStands):
        issue(alliance, visit, person)
    assert made(alliance, letter).state == ISSUED


def test_who_is_there_may_need_a_letter_and_who_has_left_does_not(alliance: AllianceInMemory) -> None:
    there, gone = traveller(alliance), traveller(alliance, "Asif Karim", "CD1234568")
    visit = alliance.accept(alliance.propose(there, gone))
    arrived(alliance, visit)
    given(alliance, visit, "record_departure", departed_on="2026-04-06", visitors=[gone])
    assert made(alliance, issue(alliance, visit, there)).state == ISSUED
    with pytest.raises(VisitorNotExpected) as refused:
        issue(alliance, visit, gone)
    assert refused.value.facts == {"person": gone, "because": "departed"}
