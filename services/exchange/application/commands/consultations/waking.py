"""What time alone does to a consultation: it lapses, and people are reminded."""

from collections.abc import Callable

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from services.exchange.application.convening import Convening
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations import acting, calling_off, waking
from services.exchange.domain.consultations.consultation import Consultation


def lapse_consultation(
    consultation_id: str, context: Context, consultations: Consultations, convening: Convening
) -> None:
    """Calls off what nobody settled in time; does nothing where it was settled meanwhile."""
    _look_at(consultation_id, context, consultations, convening, calling_off.lapse)


def remind_of_session(
    consultation_id: str, context: Context, consultations: Consultations, convening: Convening
) -> None:
    """Tells of a session that is near."""
    _look_at(consultation_id, context, consultations, convening, waking.remind)


def ask_to_close(consultation_id: str, context: Context, consultations: Consultations, convening: Convening) -> None:
    """Tells of a session that is long over and was not closed."""
    _look_at(consultation_id, context, consultations, convening, waking.ask_to_close)


def chase_actions(consultation_id: str, context: Context, consultations: Consultations, convening: Convening) -> None:
    """Reminds whoever owes something."""
    _look_at(consultation_id, context, consultations, convening, acting.chase)


def _look_at(
    consultation_id: str,
    context: Context,
    consultations: Consultations,
    convening: Convening,
    decide: Callable[..., Decision[Consultation] | None],
) -> None:
    found = consultations.load(consultation_id)
    if found.answered(context):
        return
    if decision := decide(found.state, now=context.now):
        convening.keep(found, decision, context)
