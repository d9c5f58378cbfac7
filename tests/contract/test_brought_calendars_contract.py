"""What is promised of the calendar files that events brought, in memory and in the database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.store import database_at
from services.notify.adapters.brought_calendar_store import BroughtCalendarStore
from services.notify.application.brought_calendars import CalendarsBrought
from services.notify.application.reactions import keep_calendars
from services.notify.domain.brought_calendars import BroughtCalendars
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeCalendarsBrought
from tests.unit.notify.samples import NOW, told_of

BOOKED, INVITED = "exchange.visit.booked.v1", "exchange.consultation.invited.v1"


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def kept(request: pytest.FixtureRequest) -> CalendarsBrought:
    if request.param == "in memory":
        return FakeCalendarsBrought()
    installation = request.getfixturevalue("make_installation")([replace(MANIFEST, subscribes_to=())])
    return BroughtCalendarStore(database_at(installation.mongo_url("notify"))["calendars"])


def bring(kept: CalendarsBrought, event_type: str) -> BroughtCalendars:
    told = told_of(event_type)
    keep_calendars([told, told], kept, NOW)
    (found,) = kept.about(told[0].subject_id)
    return found


def test_it_is_whole_again_when_it_is_read(kept: CalendarsBrought) -> None:
    of_visit, of_consultation = bring(kept, BOOKED), bring(kept, INVITED)
    visit, invited = told_of(BOOKED)[1].model_dump(mode="json"), told_of(INVITED)[1].model_dump(mode="json")
    for goes, who in ((True, "visitors"), (False, "others")):
        file = of_visit.files.for_reader(goes=goes)
        assert file
        assert (file.method, file.reply_to, file.texts) == ("PUBLISH", "", visit["calendar"][who])
    file = of_consultation.files.for_reader(goes=False)
    assert file
    assert (file.method, file.reply_to, file.texts) == (invited["method"], invited["reply_to"], invited["calendars"])
    assert of_visit.named >= {*visit["visitors"], visit["proposer"]}
    assert (of_visit.recipients, of_consultation.recipients) == (frozenset(), frozenset(invited["recipients"]))
    assert of_consultation.named >= of_consultation.recipients


def test_told_again_it_stays_as_it_was(kept: CalendarsBrought) -> None:
    first = bring(kept, BOOKED)
    kept.keep([replace(first, version=99)], NOW + timedelta(days=1))
    assert kept.about(first.about) == [first]
    assert kept.forget(NOW + timedelta(seconds=1), 10) == 1


def test_what_brings_none_leaves_nothing(kept: CalendarsBrought) -> None:
    event, data = told_of("exchange.visit.proposed.v1")
    keep_calendars([(event, data), told_of(BOOKED, calendar=None)], kept, NOW)
    assert kept.about(event.subject_id) == []


def test_it_is_let_go_of_some_at_a_time(kept: CalendarsBrought) -> None:
    bring(kept, BOOKED)
    bring(kept, INVITED)
    assert kept.forget(NOW, 10) == 0
    assert [kept.forget(NOW + timedelta(seconds=1), 1) for _ in range(3)] == [1, 1, 0]
