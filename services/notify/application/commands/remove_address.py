"""A person is not to be reached by a channel any more."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from contracts.words import PersonId
from services.notify.application.chat import Addresses
from services.notify.application.commands.confirm_address import Channel
from services.notify.domain.chat.address import address_id, remove
from services.notify.domain.chat.permissions import may_remove_address
from services.notify.domain.chat.refusals import NoSuchAddress


class RemoveAddress(Command):
    """`person`: the actor, where it is left out."""

    channel: Channel
    person: PersonId | None = None


def remove_address(command: RemoveAddress, context: Context, addresses: Addresses) -> Receipt:
    """What goes by the channel is passed over from now on, for the next one. Raises `NotAllowed`, `NoSuchAddress`."""
    person = may_remove_address(context.actor, command.person)
    try:
        found = addresses.load(address_id(person, command.channel))
    except Unknown:
        raise NoSuchAddress(channel=command.channel) from None
    if answer := found.answered(context):
        return answer
    decision = remove(found.state, by_administrator=person != context.actor.person)
    return addresses.save(found, decision, context)
