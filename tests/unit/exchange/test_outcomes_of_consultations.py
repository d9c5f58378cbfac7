"""Reported outcomes of consultations in the balance, and both versions of what research tells."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.errors import NotYet
from contracts.envelope import CloudEvent
from contracts.research import v1, v2
from services.exchange.application import queries
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.sessions import HELD
from services.exchange.domain.joint_outcomes import joint_promises
from services.exchange.domain.ledger import CountedOutcome
from services.exchange.domain.reporting.happenings import outcome_rows
from tests.consulting import ADMIN, TUESDAY, Consulting
from tests.event_factory import make_event
from tests.fakes.exchange import alliance_in_memory, consulting_in_memory
from tests.unit.exchange import given
from tests.unit.exchange.given_consultation import BEGINS, consultation, session, weekly

ZONES = ("Asia/Shanghai", "Asia/Karachi")
SUMMER = datetime(2026, 7, 30, 5, 0, tzinfo=UTC)
JOINT: dict[str, Any] = {"id": "cnd_joint", "kind": "joint-outcome", "visits_per_year": 0, "expects_outcome": None}


class Told:
    """Three hospitals, a consultation of all of them, and what research tells of what came of it."""

    def __init__(self) -> None:
        self.there = consulting_in_memory()
        self.consultation = self.there.propose().id

    def hears(self, kind: type[v2.OutcomeEvent], **data: Any) -> None:
        there = self.there
        origin = {"kind": "consultation", "id": self.consultation, "slot": TUESDAY.isoformat()}
        of = {"agreement": there.agreement, "condition": there.condition, "origin": origin, "origin_year": 2026}
        told = make_event(kind.type, envelope={"time": SUMMER.isoformat()}, **of | data)
        there.exchange.handlers()[kind.type](CloudEvent.model_validate(told), kind.model_validate(told["data"]))

    def reported(self) -> int:
        asked = parsed(queries.AskAgreement, {"agreement_id": self.there.agreement})
        balance = self.there.exchange.agreement(asked, ADMIN)["conditions"][0]["balance"][0]
        count: int = balance["outcomes"]["reported"]
        return count


@pytest.fixture
def told() -> Told:
    return Told()


def test_an_outcome_counts_for_its_consultations_condition_once_however_often_it_is_told(told: Told) -> None:
    for _ in range(3):
        told.hears(v2.OutcomeReported, outcome="out_1")
    told.hears(v2.OutcomeReported, outcome="out_2")
    assert told.reported() == 2


def test_it_is_known_by_the_consultation_that_it_came_of(told: Told) -> None:
    told.hears(v2.OutcomeReported, outcome="out_1")
    ledger = f"led_{told.there.agreement}_{told.there.condition}_2026"
    (counted,) = told.there.exchange.stores.ledgers.outcomes([ledger], told.there.clock.now())
    assert (counted.outcome, counted.visit, counted.consultation) == ("out_1", "", told.consultation)


def test_a_report_tells_which_of_the_two_it_came_of_and_of_a_visit_what_it_told_before() -> None:
    of_visit = CountedOutcome("one", "cnd_1", "out_1", "publication", "vis_1", SUMMER)
    of_consultation = CountedOutcome("two", "cnd_1", "out_2", "publication", at=SUMMER, consultation="con_1")
    evidence: Any = SimpleNamespace(outcomes=[of_visit, of_consultation], day=datetime.date)
    cells = [row.cells for row in outcome_rows(evidence)]
    both = {"condition": "cnd_1", "type": "publication", "counted": SUMMER.date()}
    assert cells == [both | {"visit": "vis_1"}, both | {"visit": "", "consultation": "con_1"}]


def test_one_that_is_questioned_counts_no_more(told: Told) -> None:
    told.hears(v2.OutcomeReported, outcome="out_1")
    for _ in range(2):
        told.hears(v2.OutcomeQuestioned, outcome="out_1")
    told.hears(v2.OutcomeReported, outcome="out_1")
    assert told.reported() == 0


def test_two_that_turn_out_to_be_one_count_once_whichever_is_told_of_first(told: Told) -> None:
    told.hears(v2.OutcomeReported, outcome="out_1")
    with pytest.raises(NotYet):
        told.hears(v2.OutcomeMerged, outcome="out_2", merged_into="out_1")
    told.hears(v2.OutcomeReported, outcome="out_2")
    assert told.reported() == 2
    for _ in range(2):
        told.hears(v2.OutcomeMerged, outcome="out_2", merged_into="out_1")
    told.hears(v2.OutcomeReported, outcome="out_2")
    assert told.reported() == 1


def test_one_that_is_questioned_before_its_report_is_told_waits_for_it(told: Told) -> None:
    with pytest.raises(NotYet):
        told.hears(v2.OutcomeQuestioned, outcome="out_1")


@pytest.mark.parametrize(
    "unknown",
    [{"origin": {"kind": "consultation", "id": "con_none"}}, {"origin_year": 1999}, {"agreement": "agr_none"}],
    ids=["consultation", "year", "agreement"],
)
def test_an_outcome_of_something_unknown_waits_for_it(told: Told, unknown: dict[str, Any]) -> None:
    with pytest.raises(NotYet):
        told.hears(v2.OutcomeReported, **unknown)
    assert told.reported() == 0


@pytest.mark.parametrize(
    ("different", "sites", "counts"),
    [
        ({}, (given.KASHGAR, given.GILGIT, "sit_hotan"), True),
        ({"sending_site": given.KASHGAR, "host_site": given.GILGIT}, (given.GILGIT, given.KASHGAR), True),
        ({"field": "Liver Echinococcosis"}, (given.GILGIT, given.KASHGAR), True),
        ({"field": "imaging"}, (given.GILGIT, given.KASHGAR), False),
        ({}, (given.GILGIT, "sit_hotan"), False),
        ({"kind": "consultation"}, (given.GILGIT, given.KASHGAR), False),
    ],
    ids=["both met", "the other way round", "another spelling", "another field", "one was not there", "no joint one"],
)
def test_it_counts_toward_joint_outcomes_of_its_field_between_sites_that_met(
    different: dict[str, Any], sites: tuple[str, ...], counts: bool
) -> None:
    held = session(state=HELD, attended_for={f"per_of_{site}": site for site in sites})
    met = consultation(sessions=(held,), field="liver echinococcosis")
    promised = given.agreement(conditions=(given.condition(), given.condition(**JOINT | different)))
    found = joint_promises(promised, met, SUMMER, ZONES)
    assert [(each.id, year) for each, year in found] == ([("cnd_joint", 2026)] if counts else [])


def joint_of(met: Consultation, slot: datetime | None, sending: str = given.KASHGAR, host: str = given.GILGIT) -> int:
    """Of how many joint outcomes between these sites one of the session is."""
    joint = given.condition(**JOINT | {"field": met.field, "sending_site": sending, "host_site": host})
    return len(joint_promises(given.agreement(conditions=(joint,)), met, SUMMER, ZONES, slot))


def test_it_is_of_the_sites_that_were_at_its_own_session_whoever_takes_part_later(there: Consulting) -> None:
    few = there.participants("chair", "presenter", "interpreter")
    made = there.booked(participants=few, recurrence="FREQ=WEEKLY;COUNT=2")
    there.clock.moment = TUESDAY
    attended = [there.people["chair"], there.people["presenter"]]
    there.give("close_session", made, slot=TUESDAY.isoformat(), attended=attended)
    there.give("change_participants", made, participants=there.participants(), reason="Hotan joins.")
    met = there.exchange.stores.consultations.load(made).state
    kashgar, gilgit, hotan = (there.sites[each] for each in ("kashgar", "gilgit", "hotan"))
    assert [joint_of(met, TUESDAY, kashgar, other) for other in (gilgit, hotan)] == [1, 0]
    assert [joint_of(met, slot, kashgar, gilgit) for slot in (None, TUESDAY + timedelta(days=7))] == [1, 0]


def test_where_nobody_wrote_down_for_which_site_they_came_it_is_of_all_that_were_to_meet() -> None:
    first, second = weekly(2).sessions
    met = weekly(sessions=(replace(first, state=HELD), second))
    assert [joint_of(met, slot) for slot in (None, BEGINS, second.slot)] == [1, 1, 0]


@pytest.mark.parametrize("order", [(v1, v2), (v2, v1), (v1, v2, v1), (v1,), (v2,)])
def test_an_outcome_of_a_visit_that_is_told_in_two_versions_counts_once(order: tuple[Any, ...]) -> None:
    alliance = alliance_in_memory()
    visit = alliance.propose().id
    of = {
        v1: {"visit": visit, "visit_year": 2026},
        v2: {"origin": {"kind": "visit", "id": visit}, "origin_year": 2026},
    }

    def hears(version: Any, word: str) -> None:
        kind = getattr(version, word)
        envelope = {"id": f"one-{word}", "time": SUMMER.isoformat()}
        under = {"outcome": "out_1", "agreement": alliance.agreement, "condition": alliance.condition}
        told = make_event(kind.type, envelope=envelope, **under | of[version])
        alliance.exchange.handlers()[kind.type](CloudEvent.model_validate(told), kind.model_validate(told["data"]))

    def reported() -> int:
        asked = parsed(queries.AskAgreement, {"agreement_id": alliance.agreement})
        balance = alliance.exchange.agreement(asked, alliance.manager)["conditions"][0]["balance"]
        return sum(year["outcomes"]["reported"] for year in balance)

    for version in order:
        hears(version, "OutcomeReported")
    assert reported() == 1
    for version in order:
        hears(version, "OutcomeQuestioned")
    assert reported() == 0
