"""Many decisions written together leave what each of them leaves alone; and a lost answer costs nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import AutoReconnect

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.errors import Unavailable
from chassis.kernel.ids import derived
from chassis.store import database_at
from chassis.store.each import save_each
from services.notify.adapters.notification_store import NotificationStore
from services.notify.application.ports import Made
from services.notify.application.reactions.notify_of import notify_of
from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import LATER, NEVER, TAKEN, Answer
from services.notify.domain.reading import read
from services.notify.manifest import MANIFEST
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.samples import NOW, attempted, told_of

EVENT = "research.outcome.expected.v1"
ANSWERS = (
    Answer(TAKEN),
    Answer(LATER, "smtp 451", "$recipient"),
    Answer(LATER, "smtp 450", "$$NOW"),
    Answer(NEVER, "smtp 550", "{'$ne': 1}"),
    Answer(TAKEN),
    Answer(LATER, "smtp 452", "$detail"),
)


@pytest.fixture
def database(make_installation: MakeInstallation) -> Iterator[Database[dict[str, Any]]]:
    installation = make_installation([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    yield database
    database.client.close()


def decided(store: NotificationStore, answers: Sequence[Answer] = ANSWERS) -> list[Made]:
    """One notification for each answer, the last of them read before: what is to be written about each."""
    notify_of([told_of(EVENT, title=f"Outcome {number}") for number in range(len(answers))], store, NOW)
    *_, last = waiting = store.matching({})
    reading = read(last.state, now=NOW)
    assert reading
    store.save(last, reading, Context(derived("read"), SYSTEM, NOW))
    waiting = [*waiting[:-1], store.load(last.id)]
    return [
        (each, attempted(each.state, answer), Context(derived(each.id, "tried"), SYSTEM, NOW))
        for each, answer in zip(waiting, answers, strict=True)
    ]


def test_decisions_written_together_leave_what_each_leaves_alone(database: Database[dict[str, Any]]) -> None:
    alone, together = NotificationStore(database["digests"]), NotificationStore(database["notifications"])
    for each in decided(alone):
        alone.save(*each)
    assert save_each(together, decided(together)) == len(ANSWERS)
    assert list(together.collection.find().sort("_id")) == list(alone.collection.find().sort("_id"))


class LosesAnAnswer(Collection[dict[str, Any]]):
    """The first write of many is done, or not, and its answer lost."""

    lost: bool = False
    does_it: bool = True

    def update_many(self, *arguments: Any, **more: Any) -> Any:
        if self.lost:
            return super().update_many(*arguments, **more)
        self.lost = True
        if self.does_it:
            super().update_many(*arguments, **more)
        raise AutoReconnect("the primary has stepped down")


@pytest.mark.parametrize("done", [True, False])
def test_a_lost_answer_is_asked_for_again_and_nothing_is_written_twice(
    database: Database[dict[str, Any]], done: bool
) -> None:
    store = NotificationStore(database["notifications"])
    made = decided(store)
    losing = NotificationStore(LosesAnAnswer(database, "notifications"))
    losing.collection.does_it = done  # type: ignore[attr-defined]
    assert losing.record(made, EMAIL) == set()
    stand = [store.load(each.id) for each, _, _ in made]
    assert [each.version for each in stand] == [each.version + 1 for each, _, _ in made]
    assert [len(each.state.delivery_by(EMAIL).attempts) for each in stand] == [1] * len(ANSWERS)


def test_a_database_that_stays_away_is_told_of(
    database: Database[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = NotificationStore(database["notifications"])
    made = decided(store)

    def away(*_: Any, **__: Any) -> Any:
        raise AutoReconnect("nobody there")

    monkeypatch.setattr(Collection, "update_many", away)
    with pytest.raises(Unavailable):
        store.record(made, EMAIL)
