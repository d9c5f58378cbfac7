"""What a consultation came to: cases with their opinions, actions, the joint finding, notes."""

from collections.abc import Mapping

from services.exchange.application.queries.views import View, text_of
from services.exchange.domain.consultations.cases import Action, Case
from services.exchange.domain.consultations.consultation import Consultation, JointFinding
from services.exchange.domain.person import Person


def cases_view(consultation: Consultation) -> list[View]:
    """`[{id, reference, question, urgency, presenter, slot, consent, opinion, withdrawn}]`."""
    return [_case(case) for case in consultation.cases]


def actions_view(consultation: Consultation, named: Mapping[str, Person]) -> list[View]:
    """As `action_view`, in the order in which they were asked for."""
    return [action_view(action, named) for action in consultation.actions]


def action_view(action: Action, named: Mapping[str, Person]) -> View:
    """`{id, what, owner, owner_name, due_on, slot, case, state, done_on, note, chased}`."""
    return {
        "id": action.id,
        "what": action.what,
        "owner": action.owner,
        "owner_name": named[action.owner].passport_name if action.owner in named else None,
        "due_on": text_of(action.due_on),
        "slot": text_of(action.slot),
        "case": action.case,
        "state": "open" if action.is_open else "dropped" if action.dropped else "done",
        "done_on": text_of(action.done_on),
        "note": action.note,
        "chased": action.chased,
    }


def finding_view(finding: JointFinding | None) -> View | None:
    """`{summary, outcome_type, due_days}`, or null."""
    if finding is None:
        return None
    return {"summary": finding.summary, "outcome_type": finding.outcome_type, "due_days": finding.due_days}


def _case(case: Case) -> View:
    opinion = case.opinion
    return {
        "id": case.id,
        "reference": case.reference,
        "question": case.question,
        "urgency": case.urgency,
        "presenter": case.presenter,
        "slot": text_of(case.slot),
        "consent": {"by": case.consent_by, "at": text_of(case.consent_at)},
        "opinion": {"text": opinion.text, "by": opinion.by, "at": text_of(opinion.at)} if opinion else None,
        "withdrawn": case.withdrawn,
    }
