"""What a participant said of several sessions as a whole: it is told from what they said of each, and not kept.

So who takes back what they said of one says something else of the whole by it, and of sessions that are over nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import Answer
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.parties import ACCEPTED, DECLINED, NEEDS_ACTION, TENTATIVE


def status_of(consultation: Consultation, person: str, sessions: Sequence[Session]) -> str:
    """Accepted by who comes to one of them at least, declined by who comes to none; `needs-action` until they answered
    of each. Who accepted all and hesitates over one, or is asked again for one that moved, has accepted still.
    """
    statuses = {answer.status if answer else NEEDS_ACTION for answer in _of_each(consultation, person, sessions)}
    of_all = consultation.answers.get(person)
    unsettled = (ACCEPTED, TENTATIVE) if of_all and of_all.status == ACCEPTED else (TENTATIVE, ACCEPTED)
    return next(status for status in (NEEDS_ACTION, *unsettled, DECLINED) if status in statuses)


def answer_to_all(consultation: Consultation, person: str, sessions: Sequence[Session]) -> Answer | None:
    """The answer of that status: what they said of all at once, else the last that they gave."""
    status, of_all = status_of(consultation, person, sessions), consultation.answers.get(person)
    if status == NEEDS_ACTION or (of_all and of_all.status == status):
        return of_all
    given = (each for each in _of_each(consultation, person, sessions) if each and each.status == status)
    return max(given, key=lambda answer: answer.at).without_other_time()


def with_what_was_said(consultation: Consultation) -> Consultation:
    """Who only spoke of each session has said that of all, as they are asked again for one: the others meet as ever."""
    silent = (each.person for each in consultation.participants if each.person not in consultation.answers)
    said = ((person, answer_to_all(consultation, person, consultation.planned)) for person in silent)
    return replace(consultation, answers={**consultation.answers, **{who: answer for who, answer in said if answer}})


def _of_each(consultation: Consultation, person: str, sessions: Sequence[Session]) -> list[Answer | None]:
    of_all = consultation.answers.get(person)
    of_each = (session.answers.get(person) for session in sessions)
    return [answer if answer and answer.is_given else of_all for answer in of_each]
