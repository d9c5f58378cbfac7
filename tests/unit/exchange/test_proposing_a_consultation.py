"""Proposing a consultation: what no reply could make right is refused by the decision, before rules judge its times."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.errors import Refusal
from services.exchange.domain import refusals
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.finding.refusals import NotForConsultations, SessionInThePast
from services.exchange.domain.consultations.proposing import Proposal, Wanted, propose
from services.exchange.domain.consultations.quarters import MOST_MINUTES
from services.exchange.domain.consultations.refusals import NotOnTheQuarter, SessionsOverlap, SessionTooLong
from services.exchange.domain.visit import PENDING
from tests.unit.exchange import given
from tests.unit.exchange.given_consultation import BEGINS, ZHANG, participants, people, terms, without_the_condition

LAST_HOUR = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
"""Begins the agreement's last hour in Shanghai; in Karachi it is eight in the evening."""


def proposed(
    *slots: datetime, agreed: Agreement | None = None, minutes: int = 60, zone: str = "Asia/Shanghai"
) -> Consultation:
    """What is proposed by the chair, of the chair and the presenter."""
    proposal = Proposal(
        condition="cnd_1",
        title="Cysts",
        participants=participants()[:2],
        wanted=Wanted(slots or (BEGINS,), minutes, zone),
        rooms={},
        urgent=False,
        waiver=None,
        cases=(),
    )
    return propose("con_1", proposal, agreed or terms(), people(), by=ZHANG, now=given.NOW).state


def refused(refusal: type[Refusal], *slots: datetime, **different: Any) -> dict[str, Any]:
    """The facts."""
    with pytest.raises(refusal) as found:
        proposed(*slots, **different)
    return found.value.facts


def test_who_proposes_and_takes_part_has_accepted() -> None:
    assert (proposed().state, set(proposed().answers)) == (PENDING, {ZHANG})


def test_visits_have_conditions_of_their_own() -> None:
    of_visits = terms(conditions=(given.condition(kind="training"),))
    assert refused(NotForConsultations, agreed=of_visits) == {"condition": "cnd_1", "kind": "training"}


def test_nothing_is_planned_under_a_condition_that_a_later_text_took_out() -> None:
    assert refused(refusals.ConditionRemoved, agreed=without_the_condition()) == {
        "agreement": "agr_1",
        "condition": "cnd_1",
        "text": 2,
        "since": given.NOW.isoformat(),
    }


def test_every_session_begins_on_a_day_of_the_agreement_by_the_clock_of_its_zone() -> None:
    assert proposed(BEGINS, LAST_HOUR).sessions[-1].begins == LAST_HOUR
    too_late = LAST_HOUR + timedelta(hours=1)
    assert proposed(BEGINS, too_late, zone="Asia/Karachi").sessions[-1].begins == too_late
    facts = {"agreement": "agr_1", "state": "in-effect", "from": "2026-01-01", "until": "2026-12-31"}
    assert refused(refusals.AgreementNotInEffect, BEGINS, too_late) == facts
    tomorrow = terms(in_effect_from=BEGINS.date() + timedelta(days=1))
    assert refused(refusals.AgreementNotInEffect, BEGINS, LAST_HOUR, agreed=tomorrow) == facts | {"from": "2026-04-08"}


@pytest.mark.parametrize("past", [timedelta(minutes=5), timedelta(seconds=1), timedelta(microseconds=1)], ids=str)
def test_a_session_begins_on_a_quarter_of_an_hour(past: timedelta) -> None:
    assert refused(NotOnTheQuarter, BEGINS + past) == {"at": (BEGINS + past).isoformat()}


def test_a_session_ends_on_a_quarter_of_an_hour() -> None:
    assert refused(NotOnTheQuarter, minutes=50) == {"at": (BEGINS + timedelta(minutes=50)).isoformat()}


def test_a_session_is_still_to_begin_and_takes_eight_hours_at_most() -> None:
    moment = given.NOW.isoformat()
    assert refused(SessionInThePast, BEGINS, given.NOW) == {"begins": moment, "now": moment}
    assert refused(SessionTooLong, minutes=MOST_MINUTES + 15) == {"minutes": 495, "most": 480}
    assert proposed(minutes=MOST_MINUTES).sessions[0].minutes == MOST_MINUTES


def test_one_session_ends_before_the_next_begins() -> None:
    later, after = BEGINS + timedelta(minutes=45), BEGINS + timedelta(minutes=60)
    facts = {"slot": later.isoformat(), "other": BEGINS.isoformat()}
    assert refused(SessionsOverlap, later, BEGINS) == facts
    assert len(proposed(after, BEGINS).sessions) == 2
