"""Letters follow their visits and visitors: made again, or taken back, as soon as what they say is not so any more.

Every event goes through the handlers of the service, as the broker brings it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.kernel.decision import Decision, Receipt
from contracts.exchange.v1 import VisitExtended, VisitRescheduled
from services.exchange.bootstrap import exchange as bootstrap
from services.exchange.domain.letter import ISSUED, REQUESTED, REVOKED, SUPERSEDED
from services.exchange.domain.letter_refusals import LetterNotReady, MissingForLetter, NoSuchVisitor
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.lettering import (
    NUMBER,
    SAME_LAST_FOUR,
    arrived,
    check,
    corrected,
    enter,
    forget,
    given,
    hear,
    invited,
    issue,
    letters_of,
    made,
    moved,
    pdf,
    remove,
    standing,
    traveller,
    visit_of,
    why,
)

ENDS: dict[str, tuple[str, dict[str, Any]]] = {
    "cancel_visit": ("cancelled", {"reason": "The road is closed."}),
    "mark_entered_in_error": ("entered-in-error", {"reason": "Twice."}),
    "mark_noshow": ("noshow", {"reason": "Nobody came."}),
    "reply_to_visit": ("cancelled", {"party": "host-department", "status": "declined"}),
}


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def with_letter(alliance: AllianceInMemory) -> tuple[Receipt, str, Receipt, str]:
    """A booked visit, its visitor, the letter that was made, and its code."""
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    return visit, person, letter, made(alliance, letter).code


def two_invited(alliance: AllianceInMemory) -> tuple[Receipt, list[str], list[Receipt]]:
    """A visit of two, both with letters."""
    people = [traveller(alliance), traveller(alliance, "Asif Karim", "CD1234568")]
    visit = alliance.accept(alliance.propose(*people))
    letters = [issue(alliance, visit, person) for person in people]
    for letter in letters:
        made(alliance, letter)
    return visit, people, letters


def test_when_the_dates_change_a_new_letter_takes_the_place_of_the_old_one(alliance: AllianceInMemory) -> None:
    visit, _, _, code = with_letter(alliance)
    moved(alliance, visit, days=7)
    assert not check(alliance, code)["stands"], "at once, though the letter has not heard yet"
    hear(alliance)
    first, second = letters_of(alliance, visit)
    assert (first.state, second.state, second.number) == (SUPERSEDED, REQUESTED, 2)
    assert second.stated.arrival == first.stated.arrival + timedelta(days=7)
    assert second.code != first.code


def test_the_same_news_again_makes_no_third_letter(alliance: AllianceInMemory) -> None:
    visit, *_ = with_letter(alliance)
    moved(alliance, visit)
    for _ in range(3):
        hear(alliance)
    assert len(letters_of(alliance, visit)) == 2


def test_where_nothing_changed_the_letter_stands(alliance: AllianceInMemory) -> None:
    visit, person, letter, code = with_letter(alliance)
    corrected(alliance, person, local_name="شاہدہ بانو")
    enter(alliance, person, NUMBER)
    hear(alliance)
    assert (standing(alliance, letter).state, len(letters_of(alliance, visit))) == (ISSUED, 1)
    assert check(alliance, code)["stands"]


@pytest.mark.parametrize("intent", ENDS)
def test_the_letter_of_a_visit_that_will_not_take_place_stands_no_more_and_is_revoked(
    alliance: AllianceInMemory, intent: str
) -> None:
    visit, _, letter, code = with_letter(alliance)
    assert check(alliance, code)["stands"]
    alliance.clock.advance(timedelta(days=36))
    state, fields = ENDS[intent]
    given(alliance, visit, intent, **fields)
    assert not check(alliance, code)["stands"], "at once, though the letter has not heard yet"
    with pytest.raises(LetterNotReady) as refused:
        pdf(alliance, letter, alliance.manager)
    assert refused.value.facts == {"letter": letter.id, "state": ISSUED, "because": [f"the visit is {state}"]}
    for _ in range(3):
        hear(alliance)
    assert standing(alliance, letter).state == REVOKED
    history = alliance.memory.fake_letters.recorded(letter.id).history
    assert [(line.what, line.why) for line in history][-2:] == [("issued", ""), ("revoked", f"the visit is {state}")]
    with pytest.raises(LetterNotReady):
        pdf(alliance, letter, alliance.manager)


def test_were_only_new_dates_heard_of_the_letter_of_a_cancelled_visit_would_be_left(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "UNDOING_LETTERS", (VisitRescheduled, VisitExtended))
    visit, _, letter, _ = with_letter(alliance)
    given(alliance, visit, "cancel_visit", reason="The road is closed.")
    hear(alliance, "visit")
    assert standing(alliance, letter).state == ISSUED


def test_who_withdraws_has_no_letter_any_more_and_gets_none(alliance: AllianceInMemory) -> None:
    visit, (first, second), (gone, kept) = two_invited(alliance)
    given(alliance, visit, "withdraw_visitor", person=first, new_leader=second, reason="Ill.")
    assert not check(alliance, standing(alliance, gone).code)["stands"]
    hear(alliance)
    assert [standing(alliance, each).state for each in (gone, kept)] == [REVOKED, ISSUED]
    with pytest.raises(NoSuchVisitor):
        issue(alliance, visit, first)


def test_a_letter_that_was_being_made_as_the_visit_was_cancelled_does_not_stand(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    given(alliance, visit, "cancel_visit", reason="The road is closed.")
    hear(alliance)
    assert made(alliance, letter).state == REVOKED


def test_the_letter_of_a_visit_that_took_place_goes_on_standing(alliance: AllianceInMemory) -> None:
    visit, person, letter, code = with_letter(alliance)
    arrived(alliance, visit)
    alliance.clock.advance(timedelta(days=2))
    given(alliance, visit, "fulfil_visit", departed_on="2026-04-08", report="Good.")
    remove(alliance, person)
    hear(alliance)
    assert (check(alliance, code)["stands"], standing(alliance, letter).state) == (True, ISSUED)


def test_a_stay_that_is_extended_has_a_new_letter_with_the_new_departure(alliance: AllianceInMemory) -> None:
    visit, _, letter, code = with_letter(alliance)
    arrived(alliance, visit)
    given(alliance, visit, "extend_visit", planned_departure="2026-04-20", reason="Two more operations.")
    assert not check(alliance, code)["stands"], "at once, though the letter has not heard yet"
    hear(alliance)
    first, second = letters_of(alliance, visit)
    assert (first.id, first.state, second.state) == (letter.id, SUPERSEDED, REQUESTED)
    assert second.stated.departure == visit_of(alliance, visit).planned_departure != first.stated.departure


def test_who_has_left_keeps_the_letter_that_brought_them_when_others_stay_on(alliance: AllianceInMemory) -> None:
    visit, (gone, _), (kept, renewed) = two_invited(alliance)
    arrived(alliance, visit)
    given(alliance, visit, "record_departure", departed_on="2026-04-06", visitors=[gone])
    given(alliance, visit, "extend_visit", planned_departure="2026-04-20", reason="Two more operations.")
    hear(alliance)
    assert [standing(alliance, each).state for each in (kept, renewed)] == [ISSUED, SUPERSEDED]
    assert check(alliance, standing(alliance, kept).code)["stands"]


@pytest.mark.parametrize("kinds", [("visit",), ("person", "visit"), ("visit", "person")])
def test_one_missing_passport_stops_no_other_letter(alliance: AllianceInMemory, kinds: tuple[str, ...]) -> None:
    visit, (first, second), letters = two_invited(alliance)
    remove(alliance, first)
    moved(alliance, visit)
    for _ in range(2):
        hear(alliance, *kinds)
    assert [standing(alliance, each).state for each in letters] == [REVOKED, SUPERSEDED]
    assert why(alliance, letters[0]) == "the dates changed; the passport is not known any more"
    assert [each.person for each in letters_of(alliance, visit) if each.stands] == [second]
    with pytest.raises(MissingForLetter):
        issue(alliance, visit, first)


def test_what_cannot_be_said_anew_and_is_still_so_stands(alliance: AllianceInMemory) -> None:
    visit, _, letter, _ = with_letter(alliance)
    agreements = alliance.memory.fake_agreements
    loaded = agreements.load(alliance.agreement)
    without = replace(loaded.state, conditions=())
    agreements.save(loaded, Decision(without, what="amended"), alliance.context(ADMIN))
    hear(alliance)
    assert standing(alliance, letter).state == ISSUED
    forget(alliance, visit_of(alliance, visit).leader, passport=None)
    hear(alliance)
    assert (standing(alliance, letter).state, why(alliance, letter)) == (REVOKED, "the passport is not known any more")


@pytest.mark.parametrize("number", ["ZZ7654321", SAME_LAST_FOUR])
def test_another_passport_has_another_letter(alliance: AllianceInMemory, number: str) -> None:
    visit, person, letter, code = with_letter(alliance)
    enter(alliance, person, number)
    assert not check(alliance, code)["stands"], "at once, though the letter has not heard yet"
    with pytest.raises(LetterNotReady) as refused:
        pdf(alliance, letter, alliance.manager)
    assert refused.value.facts["because"] == ["it is another passport"]
    hear(alliance, "person")
    first, second = letters_of(alliance, visit)
    assert (first.state, second.state) == (SUPERSEDED, REQUESTED)
    alliance.exchange.render_letter(second.id, alliance.context(ADMIN))
    assert number.encode() in pdf(alliance, Receipt(second.id, 2, ISSUED), alliance.manager)


def test_a_letter_that_waits_to_be_made_with_a_passport_that_is_gone_waits_no_longer(
    alliance: AllianceInMemory,
) -> None:
    visit, person = invited(alliance)
    letter = issue(alliance, visit, person)
    enter(alliance, person, SAME_LAST_FOUR)
    hear(alliance, "person")
    assert made(alliance, letter).state == SUPERSEDED
    assert [each.state for each in letters_of(alliance, visit)] == [SUPERSEDED, REQUESTED]


def test_without_a_passport_there_is_no_letter(alliance: AllianceInMemory) -> None:
    _, person, letter, code = with_letter(alliance)
    remove(alliance, person)
    assert not check(alliance, code)["stands"], "at once, though the letter has not heard yet"
    hear(alliance, "person")
    assert (standing(alliance, letter).state, why(alliance, letter)) == (REVOKED, "the passport is not known any more")


@pytest.mark.parametrize(
    "different", [{"passport_name": "BANO, SHAHIDA"}, {"birth_date": "1989-03-01"}, {"sex": "male"}]
)
def test_who_is_known_otherwise_has_a_letter_that_says_so(
    alliance: AllianceInMemory, different: dict[str, str]
) -> None:
    visit, person, _, code = with_letter(alliance)
    corrected(alliance, person, **different)
    assert not check(alliance, code)["stands"], "at once, though the letter has not heard yet"
    hear(alliance, "person")
    assert [each.state for each in letters_of(alliance, visit)] == [SUPERSEDED, REQUESTED]
