"""Proposing a visit: what no reply could make right is refused at once, by name and with the facts."""

from datetime import date, timedelta
from typing import Any

import pytest

from chassis.kernel.errors import Refusal
from services.exchange.domain import refusals
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.events import VisitProposed
from services.exchange.domain.proposing import propose
from services.exchange.domain.visit import MOST_DAYS, PROPOSED, Visit, Visitor
from tests.unit.exchange import given

TODAY = date(2026, 3, 2)


def proposed(terms: Agreement | None = None, **different: Any) -> Visit:
    decision = propose(
        "vis_1", given.proposal(**different), terms or given.agreement(), given.site(), by="per_ali", now=given.NOW
    )
    return decision.state


def test_a_proposal_holds_nothing_and_awaits_the_replies_that_the_condition_asks_for() -> None:
    visit = proposed()
    assert (visit.state, visit.is_holding, visit.replies) == (PROPOSED, False, {})
    assert visit.needs == ("host-department",)
    assert visit.reply_by == given.NOW + timedelta(days=14)


def test_everybody_who_wants_to_know_is_told_of_the_proposal() -> None:
    decision = propose("vis_1", given.proposal(), given.agreement(), given.site(), by="per_ali", now=given.NOW)
    assert decision.events == (VisitProposed(decision.state),)
    assert decision.what == "proposed"


def test_visitors_come_without_seats_and_both_sites_from_the_condition() -> None:
    visit = proposed(visitors=(given.person(), given.person("per_karim")))
    assert visit.visitors == (Visitor("per_bano"), Visitor("per_karim"))
    assert (visit.sending_site, visit.host_site) == (given.GILGIT, given.KASHGAR)


def test_today_at_the_host_is_not_the_past() -> None:
    # 18:00 UTC on the 1st is the 2nd in Kashgar already.
    late = given.NOW.replace(day=1, hour=18)
    asked = given.proposal(planned_arrival=TODAY, planned_departure=TODAY)
    assert (
        propose("vis_1", asked, given.agreement(), given.site(), by="per_ali", now=late).state.planned_arrival == TODAY
    )


@pytest.mark.parametrize(
    ("different", "refusal", "facts"),
    [
        (
            {"planned_arrival": date(2026, 4, 6), "planned_departure": date(2026, 4, 5)},
            refusals.DatesReversed,
            {"arrival": "2026-04-06", "departure": "2026-04-05"},
        ),
        (
            {"planned_arrival": date(2026, 3, 1), "planned_departure": date(2026, 3, 5)},
            refusals.DateInThePast,
            {"date": "2026-03-01", "today": "2026-03-02"},
        ),
        (
            {"planned_arrival": TODAY, "planned_departure": TODAY + timedelta(days=MOST_DAYS)},
            refusals.VisitTooLong,
            {"days": MOST_DAYS + 1, "most": MOST_DAYS},
        ),
        ({"condition": "cnd_9"}, refusals.NoSuchCondition, {"agreement": "agr_1", "condition": "cnd_9"}),
        ({"host_department": "dep_9"}, refusals.NoSuchDepartment, {"site": given.KASHGAR, "department": "dep_9"}),
        (
            {"leader": "per_zhang"},
            refusals.LeaderNotAmongVisitors,
            {"leader": "per_zhang", "visitors": ["per_bano"]},
        ),
        (
            {"visitors": (given.person(), given.person())},
            refusals.VisitorNamedTwice,
            {"person": "per_bano"},
        ),
        (
            {"visitors": (given.person(sites=(given.KASHGAR,)),)},
            refusals.NotOfTheSendingSite,
            {"person": "per_bano", "site": given.GILGIT},
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_cannot_be_is_refused_with_the_facts(
    different: dict[str, Any], refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        proposed(**different)
    assert refused.value.facts == facts


@pytest.mark.parametrize(
    ("terms", "arrival", "departure"),
    [
        (given.drafted(), date(2026, 4, 6), date(2026, 4, 8)),
        (given.agreement(in_effect_from=date(2026, 4, 7)), date(2026, 4, 6), date(2026, 4, 8)),
        (given.agreement(in_effect_until=date(2026, 4, 7)), date(2026, 4, 6), date(2026, 4, 8)),
    ],
    ids=["nobody approved it", "it begins later", "it ends earlier"],
)
def test_an_agreement_that_does_not_cover_the_days_is_refused(terms: Agreement, arrival: date, departure: date) -> None:
    with pytest.raises(refusals.AgreementNotInEffect) as refused:
        proposed(terms, planned_arrival=arrival, planned_departure=departure)
    assert refused.value.facts == {
        "agreement": "agr_1",
        "state": terms.state,
        "from": terms.in_effect_from.isoformat(),
        "until": terms.in_effect_until.isoformat(),
    }


def test_both_days_of_the_agreement_are_inclusive() -> None:
    terms = given.agreement(in_effect_from=date(2026, 4, 6), in_effect_until=date(2026, 4, 8))
    assert proposed(terms).state == PROPOSED


def test_the_longest_stay_that_is_possible_is_accepted() -> None:
    terms = given.agreement(in_effect_until=date(2027, 12, 31))
    longest = proposed(terms, planned_arrival=TODAY, planned_departure=TODAY + timedelta(days=MOST_DAYS - 1))
    assert len(longest.days) == MOST_DAYS
