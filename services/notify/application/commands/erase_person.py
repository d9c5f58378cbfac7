"""Everything about a person is to be gone."""

from functools import partial

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId
from services.notify.application.deciding import decided_on
from services.notify.application.erasures import Erasures
from services.notify.domain.admin.erasing import Erasure, ask, erasure_id
from services.notify.domain.admin.permissions import must_administer


class ErasePerson(Command):
    """`reason` is kept: it should not say more of the person than was erased."""

    person: PersonId
    reason: FullParagraph


def erase_person(command: ErasePerson, context: Context, erasures: Erasures) -> Receipt:
    """From now on nothing is kept about them; what is there is removed by the worker. Raises `NotAllowed`."""
    must_administer(context.actor, "erase_person")
    first = Erasure(erasure_id(command.person), command.person, context.now)
    return decided_on(erasures, first.id, first, partial(ask, reason=command.reason, now=context.now), context)
