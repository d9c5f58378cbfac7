"""A remark for both sites."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import VisitId
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.permissions.visits import may_act
from services.exchange.domain.remarks import add_note as noted


class AddNote(Change):
    """Something that people of both sites should read."""

    visit_id: VisitId
    text: FullParagraph


def add_note(command: AddNote, context: Context, visits: Visits) -> Receipt:
    """Puts the note behind the others."""
    visit = visits.load(command.visit_id)
    if answer := visit.answered(context):
        return answer
    may_act(context.actor, visit.state, "add_note")
    decision = noted(visit.state, text=command.text, by=context.actor.person, now=context.now)
    return visits.save(visit, decision, context)
