"""What agreements promise of outcomes against what was delivered: kept from their events, counted as they count."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import OBSERVER, SYSTEM, Actor
from chassis.kernel.errors import Unknown
from contracts.envelope import CloudEvent, sequence
from contracts.exchange.v1 import AGREEMENT_EVENTS, AgreementTookEffect
from services.research.application.queries import AskPromises
from services.research.domain.promises import Delivered, Promise, Promised, balances
from tests.alliance import StandingClock
from tests.event_factory import make_event
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given

ENDS = (given.GILGIT, given.KASHGAR)
ZONES = {given.GILGIT: "Asia/Karachi", given.KASHGAR: "Asia/Shanghai"}
OWN = Promise("cnd_1", "research", "imaging", *ENDS, {2026: 2, 2027: 1}, given.NOW - timedelta(days=100))
JOINT = replace(OWN, condition="cnd_joint", kind="joint-outcome", field="Imaging", outcomes={2026: 3, 2027: 3})
OF_VISIT = Delivered("cnd_1", 2026, "imaging", "visit", ENDS, given.NOW)


def counted(*outcomes: Delivered, joint: Promise = JOINT) -> dict[tuple[str, int], int]:
    found = balances(Promised(ZONES, (OWN, joint)), outcomes)
    return {(each.promise.condition, each.year): each.delivered for each in found if each.delivered}


def test_an_outcome_counts_toward_its_own_condition_and_toward_the_joint_outcomes_that_it_is() -> None:
    late = replace(OF_VISIT, reported=datetime(2027, 3, 1, tzinfo=UTC))
    assert counted(replace(OF_VISIT, many=2), late) == {
        ("cnd_1", 2026): 3,
        ("cnd_joint", 2026): 2,
        ("cnd_joint", 2027): 1,
    }


@pytest.mark.parametrize(
    ("outcome", "is_joint"),
    [
        (OF_VISIT, True),
        (replace(OF_VISIT, field="surgery"), False),
        (replace(OF_VISIT, sites=ENDS[::-1]), False),
        (replace(OF_VISIT, kind="consultation", sites=("sit_hotan", *ENDS[::-1])), True),
        (replace(OF_VISIT, kind="consultation", sites=("sit_hotan", given.GILGIT)), False),
    ],
    ids=["its field and way", "another field", "the other way", "both met", "only one of them met"],
)
def test_joint_outcomes_are_of_one_field_and_way_or_of_who_met(outcome: Delivered, is_joint: bool) -> None:
    assert (("cnd_joint", 2026) in counted(outcome)) is is_joint


@pytest.mark.parametrize(
    ("reported", "year"),
    [(datetime(2026, 12, 31, 18, 59, tzinfo=UTC), 2026), (datetime(2026, 12, 31, 19, 0, tzinfo=UTC), 2027)],
)
def test_joint_outcomes_are_of_the_year_of_the_report_where_it_ends_last(reported: datetime, year: int) -> None:
    assert ("cnd_joint", year) in counted(replace(OF_VISIT, reported=reported))


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (given.NOW, None, True),
        (given.NOW + timedelta(seconds=1), None, False),
        (given.NOW, given.NOW + timedelta(seconds=1), True),
        (given.NOW - timedelta(days=9), given.NOW, False),
    ],
)
def test_joint_outcomes_are_promised_by_the_text_in_force_at_the_report(
    since: datetime, until: datetime | None, counts: bool
) -> None:
    joint = replace(JOINT, since=since, until=until)
    assert (("cnd_joint", 2026) in counted(OF_VISIT, joint=joint)) is counts


def told(research: ResearchInMemory, model: type[Any], version: int, **different: Any) -> None:
    envelope = {"subject": "agreement/agr_1", "sequence": sequence(version, 0)}
    event = CloudEvent.model_validate(make_event(model.type, envelope=envelope, **different))
    research.handlers()[model.type](event, model.model_validate(event.data))


def asked(research: ResearchInMemory, actor: Actor = SYSTEM, **fields: Any) -> Any:
    return research.promises(parsed(AskPromises, {"agreement_id": "agr_1", **fields}), actor)


@pytest.mark.parametrize("model", AGREEMENT_EVENTS)
def test_each_event_of_an_agreement_tells_what_it_promises_and_the_newest_stands(model: type[Any]) -> None:
    research = ResearchInMemory(StandingClock(given.NOW))
    told(research, model, 2)
    told(research, AgreementTookEffect, 1, promised=[])
    answer = asked(research)
    assert [(row["year"], row["promised"], row["delivered"]) for row in answer["rows"]] == [
        (2026, 2, 0), (2027, 2, 0), (2028, 2, 0),
    ]  # fmt: skip
    assert [(total["year"], total["promised"]) for total in answer["totals"]] == [(2026, 2), (2027, 2), (2028, 2)]
    assert [row["year"] for row in asked(research, year=2027, field="Liver Echinococcosis")["rows"]] == [2027]
    assert asked(research, field="surgery")["rows"] == []


def test_only_people_of_its_partners_are_told_what_an_agreement_promises() -> None:
    research = ResearchInMemory(StandingClock(given.NOW))
    partner = Actor("per_x", frozenset({OBSERVER}), frozenset({"sit_019a9efd6d0072028202020202020202"}))
    with pytest.raises(Unknown):
        asked(research, partner)
    told(research, AgreementTookEffect, 1)
    assert asked(research, partner)["rows"]
    with pytest.raises(Unknown):
        asked(research, Actor("per_x", frozenset({OBSERVER}), frozenset({"sit_hotan"})))
