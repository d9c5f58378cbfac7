"""What a participant's calendar program answers, uploaded or by mail."""

import base64
import binascii
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated

from pydantic import Field

from chassis.apart import apart
from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import derived
from services.exchange.application.convening import Convening
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.calendar_files import MailedCalendar, ReplyReader
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.directory import People
from services.exchange.domain.consultations.answering import answer
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import Answer, with_deputies
from services.exchange.domain.consultations.replies.genuine import (
    CalendarReply,
    GenuineReply,
    must_be_genuine,
    must_come_from,
)
from services.exchange.domain.consultations.replies.refusals import ForeignUid, NotACalendar
from services.exchange.domain.permissions.consultations import may_answer, may_see

MOST_SIGNS = 350_000
"""Of base64: somewhat more than 256 KiB, so that it is the reader who says what is too large."""


class ReceiveCalendarReply(Command):
    """`content`: the file that a calendar program wrote (METHOD REPLY or COUNTER), in base64."""

    content: Annotated[str, Field(max_length=MOST_SIGNS)]


@dataclass(frozen=True)
class Answering:
    """What replies are read and decided with."""

    reader: ReplyReader
    consultations: Consultations
    agreements: Agreements
    people: People
    convening: Convening


def receive_calendar_reply(command: ReceiveCalendarReply, context: Context, answering: Answering) -> Receipt:
    """Uploaded by who may answer for the participant. The same file again has no further effect.

    Raises what `replies.refusals` names, what `answer` raises, and `NotAllowed`.
    """
    content = _content(command.content)
    reply = apart(answering.reader.read, content)
    found = _meant(reply, answering.consultations)
    if not may_see(context.actor, found.state):
        raise ForeignUid(uid=reply.uid[:200])
    once = _once(context, reply, content)
    if before := found.answered(once):
        return before
    genuine = _believed(reply, found.state, None, context, answering.people)
    may_answer(context.actor, found.state.participant(genuine.participant))
    return _answered(found, replace(genuine, by=str(context.actor.person)), once, answering)


def receive_mailed_reply(mailed: MailedCalendar, context: Context, answering: Answering) -> Receipt:
    """By mail, from the attendee's own address. Raises what the upload raises, but for `NotAllowed`."""
    reply = apart(answering.reader.read, mailed.content)
    # First of all: a copy of what was believed is forged all the same.
    must_come_from(mailed.sender, reply)
    found = _meant(reply, answering.consultations)
    once = _once(context, reply, mailed.content)
    if before := found.answered(once):
        return before
    genuine = _believed(reply, found.state, mailed.sender, context, answering.people)
    return _answered(found, genuine, once, answering)


def _content(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotACalendar(why="encoding") from None


def _meant(reply: CalendarReply, consultations: Consultations) -> Loaded[Consultation]:
    try:
        return consultations.load(reply.consultation)
    except Unknown:
        raise ForeignUid(uid=reply.uid[:200]) from None


def _once(context: Context, reply: CalendarReply, content: bytes) -> Context:
    """The command is the file: whoever brings it, however often, it is one."""
    return replace(context, command_id=derived(reply.consultation, "calendar reply", sha256(content).hexdigest()))


def _believed(
    reply: CalendarReply, consultation: Consultation, sender: str | None, context: Context, people: People
) -> GenuineReply:
    named = with_deputies(consultation.participants)
    return must_be_genuine(reply, consultation, sender, people.named(named), context.now)


def _answered(found: Loaded[Consultation], genuine: GenuineReply, context: Context, answering: Answering) -> Receipt:
    """Set as `reply_to_consultation` sets it; what has begun by now is not answered, whenever the reply was written."""
    consultation = found.state
    given = Answer(
        genuine.status,
        genuine.by,
        genuine.at,
        genuine.reason,
        deputy=genuine.deputy,
        begins=genuine.begins,
        minutes=genuine.minutes,
    )
    agreement = answering.agreements.load(consultation.agreement).state
    decision = answer(
        consultation,
        person=genuine.participant,
        given=given,
        slot=genuine.session.slot if genuine.session else None,
        reply_days=agreement.reply_days(consultation.condition),
        now=context.now,
    )
    return answering.convening.save(found, decision, context)
