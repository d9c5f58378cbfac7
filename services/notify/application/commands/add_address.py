"""A person says where they are reached by a channel."""

from collections.abc import Callable, Collection
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.seals import Seals
from services.notify.application.chat import Addresses
from services.notify.application.deciding import decided_on
from services.notify.domain.chat.address import Address, add, address_id, blank
from services.notify.domain.chat.fields import Fields, masked, sealed
from services.notify.domain.chat.permissions import own_addresses
from services.notify.domain.chat.refusals import ChannelNotOffered

Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{20,80}$")]
Telephone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{9,13}$")]
"""E.164, with the country's code: `+92…`, `+86…`."""


class WeCom(Command):
    """A group's bot: `key` as it stands behind `key=` in the bot's address."""

    channel: Literal["wecom"]
    key: Token


class DingTalk(Command):
    """A group's custom robot: `token` behind `access_token=` in its address, `secret` where it asks for signatures."""

    channel: Literal["dingtalk"]
    token: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{20,80}$")]
    secret: Annotated[str, StringConstraints(pattern=r"^SEC[A-Za-z0-9]{20,80}$")] | None = None


class Feishu(Command):
    """A group's custom bot: `token`, the last part of its address."""

    channel: Literal["feishu"]
    token: Token


class OnTelephone(Command):
    """A telephone number; the account that writes to it is the operator's."""

    channel: Literal["whatsapp", "sms"]
    phone: Telephone


Given = Annotated[WeCom | DingTalk | Feishu | OnTelephone, Field(discriminator="channel")]


class AddAddress(Command):
    """What stood there by the channel before is let go."""

    address: Given


def add_address(
    command: AddAddress,
    context: Context,
    addresses: Addresses,
    offered: Collection[str],
    seals: Seals,
    new_code: Callable[[], str],
) -> Receipt:
    """Keeps it, sealed; a code goes there, and nothing else before the person has confirmed it.

    Raises `NotAllowed`, `ChannelNotOffered`, `TooManyCodes`.
    """
    person, channel = own_addresses(context.actor), command.address.channel
    identity = address_id(person, channel)
    if answer := addresses.made(identity, context):
        return answer
    if channel not in offered:
        raise ChannelNotOffered(channel=channel)
    fields = command.address.model_dump(exclude={"channel"}, exclude_none=True)

    def added(standing: Address) -> Decision[Address]:
        return _added(standing, fields, context, seals, new_code)

    return decided_on(addresses, identity, blank(person, channel), added, context)


def _added(
    standing: Address, fields: Fields, context: Context, seals: Seals, new_code: Callable[[], str]
) -> Decision[Address]:
    code = seals.sealed(new_code())
    return add(standing, sealed=sealed(fields, seals), shown=masked(fields), code=code, now=context.now)
