"""The worker removes everything about a person."""

from chassis.kernel.context import Context
from chassis.kernel.errors import NotYet
from services.notify.application.erasures import Erasures, Traces
from services.notify.domain.admin.erasing import DONE, finish


def erase(erasure_id: str, context: Context, erasures: Erasures, traces: Traces) -> None:
    """Goes on where a worker died; done when nothing is left. Raises `NotYet` while events are still to be told."""
    found = erasures.load(erasure_id)
    if found.state.state == DONE:
        return
    if traces.remove(found.state.person):
        raise NotYet(kind="events told", id=found.state.person)
    erasures.save(found, finish(found.state), context)
