"""Who is told what of each event, and that nobody is told twice or of what they did themselves."""

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from chassis.kernel.ids import derived
from contracts.research.versions import earlier
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.webhooks import OFFERED
from services.notify.domain.notification import Notification
from services.notify.domain.purposes import PURPOSES as OF_PURPOSES
from services.notify.domain.purposes import always, never
from services.notify.domain.reminders.table import FOLLOWED
from services.notify.domain.telling import TABLE, told
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeNotifications
from tests.unit.notify.samples import EVERY_PURPOSE, NOW, notifications_of, one_of_each_purpose, told_of

HOST, SENDING = {"coordinators": ["per_host", "per_host-deputy"]}, {"coordinators": ["per_sending"]}
VISIT: dict[str, Any] = {
    "state": "booked", "host_site": HOST, "sending_site": SENDING,
    "proposer": "per_proposer", "leader": "per_leader", "visitors": ["per_leader", "per_visitor"],
}  # fmt: skip
OUTCOME: dict[str, Any] = {"responsible": "per_leader", "followers": ["per_host", "per_sending"]}

versions = pytest.mark.parametrize("version", ["v1", "v2"])


def who(event_type: str, facts: dict[str, Any], **more: Any) -> dict[str, str]:
    return {each.recipient: each.purpose for each in told(event_type, facts | more)}


def test_notify_subscribes_to_the_people_and_to_what_is_told_now_or_later_or_to_other_systems() -> None:
    assert set(MANIFEST.subscribes_to) == {"exchange.person.changed.v1", *TABLE, *FOLLOWED, *OFFERED}


def test_a_proposal_asks_the_host_and_tells_the_visitors_and_the_sending_site() -> None:
    assert who("exchange.visit.proposed.v1", VISIT) == {
        "per_host": "reply-asked",
        "per_host-deputy": "reply-asked",
        "per_leader": "visit-proposed-for-you",
        "per_visitor": "visit-proposed-for-you",
        "per_sending": "visit-proposed",
    }


def test_who_proposed_is_not_told_of_it_unless_their_reply_is_asked() -> None:
    assert "per_sending" not in who("exchange.visit.proposed.v1", VISIT, proposer="per_sending")
    assert who("exchange.visit.proposed.v1", VISIT, proposer="per_host")["per_host"] == "reply-asked"


@pytest.mark.parametrize(("state", "proposer_is_told"), [("pending", True), ("booked", False), ("cancelled", False)])
def test_a_reply_that_settles_the_visit_is_not_told_besides(state: str, proposer_is_told: bool) -> None:
    """Booking and cancelling are told by events of their own."""
    found = who("exchange.visit.replied.v1", VISIT, state=state, by="per_host")
    assert (found == {"per_proposer": "reply-received"}) is proposer_is_told


def test_a_booking_is_told_to_the_visitors_the_proposer_and_both_coordinators() -> None:
    assert who("exchange.visit.booked.v1", VISIT) == {
        "per_leader": "visit-booked-for-you",
        "per_visitor": "visit-booked-for-you",
        "per_host": "visit-booked",
        "per_host-deputy": "visit-booked",
        "per_sending": "visit-booked",
        "per_proposer": "visit-booked",
    }


def test_a_visitor_who_also_proposed_and_coordinates_is_told_once_as_a_visitor() -> None:
    tellings = list(told("exchange.visit.booked.v1", VISIT | {"proposer": "per_host", "visitors": ["per_host"]}))
    assert [each.purpose for each in tellings if each.recipient == "per_host"] == ["visit-booked-for-you"]


def test_a_move_is_told_to_all_concerned_but_who_moved_it() -> None:
    found = who("exchange.visit.rescheduled.v1", VISIT, previous_state="booked", by="per_host")
    assert found == {
        "per_leader": "visit-rescheduled-for-you",
        "per_visitor": "visit-rescheduled-for-you",
        "per_host-deputy": "visit-rescheduled",
        "per_sending": "visit-rescheduled",
        "per_proposer": "visit-rescheduled",
    }


@pytest.mark.parametrize(
    ("before", "after", "told_of"),
    [
        ("booked", "booked", True),
        ("pending", "booked", False),
        ("proposed", "booked", False),
        ("booked", "pending", True),
        ("proposed", "proposed", True),
        (None, "booked", True),
    ],
)
def test_a_move_that_books_the_visit_is_told_as_a_booking(before: str | None, after: str, told_of: bool) -> None:
    found = who("exchange.visit.rescheduled.v1", VISIT | {"state": after}, previous_state=before)
    assert bool(found) is told_of


def test_an_arrival_is_told_to_the_sending_side() -> None:
    assert set(who("exchange.visit.arrived.v1", VISIT)) == {"per_sending", "per_proposer"}


@pytest.mark.parametrize("event_type", ["exchange.visit.fulfilled.v1", "exchange.visit.cancelled.v1"])
def test_the_end_of_a_visit_is_told_to_all_concerned(event_type: str) -> None:
    everybody = {"per_leader", "per_visitor", "per_host", "per_host-deputy", "per_sending", "per_proposer"}
    assert set(who(event_type, VISIT)) == everybody


@pytest.mark.parametrize("what", ["rescheduled", "extended", "cancelled"])
def test_a_visitor_hears_of_their_own_deed_because_their_calendar_has_to_follow(what: str) -> None:
    found = who(f"exchange.visit.{what}.v1", VISIT, by="per_visitor")
    assert found["per_visitor"] == f"visit-{what}-for-you"


def test_an_extension_is_told_to_all_concerned_but_the_coordinator_who_made_it() -> None:
    assert who("exchange.visit.extended.v1", VISIT, by="per_host") == {
        "per_leader": "visit-extended-for-you",
        "per_visitor": "visit-extended-for-you",
        "per_host-deputy": "visit-extended",
        "per_sending": "visit-extended",
        "per_proposer": "visit-extended",
    }


@pytest.mark.parametrize("by", ["per_gone", "per_host"])
def test_who_withdrew_is_told_that_they_go_no_longer_whoever_withdrew_them(by: str) -> None:
    found = who("exchange.visit.visitor-withdrew.v1", VISIT, person="per_gone", by=by)
    assert found == {"per_gone": "visit-withdrawn-for-you"}


def test_who_cancelled_is_not_told_that_it_is_cancelled() -> None:
    found = who("exchange.visit.cancelled.v1", VISIT, by="per_host")
    assert "per_host" not in found
    assert found["per_host-deputy"] == "visit-cancelled"


@versions
def test_an_expected_outcome_is_told_to_the_responsible_alone(version: str) -> None:
    assert who(f"research.outcome.expected.{version}", OUTCOME) == {"per_leader": "outcome-expected"}


def test_one_that_is_due_soon_is_told_to_the_responsible_alone() -> None:
    assert who("research.outcome.due-soon.v2", OUTCOME, days_left=7) == {"per_leader": "outcome-due-soon"}


@pytest.mark.parametrize("what", ["expiring", "expired"])
def test_of_a_clearance_that_ends_its_owner_hears_alone(what: str) -> None:
    found = told(f"research.outcome.clearance-{what}.v2", OUTCOME | {"owner": "per_meng"})
    assert [(each.recipient, each.purpose, each.because) for each in found] == [
        ("per_meng", f"clearance-{what}", "clearance-owner")
    ]


@pytest.mark.parametrize("what", ["gate-due", "questioned", "settled", "adoption-ended"])
def test_what_befalls_a_reported_outcome_is_told_to_all_but_who_brought_it_about(what: str) -> None:
    found = who(f"research.outcome.{what}.v2", OUTCOME, by="per_host")
    assert found == {"per_leader": f"outcome-{what}", "per_sending": f"outcome-{what}"}


def test_a_follow_up_is_asked_of_who_confirmed_the_use_and_of_who_follows_it() -> None:
    found = told("research.outcome.follow-up-due.v2", OUTCOME | {"confirmed_by": "per_adopter"})
    assert [(each.recipient, each.because) for each in found] == [
        ("per_adopter", "adopter"),
        ("per_host", "follower"),
        ("per_sending", "follower"),
    ]


@pytest.mark.parametrize("what", ["waits", "widening", "step-overdue", "in-force", "expiring", "expired", "ended"])
def test_of_an_agreement_track_hears_whoever_follows_one_of_its_outcomes(what: str) -> None:
    found = told(f"research.track.{what}.v1", {"followers": ["per_host", "per_sending"]})
    assert [(each.recipient, each.purpose, each.because) for each in found] == [
        ("per_host", f"agreement-track-{what}", "track-follower"),
        ("per_sending", f"agreement-track-{what}", "track-follower"),
    ]


@pytest.mark.parametrize("what", ["checked", "refused", "applied"])
def test_of_an_import_hears_who_brought_the_file(what: str) -> None:
    facts = {"importer": "per_ali", "responsible": "per_bano", "confirmed_by": "per_root"}
    found = told(f"research.import.{what}.v1", facts)
    assert [(each.recipient, each.purpose, each.because) for each in found] == [
        ("per_ali", f"import-{what}", "importer")
    ]


@versions
def test_an_overdue_one_also_to_those_who_follow_it_in_other_words(version: str) -> None:
    assert who(f"research.outcome.overdue.{version}", OUTCOME) == {
        "per_leader": "outcome-overdue",
        "per_host": "outcome-overdue-followed",
        "per_sending": "outcome-overdue-followed",
    }


@versions
@pytest.mark.parametrize("what", ["reported", "waived", "advanced", "adopted"])
def test_a_step_of_an_outcome_is_told_to_all_but_who_took_it(what: str, version: str) -> None:
    found = who(f"research.outcome.{what}.{version}", OUTCOME, by="per_leader")
    assert found == {"per_host": f"outcome-{what}", "per_sending": f"outcome-{what}"}


def test_an_agreement_in_effect_is_told_to_the_coordinators_of_every_partner() -> None:
    facts = {"partners": [HOST, SENDING, HOST]}
    assert list(who("exchange.agreement.took-effect.v1", facts)) == ["per_host", "per_host-deputy", "per_sending"]


def test_an_event_that_the_table_does_not_know_is_told_to_nobody() -> None:
    assert who("exchange.visit.note-added.v1", VISIT) == {}


def test_every_event_of_the_table_leads_to_somebody_and_every_purpose_is_used() -> None:
    assert set(one_of_each_purpose()) == set(EVERY_PURPOSE)


def test_a_notification_keeps_the_chain_of_the_event_that_led_to_it() -> None:
    event, _ = told_of("exchange.visit.booked.v1")
    cause = notifications_of("exchange.visit.booked.v1")[0].cause
    assert (cause.event, cause.correlation, cause.about) == (event.id, event.correlationid, event.subject_id)


def queued(events: Iterable[tuple[str, dict[str, Any]]], notifications: FakeNotifications) -> dict[str, Notification]:
    for event_type, data in events:
        notify_of([told_of(event_type, **data)], notifications, NOW)
    return {each: kept.state for each, kept in notifications.kept.items()}


def test_events_told_three_times_in_any_order_lead_to_the_same_notifications() -> None:
    once: list[tuple[str, dict[str, Any]]] = [(event_type, {}) for event_type in TABLE]
    wanted = queued(once, FakeNotifications(lambda: 0.0))
    for seed in range(20):
        shuffled = random.Random(seed).sample(once * 3, k=3 * len(once))
        assert queued(shuffled, FakeNotifications(lambda: 0.0)) == wanted


def test_a_batch_queues_what_its_events_queue_one_by_one() -> None:
    one_by_one, together = FakeNotifications(lambda: 0.0), FakeNotifications(lambda: 0.0)
    wanted = queued([(event_type, {}) for event_type in TABLE], one_by_one)
    notify_of([told_of(event_type) for event_type in TABLE] * 2, together, NOW)
    assert {each: kept.state for each, kept in together.kept.items()} == wanted


@pytest.mark.parametrize("what", ["expected", "overdue", "reported", "advanced", "adopted"])
@pytest.mark.parametrize("order", ["12", "21", "1", "2"])
def test_an_event_that_is_told_in_two_versions_is_one_message_to_each_whichever_comes_first(
    what: str, order: str
) -> None:
    # Version 1 has no words for what else an outcome came of; no message says it.
    event, told_now = told_of(f"research.outcome.{what}.v2", origin={"kind": "visit", "id": "vis_1"}, also_of=())
    (told_before,) = earlier(told_now)
    both = {"1": (event.model_copy(update={"type": told_before.type}), told_before), "2": (event, told_now)}
    alone, kept = FakeNotifications(lambda: 0.0), FakeNotifications(lambda: 0.0)
    notify_of([both["2"]], alone, NOW)
    for version in order:
        notify_of([both[version]], kept, NOW)
    assert alone.kept
    assert {each: one.state for each, one in kept.kept.items()} == {each: one.state for each, one in alone.kept.items()}


def test_the_id_is_made_of_event_recipient_and_purpose() -> None:
    event, _ = told_of("research.outcome.expected.v1")
    (notification,) = notifications_of("research.outcome.expected.v1")
    assert notification.id == f"ntf_{derived(event.id, notification.recipient, 'outcome-expected')}"


def whose_channels(purpose: str) -> str:
    """The category, and whether it may be urgent, as the page has it."""
    of = OF_PURPOSES[purpose]
    if of.urgent is never:
        return of.category
    return f"{of.category}, urgent" if of.urgent is always else f"{of.category}, urgent when near"


def test_the_page_for_readers_has_the_same_table() -> None:
    page = (Path(__file__).parents[3] / "docs/notifications.md").read_text("utf-8")
    rows = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("|")]
    written: dict[str, list[str]] = {}
    event = ""
    for first, _, purpose, channels in (row for row in rows if len(row) == 4):
        event = first or event
        written.setdefault(event, []).append(purpose)
        assert purpose not in OF_PURPOSES or channels == whose_channels(purpose)
    wanted = {each: list(dict.fromkeys(line.purpose for line in lines)) for each, lines in TABLE.items()}
    assert {each: written.get(each) for each in TABLE} == wanted
