"""Plain values of the exchange's domain to start from; each takes what a test wants to be different."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.store import Edition
from services.exchange.domain.agreement import DRAFT, IN_EFFECT, Agreement, Condition
from services.exchange.domain.parties import ACCEPTED, Reply
from services.exchange.domain.person import Person
from services.exchange.domain.proposing import Proposal
from services.exchange.domain.site import Department, Site
from services.exchange.domain.visit import (
    ARRIVED,
    BOOKED,
    CANCELLED,
    ENTERED_IN_ERROR,
    FULFILLED,
    NOSHOW,
    PENDING,
    PROPOSED,
    Expectation,
    Visit,
    Visitor,
)

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
"""Noon in Kashgar, eleven in Gilgit."""
EDITION = Edition(2, NOW)
"""The decision that a test looks at makes the second version of its document."""
GILGIT, KASHGAR = "sit_gilgit", "sit_kashgar"
STATES = (PROPOSED, PENDING, BOOKED, ARRIVED, FULFILLED, CANCELLED, NOSHOW, ENTERED_IN_ERROR)
BOTH_ENDS = ("sending-site", "host-department")

SENDING_MANAGER = Actor("per_ali", frozenset({PROGRAMME_MANAGER}), frozenset({GILGIT}))
HOST_MANAGER = Actor("per_gulnar", frozenset({PROGRAMME_MANAGER}), frozenset({KASHGAR}))
HOST_COORDINATOR = Actor("per_zhang", frozenset({COORDINATOR}), frozenset({KASHGAR}))


def site(**different: Any) -> Site:
    kashgar = Site(
        KASHGAR, {"en": "Kashgar"}, "CN", "Asia/Shanghai", (), (Department("dep_surgery", {"en": "Surgery"}, 3),)
    )
    return replace(kashgar, **different)


def person(person_id: str = "per_bano", **different: Any) -> Person:
    bano = Person(person_id, "Shahida Bano", "شاہدہ بانو", "ur", "Asia/Karachi", "bano@gilgit.example", (GILGIT,))
    return replace(bano, **different)


def condition(**different: Any) -> Condition:
    training = Condition(
        id="cnd_1",
        kind="training",
        field="liver echinococcosis",
        sending_site=GILGIT,
        host_site=KASHGAR,
        visits_per_year=12,
        visitor_days_per_year=360,
        outcomes_per_year=4,
        acceptance=("host-department",),
        reply_within_days=14,
        expects_outcome=Expectation("publication", 90),
    )
    return replace(training, **different)


def agreement(**different: Any) -> Agreement:
    """In effect for the whole of 2026 unless it is to be different."""
    memorandum = Agreement(
        id="agr_1",
        state=IN_EFFECT,
        names={"en": "Memorandum"},
        partners=(GILGIT, KASHGAR),
        fields=("liver echinococcosis",),
        in_effect_from=date(2026, 1, 1),
        in_effect_until=date(2026, 12, 31),
        conditions=(condition(),),
    )
    return replace(memorandum, **different)


def drafted(**different: Any) -> Agreement:
    return agreement(**{"state": DRAFT, **different})


def proposal(**different: Any) -> Proposal:
    """One visitor, three days in April."""
    staging = Proposal(
        condition="cnd_1",
        host_department="dep_surgery",
        visitors=(person(),),
        leader="per_bano",
        planned_arrival=date(2026, 4, 6),
        planned_departure=date(2026, 4, 8),
        purpose="Ultrasound staging",
    )
    return replace(staging, **different)


def visit(state: str = PROPOSED, **different: Any) -> Visit:
    """A visit as it plausibly stands in the state: with replies, seats and days where it would have them."""
    fresh = Visit(
        id="vis_1",
        state=state,
        agreement="agr_1",
        condition="cnd_1",
        kind="training",
        field="liver echinococcosis",
        purpose="Ultrasound staging",
        sending_site=GILGIT,
        host_site=KASHGAR,
        host_department="dep_surgery",
        proposer="per_ali",
        leader="per_bano",
        visitors=(Visitor("per_bano", 1 if state in (PENDING, BOOKED, ARRIVED) else None),),
        planned_arrival=date(2026, 4, 6),
        planned_departure=date(2026, 4, 8),
        reply_by=NOW + timedelta(days=14),
        needs=BOTH_ENDS,
        expects=Expectation("publication", 90),
        replies=_replies(state),
        actual_arrival=date(2026, 4, 6) if state in (ARRIVED, FULFILLED) else None,
        actual_departure=date(2026, 4, 9) if state == FULFILLED else None,
    )
    return replace(fresh, **different)


def _replies(state: str) -> dict[str, Reply]:
    parties = {PENDING: BOTH_ENDS[:1], BOOKED: BOTH_ENDS, ARRIVED: BOTH_ENDS, FULFILLED: BOTH_ENDS}.get(state, ())
    return {party: Reply(ACCEPTED, "per_ali", NOW) for party in parties}
