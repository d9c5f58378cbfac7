"""What an agreement promises and what was delivered: the exchange's scorecard and research tell the same of a story."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent, sequence
from contracts.research.v1 import OutcomeQuestioned, OutcomeReported
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.application.queries import AskScorecard
from services.research.application.queries import AskPromises
from services.research.domain.outcome import Reached
from tests.amending import put_in_force, texts
from tests.event_factory import make_event
from tests.fakes.research import ResearchInMemory
from tests.unit.exchange.given import EDITION
from tests.unit.exchange.test_joint_outcomes import JOINT, Told
from tests.unit.research import given

Counted = dict[tuple[str, int], tuple[int, int]]


class Story:
    """One agreement with a training condition and joint outcomes in two fields, told to both services."""

    def __init__(self) -> None:
        self.told = Told([JOINT, JOINT | {"field": "imaging"}])
        self.research = ResearchInMemory(self.told.alliance.clock)

    def report(self, outcome_id: str, **different: Any) -> None:
        """Research keeps it as reported now, and the exchange hears of it."""
        alliance = self.told.alliance
        visit = alliance.exchange.stores.visits.load(self.told.visit).state
        ends = (visit.sending_site, visit.host_site)
        now = alliance.clock.now()
        origin = replace(given.OF_VISIT, id=visit.id, sites=ends)
        outcome = given.outcome(
            id=outcome_id,
            state="reported",
            agreement=alliance.agreement,
            condition=alliance.condition,
            field=visit.field,
            origin=origin,
            sites=ends,
            stage="disclosure",
            reached=(Reached("disclosure", now),),
            **different,
        )
        context = Context(derived(outcome_id), SYSTEM, now)
        self.research.fake_outcomes.add(outcome_id, Decision(outcome, what="reported"), context)
        self.told.hears(OutcomeReported, outcome=outcome_id)
        if outcome.questioned:
            self.told.hears(OutcomeQuestioned, outcome=outcome_id)

    def agreements_are_told(self) -> None:
        alliance = self.told.alliance
        happened = alliance.exchange.fake_agreements.told  # type: ignore[attr-defined]
        for number, event in enumerate(PublishedEvents(alliance.exchange.stores.sites).publish(happened, EDITION)):
            envelope = {"subject": f"agreement/{alliance.agreement}", "sequence": sequence(number + 1, 0)}
            made = make_event(event.type, envelope=envelope, **event.model_dump(mode="json"))
            self.research.handlers()[event.type](CloudEvent.model_validate(made), event)

    def by_exchange(self) -> Counted:
        asked = parsed(AskScorecard, {"agreement_id": self.told.alliance.agreement})
        return dict(self._lines(self.told.alliance.exchange.scorecard(asked, self.told.alliance.manager)["years"]))

    def _lines(self, years: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, int], tuple[int, int]]]:
        for of in years:
            for line in of["conditions"]:
                outcomes = line["outcomes"]
                yield (line["condition"], of["year"]), (outcomes["promised"], outcomes["reported"])

    def by_research(self) -> Counted:
        asked = parsed(AskPromises, {"agreement_id": self.told.alliance.agreement})
        rows = self.research.promises(asked, SYSTEM)["rows"]
        return {(row["condition"], row["year"]): (row["promised"], row["delivered"]) for row in rows}


@pytest.fixture
def story() -> Story:
    return Story()


def test_both_tell_the_same_of_reports_of_two_years_of_what_is_questioned_and_of_an_amended_text(story: Story) -> None:
    clock = story.told.alliance.clock
    story.report("out_1")
    story.report("out_2", questioned="Entered twice.")
    clock.advance(timedelta(days=1))
    # The joint outcomes go, and what the training promises changes, in the middle of the year.
    first = texts(story.told.alliance)[-1]["text"]["conditions"][0]
    put_in_force(story.told.alliance, conditions=[first | {"outcomes_per_year": 7}])
    story.report("out_3")
    clock.moment = datetime(2027, 2, 1, tzinfo=UTC)
    story.report("out_4")
    story.agreements_are_told()
    assert story.by_research() == story.by_exchange()
    training = story.told.alliance.condition
    assert story.by_exchange()[training, 2026] == (7, 3)
    assert (3, 1) in story.by_exchange().values(), "the joint outcome that was reported while that was promised"


def test_both_tell_the_same_of_a_joint_outcome_reported_in_the_next_year(story: Story) -> None:
    story.report("out_1")
    story.told.alliance.clock.moment = datetime(2027, 2, 1, tzinfo=UTC)
    story.report("out_2")
    story.agreements_are_told()
    assert story.by_research() == story.by_exchange()
    assert sorted(delivered for _, delivered in story.by_exchange().values()) == [0, 0, 0, 1, 1, 2]
