"""What who stands in for whom promises in memory and in the database: one document a person, whole again when read."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import DocumentStore, database_at
from services.notify.adapters.deputy_store import DEPUTATION_SHAPE
from services.notify.adapters.people_copies import PeopleCopies
from services.notify.application import commands
from services.notify.application.deputies import Deputies, deputies_of, deputies_of_absent
from services.notify.application.ports import People
from services.notify.manifest import MANIFEST
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory
from tests.fakes.notify import FakePeople
from tests.unit.notify.samples import told_of

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))


@dataclass
class Shelves:
    deputies: Deputies
    people: People


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        return Shelves(InMemoryDocuments(Memory(), "deputation", DEPUTATION_SHAPE.state_word), FakePeople())
    installation = request.getfixturevalue("make_installation")([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    return Shelves(DocumentStore(database["deputies"], DEPUTATION_SHAPE), PeopleCopies(database["people"]))


def known(shelves: Shelves, *people: str) -> None:
    for person in people:
        envelope = {"subject": f"person/{person}"}
        told = told_of("exchange.person.changed.v1", envelope=envelope, person=person, sites=["sit_gilgit"])
        shelves.people.keep(*told)  # type: ignore[arg-type] # the sample's own model


def named(shelves: Shelves, deputy: str, **days: str) -> int:
    command = parsed(commands.NameDeputy, {"person_id": "per_ali", "deputy_id": deputy, **days})
    context = Context(derived(deputy, *days.values()), ADMIN, NOW)
    return commands.name_deputy(command, context, shelves.deputies, shelves.people).version


def test_a_persons_sites_are_kept_as_they_are_told(shelves: Shelves) -> None:
    known(shelves, "per_ali")
    assert shelves.people.named(["per_ali"])["per_ali"].sites == ("sit_gilgit",)


def test_there_is_one_for_each_person_and_the_later_holds(shelves: Shelves) -> None:
    known(shelves, "per_ali", "per_bano", "per_karim")
    assert [named(shelves, "per_bano", first="2026-03-01", last="2026-03-03"), named(shelves, "per_karim")] == [1, 2]
    assert deputies_of(["per_ali", "per_bano"], shelves.deputies) == {"per_ali": "per_karim"}


def test_an_absence_is_whole_again_when_it_is_read(shelves: Shelves) -> None:
    known(shelves, "per_ali", "per_bano")
    named(shelves, "per_bano", first="2026-03-01", last="2026-03-03")
    assert deputies_of_absent(["per_ali"], NOW, shelves.deputies, shelves.people) == {"per_ali": "per_bano"}
    named(shelves, "per_bano", first="2026-03-04")
    assert deputies_of_absent(["per_ali"], NOW, shelves.deputies, shelves.people) == {}
