"""What is told of an error, and what is not."""

import pytest
from pymongo.errors import AutoReconnect, DuplicateKeyError, OperationFailure, ServerSelectionTimeoutError

from chassis.failed_events.judging import database_is_away, judged, told
from chassis.kernel.errors import Refusal, WriteConflict
from chassis.store.faults import StoreUnavailable
from contracts.catalogue import NotAnEvent


class HostFull(Refusal):
    """A refusal with a person's name among its facts, as one should not have."""


def test_a_refusal_tells_ids_and_numbers_and_no_words() -> None:
    error = HostFull(visit="vis_1", left=0, over=True, name="MEHRBAN ALI", nested={"email": "a@b"})
    assert told(error)["message"] == "visit=vis_1, left=0, over=True, name=…, nested=…"
    assert told(error)["type"] == "HostFull"


def test_an_error_that_nobody_foresaw_tells_its_type_and_place_alone() -> None:
    with pytest.raises(RuntimeError) as raised:
        raise RuntimeError("MEHRBAN ALI")
    assert told(raised.value)["message"] == ""
    assert told(raised.value)["at"].startswith("test_judging.py:")


def test_an_unreadable_event_tells_which_field_was_wrong() -> None:
    assert judged(NotAnEvent("time: missing")).error["message"] == "time: missing"


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (StoreUnavailable(because="x"), True),
        (AutoReconnect("x"), True),
        (ServerSelectionTimeoutError("x"), True),
        (WriteConflict(), False),
        (DuplicateKeyError("x"), False),
        (OperationFailure("x", 13), False),
        (OSError("disk"), False),
    ],
)
def test_the_database_is_away_when_its_driver_says_so_and_not_for_other_errors(error: Exception, away: bool) -> None:
    assert database_is_away(error) is away
