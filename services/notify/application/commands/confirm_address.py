"""A person enters the code that came to their address."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from chassis.kernel.seals import Seals
from services.notify.application.chat import Addresses
from services.notify.domain.chat.address import CONFIRMED, Address, address_id, code_was_wrong, confirm
from services.notify.domain.chat.permissions import own_addresses
from services.notify.domain.chat.refusals import NothingToConfirm

Channel = Literal["wecom", "dingtalk", "feishu", "whatsapp", "sms"]


class ConfirmAddress(Command):
    """`code`: six digits."""

    channel: Channel
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


def confirm_address(command: ConfirmAddress, context: Context, addresses: Addresses, seals: Seals) -> Receipt:
    """From now on messages may go there. A wrong code is counted first, and refused then.

    Raises `NotAllowed`, `NothingToConfirm`, `CodeWrong`, `CodeOver`.
    """
    identity = address_id(own_addresses(context.actor), command.channel)
    try:
        found = addresses.load(identity)
    except Unknown:
        raise NothingToConfirm(channel=command.channel) from None
    receipt, address = _decided(found, command, context, addresses, seals)
    if receipt.state != CONFIRMED:
        raise code_was_wrong(address)
    return receipt


def _decided(
    found: Loaded[Address], command: ConfirmAddress, context: Context, addresses: Addresses, seals: Seals
) -> tuple[Receipt, Address]:
    if answer := found.answered(context):
        return answer, found.state
    decision = confirm(found.state, code=_code_of(found.state, seals), entered=command.code, now=context.now)
    return addresses.save(found, decision, context), decision.state


def _code_of(address: Address, seals: Seals) -> str:
    return seals.opened(address.code.sealed) if address.code else ""
