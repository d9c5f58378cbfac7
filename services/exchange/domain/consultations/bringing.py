"""Bringing cases before a session."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.cases import Case
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.refusals import (
    CaseReferenceTwice,
    CaseSettled,
    ConsentNeeded,
    NoSuchCase,
)
from services.exchange.domain.consultations.standing import the_next, the_planned


@dataclass(frozen=True)
class NewCase:
    """A case as it is brought. `slot`: the session that it is for; none where it is for the next one."""

    id: str
    reference: str
    question: str
    urgency: str
    presenter: str
    consent_confirmed: bool
    slot: datetime | None = None


def bring(consultation: Consultation, case: NewCase, *, by: str | None, now: datetime) -> Decision[Consultation]:
    """The case is to be talked about.

    Raises `WrongState`, what `taken_up` raises and, for a slot, what `the_planned` raises.
    """
    must_fit(consultation, "bring_case")
    brought = with_cases(consultation, (case,), by=by, now=now)
    return Decision(brought, what=f"case {case.reference} brought")


def with_cases(consultation: Consultation, cases: Iterable[NewCase], *, by: str | None, now: datetime) -> Consultation:
    """With these cases, too.

    Raises `PatientIdentity`, `ConsentNeeded`, `CaseReferenceTwice`, `NotAParticipant` for the presenter, and for a slot
    `NoSuchSession`, `SessionClosed`; without one `WhichSession` where none is to come and several are not closed.
    """
    for case in cases:
        consultation = replace(consultation, cases=(*consultation.cases, _taken_up(consultation, case, by, now)))
    return consultation


def withdraw(consultation: Consultation, case_id: str, *, reason: str) -> Decision[Consultation]:
    """The case is not to be talked about after all. Raises `WrongState`, `NoSuchCase`, `CaseSettled`."""
    must_fit(consultation, "withdraw_case")
    must_name_no_patient(reason=reason)
    case = open_case(consultation, case_id)
    changed = with_case(consultation, replace(case, withdrawn=True))
    return Decision(changed, what=f"case {case.reference} withdrawn", why=reason)


def open_case(consultation: Consultation, case_id: str) -> Case:
    """A case that nobody has said anything of. Raises `NoSuchCase`, `CaseSettled`."""
    case = next((each for each in consultation.cases if each.id == case_id), None)
    if case is None:
        raise NoSuchCase(consultation=consultation.id, case=case_id)
    if not case.is_open:
        raise CaseSettled(case=case_id)
    return case


def carried_over(consultation: Consultation, slot: datetime, now: datetime) -> Consultation:
    """With the open cases of a session that is no more before the next that is to come, if there is one."""
    following = the_next(consultation, now)
    if following is None:
        return consultation
    cases = (
        replace(case, slot=following.slot) if case.slot == slot and case.is_open else case
        for case in consultation.cases
    )
    return replace(consultation, cases=tuple(cases))


def with_case(consultation: Consultation, changed: Case) -> Consultation:
    """With this case in the place of the one of its id."""
    cases = (changed if case.id == changed.id else case for case in consultation.cases)
    return replace(consultation, cases=tuple(cases))


def _taken_up(consultation: Consultation, case: NewCase, by: str | None, now: datetime) -> Case:
    must_name_no_patient(reference=case.reference, question=case.question)
    if not case.consent_confirmed:
        raise ConsentNeeded(reference=case.reference)
    if any(each.reference == case.reference and not each.withdrawn for each in consultation.cases):
        raise CaseReferenceTwice(reference=case.reference)
    consultation.participant(case.presenter)
    following = the_next(consultation, now)
    session = the_planned(consultation, case.slot or (following.slot if following else None))
    return Case(
        id=case.id,
        reference=case.reference,
        question=case.question,
        urgency=case.urgency,
        presenter=case.presenter,
        slot=session.slot,
        consent_by=by,
        consent_at=now,
    )
