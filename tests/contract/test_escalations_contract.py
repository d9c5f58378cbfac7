"""What escalations promise in memory and in the database."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.store import database_at
from services.notify.adapters.escalation_store import EscalationStore
from services.notify.application.escalations import Escalations
from services.notify.application.reactions import keep_escalations
from services.notify.domain.escalation.escalation import escalation_id
from services.notify.domain.escalation.going_on import Around, go_on
from services.notify.domain.escalation.matters import FOLLOWED
from services.notify.domain.escalation.stopping import stop
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeEscalations
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.reminding import at
from tests.unit.notify.samples import told_of
from tests.unit.notify.test_escalations import later, proposed

VISIT = proposed()[0].subject_id
NOW = at("02-02 00:00")


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def escalations(request: pytest.FixtureRequest) -> Iterator[Escalations]:
    if request.param == "in memory":
        yield FakeEscalations()
        return
    make_installation: MakeInstallation = request.getfixturevalue("make_installation")
    installation = make_installation([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    yield EscalationStore(database["escalations"])
    database.client.close()


def test_what_is_kept_comes_back_as_it_was(escalations: Escalations) -> None:
    wanted = FakeEscalations()
    for event_type in FOLLOWED:
        for shelf in (escalations, wanted):
            keep_escalations([told_of(event_type)], shelf, NOW)
    kept = {each: document.state for each, document in wanted.kept.items()}
    assert escalations.named(kept) == kept
    subjects = [each.about for each in kept.values()]
    assert {about: found.state for about, found in escalations.about(subjects).items()} == {
        each.about: each for each in kept.values()
    }


def test_so_do_the_steps_that_were_taken_and_why_it_ended(escalations: Escalations) -> None:
    keep_escalations([proposed()], escalations, NOW)
    found = escalations.load(escalation_id(VISIT))
    gone_on = go_on(found.state, Around({"per_zhang": "per_chen"}, {}), now=at("02-05 00:00"))
    assert gone_on
    escalations.save(found, gone_on.decision, Context("step", SYSTEM, NOW))
    assert escalations.load(found.id).state == gone_on.decision.state
    stopped = stop(gone_on.decision.state, lambda _: True, by="per_li", reason="Known.", now=NOW)
    escalations.save(escalations.load(found.id), stopped, Context("stop", SYSTEM, NOW))
    assert escalations.load(found.id).state == stopped.state


def test_open_are_those_in_which_an_answer_is_awaited(escalations: Escalations) -> None:
    assert escalations.open_ones() == []
    keep_escalations([proposed()], escalations, NOW)
    assert [each.state.about for each in escalations.open_ones()] == [VISIT]
    keep_escalations([later("booked", "booked")], escalations, NOW)
    assert escalations.open_ones() == []


def test_hearing_the_same_again_writes_nothing(escalations: Escalations) -> None:
    for _ in range(3):
        keep_escalations([proposed(), proposed()], escalations, NOW)
    assert escalations.load(escalation_id(VISIT)).version == 1
