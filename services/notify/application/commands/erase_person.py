"""Everything about a person is to be gone."""

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId
from services.notify.application.erasures import Erasures
from services.notify.domain.admin.erasing import ask_again, ask_to_erase, erasure_id
from services.notify.domain.admin.permissions import must_administer


class ErasePerson(Command):
    """`reason` is kept: it should not say more of the person than was erased."""

    person: PersonId
    reason: FullParagraph


def erase_person(command: ErasePerson, context: Context, erasures: Erasures) -> Receipt:
    """From now on nothing is kept about them; what is there is removed by the worker. Raises `NotAllowed`."""
    must_administer(context.actor, "erase_person")
    identity = erasure_id(command.person)
    if not erasures.named([identity]):
        return erasures.add(identity, ask_to_erase(command.person, reason=command.reason, now=context.now), context)
    found = erasures.load(identity)
    again = ask_again(found.state, reason=command.reason, now=context.now)
    return found.answered(context) or erasures.save(found, again, context)
