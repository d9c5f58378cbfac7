"""What version 1 never had words for, on the way into practice, is told in those of version 2 alone."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.research import transfer, v2
from contracts.research.versions import earlier, newest
from services.research.adapters.published_events import published
from services.research.domain import events
from services.research.domain.gates import Gate
from tests.unit.research import given

DEFERRED = Gate("pilot", "deferred", "The board meets.", (), "per_ali", given.NOW, back_on=date(2026, 6, 1))
BACK = given.at("terms", gates=(*given.at("terms").gates, DEFERRED), gate_due=True)
ENDED = replace(given.USED, ended_on=date(2026, 5, 15), end_reason="The probe broke.")
AT_GILGIT = {"adopting_site": given.GILGIT, "adopted_on": "2026-05-14"}

HAPPENINGS = [
    (
        events.OutcomeGateDue(BACK, DEFERRED),
        transfer.OutcomeGateDue,
        {"gate": "pilot", "back_on": "2026-06-01", "reason": "The board meets.", "deferred_by": "per_ali"},
    ),
    (
        events.AdoptionEnded(given.adopted(ENDED), ENDED, "per_ali"),
        transfer.OutcomeAdoptionEnded,
        AT_GILGIT | {"ended_on": "2026-05-15", "reason": "The probe broke.", "by": "per_ali"},
    ),
    (
        events.FollowUpDue(given.adopted(), given.USED, 6),
        transfer.OutcomeFollowUpDue,
        AT_GILGIT | {"months": 6, "follow_up_on": "2026-11-14", "confirmed_by": "per_hussain"},
    ),
]


@pytest.mark.parametrize(("happening", "model", "facts"), HAPPENINGS)
def test_each_is_told_with_the_outcome_as_it_then_stands_and_in_no_earlier_version(
    happening: events.OutcomeHappening, model: type[v2.OutcomeEvent], facts: dict[str, object]
) -> None:
    for outcome in (happening.outcome, replace(happening.outcome, origin=given.OF_CONSULTATION)):
        told = published(replace(happening, outcome=outcome))
        assert type(told) is model
        assert (facts | {"outcome": "out_1", "stage": outcome.stage}).items() <= told.model_dump(mode="json").items()
        assert earlier(told) == ()
        assert newest(told) is told


def test_every_such_event_of_the_contract_is_told_of_something() -> None:
    assert {model for _, model, _ in HAPPENINGS} == set(transfer.EVENTS)
