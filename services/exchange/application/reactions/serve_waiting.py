"""A consultation may have given back time: who waits for it takes it."""

from dataclasses import replace
from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.context import Context
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent
from services.exchange.application.convening import Convening
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations.waiting import in_turn, take_what_is_free


def serve_waiting(
    event: CloudEvent, now: datetime, consultations: Consultations, agreements: Agreements, convening: Convening
) -> None:
    """Everybody who waits tries to take their time, urgent ones and the oldest first.

    What is still taken goes on being waited for, and so does what a rule forbids by now: its time will end it.
    """
    context = caused_by(event, "serve_waiting", now)
    for consultation in in_turn([each.state for each in consultations.waiting()]):
        # One event may serve several: each has a command of its own.
        one = replace(context, command_id=derived(context.command_id, consultation.id))
        _serve(consultation.id, one, consultations, agreements, convening)


def _serve(
    consultation_id: str, context: Context, consultations: Consultations, agreements: Agreements, convening: Convening
) -> None:
    loaded = consultations.load(consultation_id)
    days = agreements.load(loaded.state.agreement).state.reply_days(loaded.state.condition)
    decision = take_what_is_free(loaded.state, reply_days=days, now=context.now)
    if loaded.answered(context) or decision is None:
        return
    try:
        convening.take(loaded, decision, context)
    except Refusal:
        return
