"""Nobody stands in for a person any more."""

from chassis.commands import Change, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId
from services.notify.application.deputies import Deputies
from services.notify.application.ports import People
from services.notify.domain.deputy import deputation_id, withdraw
from services.notify.domain.permissions import may_withdraw_deputy
from services.notify.domain.person import stranger
from services.notify.domain.refusals import NoDeputy


class WithdrawDeputy(Change):
    person_id: PersonId
    reason: Paragraph = ""


def withdraw_deputy(command: WithdrawDeputy, context: Context, deputies: Deputies, people: People) -> Receipt:
    """From now on the person alone is told."""
    person = people.named([command.person_id]).get(command.person_id) or stranger(command.person_id)
    made = deputation_id(person.id)
    stands = deputies.named([made]).get(made)
    may_withdraw_deputy(context.actor, person, stands)
    if stands is None:
        raise NoDeputy(person=person.id)
    deputation = deputies.load(made)
    if answer := deputation.answered(context):
        return answer
    return deputies.save(deputation, withdraw(deputation.state, reason=command.reason), context)
