"""People and organisations have records while an outcome for the public names them: in memory and in the database."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import WriteConflict
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.research.adapters.public_names import PublicNameStore
from services.research.application.ports.harvesting import PublicNames
from services.research.application.ports.outcomes import Outcomes
from services.research.bootstrap.measured import outcomes_on
from services.research.domain.contributors import Contributor
from services.research.domain.harvesting.formats import NAMED, ORGANISATION, PERSON
from services.research.domain.harvesting.named import Named, id_of
from services.research.domain.harvesting.tokens import Mark
from services.research.domain.organisations import Organisation
from tests.alliance import StandingClock
from tests.contract.test_research_ports_contract import RESEARCH_ALONE
from tests.fakes.memory import Memory
from tests.fakes.research import FakeOutcomes
from tests.fakes.research_names import FakePublicNames
from tests.unit.research.harvesters import outcome_of

BEGIN, DAY = datetime(2026, 5, 1, 12, 0, tzinfo=UTC), timedelta(days=1)
BANO, ZHANG = "https://orcid.org/0000-0002-1825-0097", "https://orcid.org/0009-0000-0000-0000"
ROR = "https://ror.org/03yrm5c26"
BANOS, ZHANGS, LIBRARYS = id_of(PERSON, BANO), id_of(PERSON, ZHANG), id_of(ORGANISATION, ROR)
NUMBERS = count()


@dataclass
class Shelves:
    outcomes: Outcomes
    names: PublicNames
    at: datetime = BEGIN

    def keep(self, number: int, **different: Any) -> None:
        """One more public outcome that names nobody else, a day later."""
        outcome = outcome_of("publication", number, **{"contributors": (), "organisations": ()} | different)
        self.outcomes.add(outcome.id, Decision(outcome, what="told"), self.moment())

    def change(self, number: int, **different: Any) -> None:
        loaded = self.outcomes.load(f"out_{number:03}")
        self.outcomes.save(loaded, Decision(replace(loaded.state, **different), what="told"), self.moment())

    def told(self, named_id: str) -> tuple[tuple[str, ...], int] | None:
        """The names under which it is told, none where it is told as deleted, and on which day that began."""
        found = self.names.one(named_id)
        if found is None:
            return None
        assert isinstance(found.what, Named)
        return found.what.names, (found.changed_at - BEGIN).days

    def moment(self) -> Context:
        self.at += DAY
        return Context(derived("names", str(next(NUMBERS))), SYSTEM, self.at)


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        fake = FakeOutcomes(Memory())
        return Shelves(fake, FakePublicNames(fake))
    installation = request.getfixturevalue("make_installation")([RESEARCH_ALONE])
    database = database_at(installation.mongo_url("research"))
    return Shelves(outcomes_on(database, StandingClock()), PublicNameStore(database["named"]))


def bano(name: str = "Shahida Bano") -> tuple[Contributor, ...]:
    return (Contributor(name, "author", "per_bano", BANO),)


def test_somebody_is_told_of_until_the_last_outcome_that_names_them_is_taken_back(shelves: Shelves) -> None:
    shelves.keep(1, contributors=bano())
    shelves.keep(2, contributors=bano())
    assert shelves.told(BANOS) == (("Shahida Bano",), 1), "what is told is the same as with one"
    shelves.change(1, public=False)
    assert shelves.told(BANOS) == (("Shahida Bano",), 1)
    shelves.change(2, public=False)
    assert shelves.told(BANOS) == ((), 4)
    found = shelves.names.one(BANOS)
    assert found is not None
    assert found.what == Named(BANOS, PERSON), "no name and no iD is left"
    shelves.change(1, public=True)
    assert shelves.told(BANOS) == (("Shahida Bano",), 5)


@pytest.mark.parametrize(
    "different",
    [
        {"public": False},
        {"questioned": "Entered twice."},
        {"state": "withdrawn"},
        {"details": None},
        {"type": "skills-and-people"},
        {"contributors": (), "organisations": ()},
    ],
    ids=["taken back", "questioned", "withdrawn", "without details", "of people", "named no more"],
)
def test_whatever_ends_that_an_outcome_tells_of_them_ends_their_records(
    shelves: Shelves, different: dict[str, Any]
) -> None:
    shelves.keep(1, contributors=bano(), organisations=(Organisation("A library", ROR),))
    shelves.change(1, **different)
    assert (shelves.told(BANOS), shelves.told(LIBRARYS)) == (((), 2), ((), 2))


def test_nobody_is_told_of_who_is_named_without_an_identifier_or_by_what_is_not_public(shelves: Shelves) -> None:
    shelves.keep(1, contributors=(Contributor("Chen Yong", "author", "per_chen"),), organisations=(Organisation("A"),))
    shelves.keep(2, contributors=bano(), public=None)
    shelves.keep(3, contributors=bano(), public=False)
    assert shelves.names.page(NAMED, since=None, before=None, after=None, limit=9) == []
    assert (shelves.told(BANOS), shelves.names.earliest()) == (None, None)


def test_a_correction_moves_what_is_told_and_its_moment_and_nothing_else_does(shelves: Shelves) -> None:
    shelves.keep(1, contributors=bano("S Bano"))
    shelves.change(1, title="Another title")
    assert shelves.told(BANOS) == (("S Bano",), 1)
    shelves.keep(2, contributors=bano("Bano, Shahida"))
    assert shelves.told(BANOS) == (("Bano, Shahida", "S Bano"), 3)
    shelves.change(1, contributors=(Contributor("Zhang Wei", "author", None, ZHANG),))
    assert (shelves.told(BANOS), shelves.told(ZHANGS)) == ((("Bano, Shahida",), 4), (("Zhang Wei",), 4))


def test_organisations_are_those_that_a_record_tells_of(shelves: Shelves) -> None:
    fund = {"kind": "research-grant", "funder": {"name": "A fund", "ror": ROR}}
    shelves.keep(1, type="further-funding", details=fund)
    owned = {"kind": "trademark", "licensed": "no", "owners": [{"name": "Owners", "ror": ROR}]}
    shelves.keep(2, type="intellectual-property", details=owned)
    assert shelves.told(LIBRARYS) == (("A fund",), 1), "CERIF has nothing for a trademark"
    shelves.change(2, details=owned | {"kind": "patent"})
    assert shelves.told(LIBRARYS) == (("A fund", "Owners"), 3)
    partners = {"partners": [{"name": "Partners", "ror": ROR}]}
    shelves.change(2, type="collaboration", details=partners)
    assert shelves.told(LIBRARYS) == (("A fund",), 4), "no format tells of partners"


def test_they_are_found_in_the_order_in_which_they_changed(shelves: Shelves) -> None:
    shelves.keep(1, contributors=bano())
    shelves.keep(2, organisations=(Organisation("A library", ROR),))
    shelves.keep(3, contributors=(Contributor("Zhang Wei", "author", None, ZHANG),))
    shelves.change(1, public=False)
    page: Callable[..., list[str]] = lambda types=NAMED, **asked: [  # noqa: E731
        each.what.id
        for each in shelves.names.page(types, **{"since": None, "before": None, "after": None, "limit": 9} | asked)
    ]
    assert page() == [LIBRARYS, ZHANGS, BANOS]
    assert (page((PERSON,)), page((ORGANISATION,)), page(())) == ([ZHANGS, BANOS], [LIBRARYS], [])
    assert page(limit=1) == [LIBRARYS]
    assert page(after=Mark(BEGIN + 2 * DAY, LIBRARYS)) == [ZHANGS, BANOS]
    assert (page(since=BEGIN + 4 * DAY), page(before=BEGIN + 3 * DAY)) == ([BANOS], [LIBRARYS])
    assert page(since=BEGIN, after=Mark(BEGIN + 2 * DAY, LIBRARYS), before=BEGIN + 4 * DAY) == [ZHANGS]
    assert shelves.names.earliest() == BEGIN + 2 * DAY


def test_what_is_not_saved_names_nobody(shelves: Shelves) -> None:
    shelves.keep(1)
    before = shelves.outcomes.load("out_001")
    shelves.change(1, title="Somebody was quicker")
    with pytest.raises(WriteConflict):
        shelves.outcomes.save(
            before, Decision(replace(before.state, contributors=bano()), what="told"), shelves.moment()
        )
    assert shelves.told(BANOS) is None
    assert (shelves.names.page(NAMED, since=None, before=None, after=None, limit=9), shelves.names.earliest()) == (
        [],
        None,
    )
