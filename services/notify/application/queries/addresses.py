"""Where a person is reached by chat and telephone."""

from collections.abc import Collection
from datetime import datetime

from chassis.commands import Command
from chassis.kernel.actor import Actor
from contracts.words import PersonId
from services.notify.application.chat import Addresses
from services.notify.application.queries.views import View, text_of
from services.notify.domain.channels import CHANNELS
from services.notify.domain.chat.address import CODE_LASTS, REMOVED, TRIES, Address, Code, address_id
from services.notify.domain.chat.permissions import may_see_addresses


class AskAddresses(Command):
    """`person`: the actor, where it is left out."""

    person: PersonId | None = None


def addresses(asked: AskAddresses, actor: Actor, now: datetime, kept: Addresses, offered: Collection[str]) -> View:
    """`{person, offered, items}`: the channels that may be chosen, and the addresses, of which a few last signs are
    shown and never more. Raises `NotAllowed`.
    """
    person = may_see_addresses(actor, asked.person)
    known = kept.named(address_id(person, channel) for channel in CHANNELS)
    standing = {each.channel: each for each in known.values() if each.state != REMOVED}
    return {
        "person": person,
        "offered": [channel for channel in CHANNELS if channel in offered],
        "items": [_item(standing[channel], now) for channel in CHANNELS if channel in standing],
    }


def _item(address: Address, now: datetime) -> View:
    return {
        "channel": address.channel,
        "state": address.state,
        "shown": address.shown,
        "code": _code(address.code, now) if address.code else None,
    }


def _code(code: Code, now: datetime) -> View:
    """`state`: `on-its-way`, `sent`, `not-sent` for the reason, or `over`."""
    state = "over" if code.is_over(now) else "not-sent" if code.reason else "sent" if code.sent_at else "on-its-way"
    until = text_of(code.made_at + CODE_LASTS)
    return {"state": state, "reason": code.reason, "until": until, "tries_left": TRIES - code.tries}
