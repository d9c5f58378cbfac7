"""Which unsent messages an answer makes pointless: those to people who were told because others owe it."""

from services.notify.domain.escalation.escalation import Escalation
from services.notify.domain.escalation.happenings import NOBODY
from services.notify.domain.escalation.telling import OF_REPLIES, PURPOSES
from services.notify.domain.notification import Notification
from services.notify.domain.roles import DEPUTY


def may_become_pointless(message: Notification) -> bool:
    """Whether it went on to somebody, or is beside a message to somebody who is away and is asked about a visit.

    Of a consultation those are asked, too, whose answer goes on to nobody: of them nothing is kept.
    """
    return message.purpose in PURPOSES or (message.because == DEPUTY and message.about.startswith("vis_"))


def is_pointless(message: Notification, escalation: Escalation, heard: int) -> bool:
    """Whether what it asks for is not awaited any more. `heard`: the version of the thing of which the escalation was
    told last: of what came later it says nothing.
    """
    if message.purpose not in PURPOSES:
        return heard >= message.cause.version and not _replies_awaited(escalation)
    awaited = _replies_awaited(escalation) if message.purpose in OF_REPLIES else _to_be_known(escalation)
    # What went on before messages said which answer they are about is awaited for as long as any is.
    anchor = message.cause.facts["unanswered"].get("anchor")
    return anchor not in awaited if anchor else not awaited


def _replies_awaited(escalation: Escalation) -> set[str]:
    """The anchors of the replies that nobody has given."""
    over = {each.anchor for each in escalation.ended} - _left_alone(escalation)
    return {matter.anchor for matter in escalation.asked if not matter.purpose} - over


def _to_be_known(escalation: Escalation) -> set[str]:
    """The anchors of what nobody has acknowledged. What nobody is left for is not kept: it never is acknowledged."""
    return {matter.anchor for matter in escalation.open if matter.purpose} | _left_alone(escalation)


def _left_alone(escalation: Escalation) -> set[str]:
    """What goes on no further because nobody else is there to be told, which is no answer."""
    return {each.anchor for each in escalation.ended if each.because == NOBODY}
