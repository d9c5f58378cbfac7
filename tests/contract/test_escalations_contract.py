"""What escalations promise in memory and in the database."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.store import database_at
from services.notify.adapters.escalation_store import EscalationStore
from services.notify.adapters.published_events import published
from services.notify.application.escalations import Escalations
from services.notify.application.reactions import keep_escalations
from services.notify.application.reactions.keep_escalations import HEARD
from services.notify.domain.escalation.escalation import escalation_id
from services.notify.domain.escalation.going_on import Around, go_on
from services.notify.domain.escalation.knowing import Acknowledgement, know
from services.notify.domain.escalation.stopping import stop
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeEscalations
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.reminding import Told, at
from tests.unit.notify.samples import told_of
from tests.unit.notify.test_escalations import later, proposed
from tests.unit.notify.test_what_has_to_be_known import cancelled, expired

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
    for event in map(told_of, HEARD):
        for shelf in (escalations, wanted):
            keep_escalations([event], shelf, NOW)
    kept = {each: document.state for each, document in wanted.kept.items()}
    assert escalations.named(kept) == kept
    subjects = [each.about for each in kept.values()]
    assert {about: found.state for about, found in escalations.about(subjects).items()} == {
        each.about: each for each in kept.values()
    }


def test_so_do_the_steps_that_were_taken_and_why_it_ended(escalations: Escalations) -> None:
    keep_escalations([proposed()], escalations, NOW)
    found = escalations.load(escalation_id(VISIT))
    gone_on = go_on(found.state, Around({"per_zhang": "per_chen"}, ()), now=at("02-05 00:00"))
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


@pytest.mark.parametrize("event", [cancelled(), expired()], ids=["a visit is cancelled", "a clearance has expired"])
def test_so_does_what_has_to_be_known(event: Told, escalations: Escalations) -> None:
    wanted = FakeEscalations()
    for shelf in (escalations, wanted):
        keep_escalations([event], shelf, NOW)
    ((identity, kept),) = wanted.kept.items()
    assert kept.state.to_know
    assert escalations.load(identity).state == kept.state


def test_what_has_to_be_known_is_open_until_it_is(escalations: Escalations) -> None:
    keep_escalations([cancelled(visitors=("per_bano",), by="per_zhang")], escalations, NOW)
    (found,) = escalations.open_ones()
    told = found.state.to_know[0]
    known = Acknowledgement("per_bano", told.purpose, told.event, at("05-03 03:00"), told.version)
    decision = know(found.state, known)
    assert decision
    escalations.save(found, decision, Context("known", SYSTEM, NOW))
    assert (escalations.open_ones(), escalations.load(found.id).state) == ([], decision.state)


def test_a_step_and_what_others_are_told_of_it_are_one_write(escalations: Escalations) -> None:
    keep_escalations([proposed()], escalations, NOW)
    found = escalations.load(escalation_id(VISIT))
    gone_on = go_on(found.state, Around({}, ()), now=at("02-05 00:00"))
    assert gone_on
    escalations.save(found, gone_on.decision, Context("step", SYSTEM, NOW))
    assert told_others(escalations) == ["notify.escalation.raised.v1"]


def told_others(escalations: Escalations) -> list[str]:
    """The types of the events that stand with the only escalation."""
    if isinstance(escalations, FakeEscalations):
        return [published(each).type for each in escalations.told]
    assert isinstance(escalations, EscalationStore)
    (kept,) = escalations.collection.find()
    return [each["type"] for each in kept["outbox"]]
