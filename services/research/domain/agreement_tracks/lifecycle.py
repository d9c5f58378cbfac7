"""The states of an agreement track and what leads from one to the other: the only place that says so."""

from collections.abc import Mapping

from services.research.domain.agreement_tracks.refusals import TrackNotOpen
from services.research.domain.agreement_tracks.track import ENDED, EXPIRED, IN_FORCE, OPEN

TAKE, RETURN, SIGN, END, EXPIRE = "take_step", "return_step", "sign_track", "end_track", "expire"
WIDEN, AGREE, DECLINE = "widen_track", "agree_to_widening", "decline_widening"

LEADS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    TAKE: {OPEN: (OPEN,)},
    RETURN: {OPEN: (OPEN,)},
    SIGN: {OPEN: (OPEN, IN_FORCE)},
    WIDEN: {OPEN: (OPEN,)},
    AGREE: {OPEN: (OPEN,)},
    DECLINE: {OPEN: (OPEN,)},
    END: {OPEN: (ENDED,), IN_FORCE: (ENDED,)},
    EXPIRE: {IN_FORCE: (EXPIRED,)},
}
"""By command (`expire` is a timer's) and the state it is given in: the states it may lead to."""


def must_fit(state: str, command: str) -> None:
    """Raises `TrackNotOpen`."""
    if state not in LEADS[command]:
        raise TrackNotOpen(state=state, command=command, fits=list(LEADS[command]))
