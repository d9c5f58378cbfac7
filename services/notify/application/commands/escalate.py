"""Moments have come at which nobody has answered."""

from collections.abc import Iterator

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from contracts.envelope import version_in
from services.notify.application.deputies import Deputies
from services.notify.application.erasures import Erased, nobody_was
from services.notify.application.escalations import Escalations, around
from services.notify.application.ports import Notifications
from services.notify.application.reactions.notify_of import in_chain_of
from services.notify.domain.escalation.escalation import Escalation
from services.notify.domain.escalation.going_on import ToTell, go_on
from services.notify.domain.escalation.telling import facts_for, told_next
from services.notify.domain.notification import Cause, Notification, queue


def escalate(
    escalation_id: str,
    context: Context,
    escalations: Escalations,
    deputies: Deputies,
    notifications: Notifications,
    erased: Erased = nobody_was,
) -> None:
    """Tells who is next in line, as things stand now; nothing where the answer came meanwhile, or is asked anew.

    Ids are made of escalation, matter and step: whoever dies before the note that they were told queues nothing twice.
    """
    found = escalations.load(escalation_id)
    stands = around(found.state, deputies, notifications, erased)
    gone_on = go_on(found.state, stands, now=context.now)
    if gone_on is None:
        return
    if queued := list(_queued(found.state, gone_on.told, context)):
        notifications.add_new(queued)
    escalations.save(found, gone_on.decision, context)


def _queued(
    escalation: Escalation, told: tuple[ToTell, ...], context: Context
) -> Iterator[tuple[Decision[Notification], Context]]:
    for to_tell in told:
        cause = _cause(escalation, to_tell, context)
        decision = queue(told_next(to_tell), cause, now=context.now)
        yield decision, in_chain_of(cause, decision.state.id.partition("_")[2], context.now)


def _cause(escalation: Escalation, to_tell: ToTell, context: Context) -> Cause:
    """No event leads to it: a step does, and the chain is that of the event that asked."""
    source = escalation.source_of(to_tell.moment.matter)
    return Cause(
        event=to_tell.moment.id_in(escalation.id),
        correlation=source.correlation,
        traceparent=source.traceparent,
        about=escalation.about,
        facts=facts_for(to_tell, source.facts),
        happened_at=context.now,
        version=version_in(source.sequence),
    )
