"""What the driver says, in this project's words."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.client_session import ClientSession
from pymongo.errors import (
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    NetworkTimeout,
    OperationFailure,
    WaitQueueTimeoutError,
    WTimeoutError,
)

from chassis.kernel.documents import HoldTaken
from chassis.kernel.errors import Unavailable, WriteConflict

UNANSWERED = (ConnectionFailure, NetworkTimeout, ExecutionTimeout, WaitQueueTimeoutError, WTimeoutError)
"""What the driver raises where the server does not answer (in time): what was asked may or may not be done."""
DUPLICATE_KEY = 11000
"""The code of a write error where a unique index has the value already."""
_WRITE_CONFLICT = 112
_AWAY = {
    6,  # HostUnreachable
    7,  # HostNotFound
    89,  # NetworkTimeout
    91,  # ShutdownInProgress
    189,  # PrimarySteppedDown
    9001,  # SocketException
    10107,  # NotWritablePrimary
    11600,  # InterruptedAtShutdown
    11602,  # InterruptedDueToReplStateChange
    13435,  # NotPrimaryNoSecondaryOk
    13436,  # NotPrimaryOrSecondary
}


class StoreUnavailable(Unavailable):
    """The database does not answer; what was asked may or may not be done. Facts: `because`, the driver's name."""


@contextmanager
def store_faults(within: ClientSession | None = None) -> Iterator[None]:
    """Turns what the driver raises into `StoreUnavailable`, `WriteConflict` or `HoldTaken`; the rest goes on as it is.

    `within` a transaction a passing conflict goes on too: the driver then runs the whole transaction again.
    """
    try:
        yield
    except DuplicateKeyError as error:
        _raise_if_hold(error.details or {})
        raise
    except UNANSWERED as error:
        raise StoreUnavailable(because=type(error).__name__) from error
    except OperationFailure as error:
        passing = error.has_error_label("TransientTransactionError")
        if passing and within is not None:
            raise
        if passing or error.code == _WRITE_CONFLICT:
            raise WriteConflict from error
        if error.code in _AWAY:
            raise StoreUnavailable(because=f"code {error.code}") from error
        raise


def _raise_if_hold(details: object) -> None:
    pattern = details.get("keyPattern", {}) if isinstance(details, dict) else {}
    if "holds" in pattern and isinstance(details, dict):
        raise HoldTaken(key=details["keyValue"]["holds"])
