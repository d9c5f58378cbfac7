"""What opened an outcome is told to have been a mistake: in any order, at the same moment, with a guard left out."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from contracts.envelope import CloudEvent
from contracts.exchange.v1 import EVENTS
from tests.alliance import StandingClock
from tests.event_factory import make_event
from tests.fakes.research import FakeMistakes, ResearchInMemory
from tests.unit.research import given

MODELS = {model.type: model for model in EVENTS}
Patch = Callable[[pytest.MonkeyPatch], None]


def event_of(kind: type[Any], subject: str, **data: Any) -> CloudEvent:
    return CloudEvent.model_validate(make_event(kind.type, envelope={"subject": f"{subject}/{data[subject]}"}, **data))


def tell(research: Any, event: CloudEvent) -> None:
    research.handlers()[event.type](event, MODELS[event.type].model_validate(event.data))


def told(research: ResearchInMemory, *events: CloudEvent) -> None:
    for event in events:
        tell(research, event)


def the_outcome(research: ResearchInMemory) -> str:
    (outcome_id,) = research.fake_outcomes.kept
    return outcome_id


def must_end_as_told_once(research: ResearchInMemory, both: Mapping[str, CloudEvent], order: Sequence[str]) -> None:
    """However often and in whatever order the two are told. `order`: their names."""
    told(research, *(both[each] for each in order))
    once = ResearchInMemory(StandingClock(given.NOW))
    told(once, *both.values())
    assert _state_of(research) == _state_of(once)


def told_while_it_opens(
    research: ResearchInMemory, patch: pytest.MonkeyPatch, opening: CloudEvent, mistake: CloudEvent
) -> None:
    """The mistake is told while the outcome is being opened: behind the handler's start, before its write."""
    add, not_yet = research.fake_outcomes.add, iter([mistake])

    def told_first(*what: Any) -> Any:
        for event in not_yet:
            tell(research, event)
        return add(*what)

    patch.setattr(research.fake_outcomes, "add", told_first)
    told(research, opening)


def guards() -> list[Patch]:
    """Each takes out one of the two that no mistake is missed with: noting it, and looking once the outcome is open."""

    def looked_before_it_was_opened(patch: pytest.MonkeyPatch) -> None:
        opens = sys.modules["services.research.application.reactions.expect_outcome"]
        patch.setattr(opens, "take_back", lambda *_: None)

    def not_noted(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(FakeMistakes, "note", lambda *_, **__: None)

    return [looked_before_it_was_opened, not_noted]


def _state_of(research: ResearchInMemory) -> list[Any]:
    return [
        (key, kept.version, kept.state, [(line.what, line.why) for line in kept.history], kept.told)
        for key, kept in research.fake_outcomes.kept.items()
    ]
