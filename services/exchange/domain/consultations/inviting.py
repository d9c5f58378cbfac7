"""Who is sent which calendar file when something happens to a consultation (RFC 5546).

An invitation is sent to who takes part: participants, and deputies once they come in somebody's place. A consultation
that waits for its time has invited nobody yet.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.consultation import WAITLIST, Consultation
from services.exchange.domain.consultations.deputies import deputies_coming
from services.exchange.domain.consultations.ending import expected_at, took_place_with
from services.exchange.domain.consultations.sessions import CALLED_OFF
from services.exchange.domain.visit import CANCELLED

REQUEST, CANCEL, CANCEL_SESSION = "request", "cancel", "cancel-session"
REMOVE, KEEP = "remove", "keep"
"""It goes on without them; where sessions took place with them, these stay."""
DECLINE_COUNTER = "decline-counter"
SEVERAL = 2
EVERYBODY, NEWCOMERS, LEAVERS = "everybody", "newcomers", "leavers"


@dataclass(frozen=True)
class Invitation:
    """One kind of file for these people. `slot`: of the session that it is about, where it is about one.

    `called_off`: slots of the sessions that it tells people will not take place, the earliest first.
    `audience`: `everybody`, `newcomers` who are asked for the first time, or `leavers` without whom it goes on.
    """

    kind: str
    consultation: Consultation
    people: tuple[str, ...]
    slot: datetime | None = None
    reason: str = ""
    audience: str = EVERYBODY
    called_off: tuple[datetime, ...] = ()


def invitations(happenings: Iterable[object]) -> tuple[Invitation, ...]:
    """What one decision sends: one file to each, the one that says how it stands in the end."""
    sent: list[Invitation] = []
    reached: set[str] = set()
    for invitation in reversed(_told_whole([each for happening in happenings for each in _sent_for(happening)])):
        people = tuple(person for person in invitation.people if person not in reached)
        if people:
            sent.append(replace(invitation, people=people))
            reached.update(people)
    return tuple(reversed(sent))


def taking_part(consultation: Consultation, off: Container[datetime] = ()) -> tuple[str, ...]:
    """Participants, and the deputies who come to what is planned, or were to come to one of these slots."""
    return _with_others(consultation, deputies_coming(consultation, off))


def _with_others(consultation: Consultation, others: frozenset[str]) -> tuple[str, ...]:
    participants = tuple(each.person for each in consultation.participants)
    return (*participants, *sorted(others - set(participants)))


def _told_whole(sent: Sequence[Invitation]) -> Sequence[Invitation]:
    """Where several sessions are called off at once, one file that leaves them out stands for a file for each."""
    if sum(each.kind == CANCEL_SESSION for each in sent) < SEVERAL:
        return sent
    return [replace(each, kind=REQUEST, slot=None) if each.kind == CANCEL_SESSION else each for each in sent]


def _sent_for(happening: object) -> Sequence[Invitation]:
    send = _SENT.get(type(happening))
    if send is None or (isinstance(happening, events.ConsultationHappening) and _waits(happening)):
        return ()
    return send(happening)


def _waits(happening: events.ConsultationHappening) -> bool:
    return happening.consultation.state == WAITLIST


def _proposed(happening: events.ConsultationProposed) -> list[Invitation]:
    of = happening.consultation
    return [Invitation(REQUEST, of, tuple(person for person in taking_part(of) if person != of.organiser))]


def _request(happening: events.ConsultationHappening) -> list[Invitation]:
    return [Invitation(REQUEST, happening.consultation, taking_part(happening.consultation))]


def _rescheduled(happening: events.ConsultationRescheduled) -> list[Invitation]:
    return [*_request(happening), *_removed(happening, happening.relieved, happening.reason)]


def _changed(happening: events.ParticipantsChanged) -> list[Invitation]:
    of, new = happening.consultation, happening.added
    asked = Invitation(REQUEST, of, tuple(person for person in taking_part(of) if person in new), audience=NEWCOMERS)
    stay = Invitation(REQUEST, of, tuple(person for person in taking_part(of) if person not in new))
    gone = tuple(person for person in (*happening.removed, *happening.relieved) if person not in new)
    return [asked, stay, *_removed(happening, gone, happening.reason)]


def _replied(happening: events.ConsultationReplied) -> list[Invitation]:
    """Who comes instead gets it into their calendar, and whom they stand in for sees it in theirs.

    A deputy who came before and comes to other sessions now is told of those.
    """
    answer = happening.answer
    asked = (happening.participant, answer.deputy) if answer.deputy else ()
    told = Invitation(REQUEST, happening.consultation, tuple(dict.fromkeys((*asked, *happening.shifted))))
    return [told, *_removed(happening, happening.relieved, answer.reason)]


def _counter_declined(happening: events.CounterDeclined) -> list[Invitation]:
    to, reason = (happening.participant,), happening.reason
    return [Invitation(DECLINE_COUNTER, happening.consultation, to, happening.slot, reason)]


def _cancelled(happening: events.ConsultationCancelled) -> list[Invitation]:
    of = happening.consultation
    if happening.before == WAITLIST:
        return []
    if any(session.state != CALLED_OFF for session in of.sessions):
        # What took place stays in people's calendars; the rest is left out of what they are told anew.
        return [_off(REQUEST, happening)]
    return [_off(CANCEL, happening)]


def _entered_in_error(happening: events.ConsultationEnteredInError) -> list[Invitation]:
    of = happening.consultation
    if happening.before in (WAITLIST, CANCELLED):
        return []
    met = (expected_at(of, session) for session in of.sessions if session.is_over)
    everybody = _with_others(of, deputies_coming(of).union(*met))
    return [Invitation(CANCEL, of, everybody, reason=happening.reason)]


def _session_cancelled(happening: events.SessionCancelled) -> list[Invitation]:
    return [replace(_off(CANCEL_SESSION, happening), slot=happening.session.slot)]


def _off(kind: str, happening: events.ConsultationCancelled | events.SessionCancelled) -> Invitation:
    of, reason = happening.consultation, happening.reason
    return Invitation(kind, of, taking_part(of, happening.slots), reason=reason, called_off=happening.slots)


def _removed(happening: events.ConsultationHappening, people: tuple[str, ...], reason: str) -> list[Invitation]:
    """Who took part in what is over keeps that."""
    of = happening.consultation
    kept = tuple(person for person in people if took_place_with(of, person))
    gone = tuple(person for person in people if person not in kept)
    return [Invitation(kind, of, who, reason=reason, audience=LEAVERS) for kind, who in ((KEEP, kept), (REMOVE, gone))]


_SENT: Mapping[type, Callable[[Any], Sequence[Invitation]]] = {
    events.ConsultationProposed: _proposed,
    events.WaitingEnded: _request,
    events.ConsultationBooked: _request,
    events.ConsultationRescheduled: _rescheduled,
    events.ParticipantsChanged: _changed,
    events.ConsultationReplied: _replied,
    events.CounterDeclined: _counter_declined,
    events.ConsultationCancelled: _cancelled,
    events.SessionCancelled: _session_cancelled,
    events.ConsultationEnteredInError: _entered_in_error,
}
"""What is not here sends no file."""
