"""Addresses that lie under an earlier key are sealed with the one that seals now."""

from datetime import datetime

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.kernel.seals import Seals
from services.notify.application.chat import Addresses
from services.notify.domain.chat.address import reseal


def reseal_addresses(addresses: Addresses, seals: Seals, now: datetime) -> int:
    """Each of them once; returns how many. What no key opens is left as it is. Raises `Unavailable`."""
    old = [each for each in addresses.every() if each.state.sealed and seals.opened_by(each.state.sealed)]
    for each in old:
        context = Context(derived(each.id, "reseal", str(each.version)), SYSTEM, now)
        addresses.save(each, reseal(each.state, seals.resealed(each.state.sealed)), context)
    return len(old)
