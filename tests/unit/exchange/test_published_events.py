"""Every happening of the exchange as the event of its contract, with what a reader needs to ask nobody."""

from datetime import date

import pytest

from contracts.envelope import EventData
from contracts.exchange import v1
from contracts.exchange.consultations import CONSULTATION_EVENTS
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.domain import events
from services.exchange.domain.agreement import Termination
from services.exchange.domain.parties import ACCEPTED, Deputy, Reply
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, ENTERED_IN_ERROR, FULFILLED, NOSHOW, PENDING
from tests.contract.test_exchange_ports_contract import keep
from tests.fakes.exchange import FakeSites
from tests.fakes.memory import Memory
from tests.unit.exchange import given, given_letter

DAY = date(2026, 4, 6)

HAPPENINGS = [
    (events.PersonRegistered(given.person()), v1.PersonChanged, {"person": "per_bano", "language": "ur"}),
    (events.ReportMade("rep_1"), v1.ReportMade, {"report": "rep_1"}),
    (events.LetterIssued(given_letter.letter()), v1.LetterIssued, {"letter": "ltr_1", "number": 1}),
    (
        events.PersonChanged(given.person(fields=("imaging",), languages=("ur", "en"), home_department="dep_surgery")),
        v1.PersonChanged,
        {"fields": ["imaging"], "languages": ["ur", "en"], "home_department": "dep_surgery"},
    ),
    (
        events.AgreementTookEffect(given.agreement()),
        v1.AgreementTookEffect,
        {"agreement": "agr_1", "text_hash": given.agreement().text_hash},
    ),
    (
        events.AgreementAmended(given.agreement(text_number=2), "0" * 64, "A year more."),
        v1.AgreementAmended,
        {"text_number": 2, "previous_text_hash": "0" * 64, "reason": "A year more."},
    ),
    (
        events.AgreementTerminated(given.agreement(), Termination(date(2026, 6, 30), "Merged.", "per_ali", given.NOW)),
        v1.AgreementTerminated,
        {"last_day": "2026-06-30", "by": "per_ali", "reason": "Merged.", "in_effect_until": "2026-12-31"},
    ),
    (events.AgreementExpired(given.agreement()), v1.AgreementExpired, {"agreement": "agr_1"}),
    (events.VisitProposed(given.visit()), v1.VisitProposed, {"state": "proposed", "proposer": "per_ali"}),
    (
        events.VisitProposed(
            given.visit(
                needs=("authority", "host-department"), replies={"authority": Reply(ACCEPTED, "per_x", given.NOW)}
            )
        ),
        v1.VisitProposed,
        {
            "replies": [
                {"party": "authority", "status": "accepted"},
                {"party": "host-department", "status": "needs-action"},
            ]
        },
    ),
    (
        events.VisitReplied(
            given.visit(PENDING, replies={"authority": Reply(ACCEPTED, "per_x", given.NOW, "Fine.")}), "authority"
        ),
        v1.VisitReplied,
        {"party": "authority", "status": "accepted", "by": "per_x", "reason": "Fine."},
    ),
    (events.VisitBooked(given.visit(BOOKED)), v1.VisitBooked, {"state": "booked", "visitors": ["per_bano"]}),
    (
        events.VisitArrived(given.visit(ARRIVED), ("per_bano",), date(2026, 4, 6)),
        v1.VisitArrived,
        {"actual_arrival": "2026-04-06"},
    ),
    (
        events.VisitFulfilled(given.visit(FULFILLED)),
        v1.VisitFulfilled,
        {
            "actual_departure": "2026-04-09",
            "expected_outcome": {"type": "publication", "due_on": "2026-07-08"},
        },
    ),
    (
        events.VisitFulfilled(given.visit(FULFILLED, expects=None)),
        v1.VisitFulfilled,
        {"expected_outcome": None},
    ),
    (
        events.VisitCancelled(given.visit(CANCELLED), by=None, reason="Nobody answered."),
        v1.VisitCancelled,
        {"by": None, "reason": "Nobody answered."},
    ),
    (
        events.VisitRescheduled(given.visit(PENDING), DAY, DAY, BOOKED, by="per_ali", reason="Snow."),
        v1.VisitRescheduled,
        {
            "previous_arrival": "2026-04-06",
            "previous_departure": "2026-04-06",
            "previous_state": "booked",
            "by": "per_ali",
            "reason": "Snow.",
        },
    ),
    (
        events.VisitExtensionAsked(given.visit(ARRIVED), DAY, by="per_ali", reason="More to see."),
        v1.VisitExtensionAsked,
        {"departure": "2026-04-06", "by": "per_ali", "reason": "More to see."},
    ),
    (
        events.VisitExtended(given.visit(ARRIVED), DAY, by="per_zhang", reason="More to see."),
        v1.VisitExtended,
        {"previous_departure": "2026-04-06", "by": "per_zhang", "reason": "More to see."},
    ),
    (
        events.VisitorWithdrew(given.visit(BOOKED), "per_bano", by="per_bano", reason="Ill."),
        v1.VisitorWithdrew,
        {"person": "per_bano", "by": "per_bano", "reason": "Ill."},
    ),
    (
        events.VisitDeparted(given.visit(ARRIVED), ("per_bano",), DAY),
        v1.VisitDeparted,
        {"departed": ["per_bano"], "departed_on": "2026-04-06"},
    ),
    (
        events.VisitNoshow(given.visit(NOSHOW), by="per_zhang", reason="Nobody came."),
        v1.VisitNoshow,
        {"state": "noshow", "by": "per_zhang", "reason": "Nobody came."},
    ),
    (
        events.VisitEnteredInError(given.visit(ENTERED_IN_ERROR), BOOKED, by="per_zhang", reason="Twice."),
        v1.VisitEnteredInError,
        {"state": "entered-in-error", "previous_state": "booked", "by": "per_zhang", "reason": "Twice."},
    ),
    (
        events.VisitEnteredLater(given.visit(FULFILLED, flags=("entered-later",)), by="per_zhang", reason="By phone."),
        v1.VisitEnteredLater,
        {"actual_departure": "2026-04-09", "flags": ["entered-later"], "by": "per_zhang", "reason": "By phone."},
    ),
    (
        events.VisitDeputyNamed(given.visit(), Deputy("host-department", "per_x", "per_zhang", DAY, DAY)),
        v1.VisitDeputyNamed,
        {"party": "host-department", "deputy": "per_x", "in_place_of": "per_zhang", "first": "2026-04-06"},
    ),
    (
        events.VisitNoteAdded(given.visit(), by="per_ali", text="No beef."),
        v1.VisitNoteAdded,
        {"by": "per_ali", "text": "No beef."},
    ),
]


@pytest.fixture
def publish() -> PublishedEvents:
    sites = FakeSites(Memory())
    keep(sites, given.site(coordinators=("per_zhang",), managers=("per_gulnar",)))
    keep(sites, given.site(id=given.GILGIT, zone="Asia/Karachi", coordinators=("per_hussain",)))
    return PublishedEvents(sites)


@pytest.mark.parametrize(("happening", "model", "facts"), HAPPENINGS)
def test_each_is_told_with_its_facts(
    publish: PublishedEvents, happening: object, model: type[EventData], facts: dict[str, object]
) -> None:
    (event,) = publish.publish([happening], given.EDITION)
    assert type(event) is model
    assert facts.items() <= event.model_dump(mode="json").items()


def test_every_event_of_the_contract_is_told_of_something() -> None:
    """Those of consultations: test_consultation_events.py."""
    elsewhere = {*CONSULTATION_EVENTS, v1.ConsultationInvited}
    assert {model for _, model, _ in HAPPENINGS} | elsewhere == set(v1.EVENTS)


def test_a_visit_is_told_with_both_ends_their_zones_and_who_acts_for_them(publish: PublishedEvents) -> None:
    (told,) = publish.publish([events.VisitBooked(given.visit(BOOKED))], given.EDITION)
    assert isinstance(told, v1.VisitBooked)
    assert (told.sending_site.zone, told.sending_site.coordinators) == ("Asia/Karachi", ("per_hussain",))
    assert (told.host_site.zone, told.host_site.coordinators) == ("Asia/Shanghai", ("per_zhang",))
    assert (told.host_site.managers, told.sending_site.managers) == (("per_gulnar",), ())
    assert told.host_department.names == {"en": "Surgery"}
    assert (told.planned_arrival, told.planned_departure) == (date(2026, 4, 6), date(2026, 4, 8))


def test_what_nobody_is_told_of_is_a_fault(publish: PublishedEvents) -> None:
    with pytest.raises(TypeError, match="no event of the contracts tells of int"):
        publish.publish([1], given.EDITION)
