"""A calendar address is taken back."""

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import CalendarAddressId
from services.exchange.application.ports.calendar_feeds import CalendarAddresses
from services.exchange.domain.calendar_address import revoke
from services.exchange.domain.permissions.calendar_addresses import must_own


class RevokeCalendarAddress(Change):
    """Whoever reads the address finds nothing there from now on."""

    address_id: CalendarAddressId


def revoke_calendar_address(command: RevokeCalendarAddress, context: Context, addresses: CalendarAddresses) -> Receipt:
    """By its owner or an administrator."""
    found = addresses.load(command.address_id)
    must_own(context.actor, found.state)
    if answer := found.answered(context):
        return answer
    return addresses.save(found, revoke(found.state, now=context.now), context)
