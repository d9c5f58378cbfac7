"""Somebody subscribes to a calendar."""

from typing import Annotated, Any, Literal

from pydantic import StringConstraints

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import NotAllowed
from chassis.kernel.ids import document_id
from contracts.words import Language
from services.exchange.application.feeding import Feeding
from services.exchange.application.ports.calendar_feeds import CalendarAddresses
from services.exchange.application.ports.letters import Codes
from services.exchange.domain.calendar_address import MOST_OPEN, CalendarAddress, hashed, open_address
from services.exchange.domain.calendar_address_refusals import TooManyCalendarAddresses
from services.exchange.domain.permissions.calendar_addresses import may_subscribe

SubjectId = Annotated[str, StringConstraints(pattern=r"^(per|sit|dep|agr)_[0-9a-z-]{1,60}$")]


class OpenCalendarAddress(Command):
    """`subject`: the person, site, department or agreement, as `kind` says; the entries are in `language`."""

    kind: Literal["person", "site", "department", "agreement"]
    subject: SubjectId
    language: Language = "en"


def open_calendar_address(
    command: OpenCalendarAddress,
    context: Context,
    addresses: CalendarAddresses,
    feeding: Feeding,
    secrets: Codes,
    web_url: str,
) -> dict[str, Any]:
    """`{id, version, state, address}`: the address is told this once, and kept by nobody but who asked.

    A repeat of the command answers with `address` null: who lost the first answer revokes this one and opens another.
    Raises `NotAllowed`, `Unknown`, `TooManyCalendarAddresses`.
    """
    address_id = document_id("cal", context.command_id)
    if made := addresses.made(address_id, context):
        return _answer(made, None)
    sites = feeding.subject(command.kind, command.subject).sites
    may_subscribe(context.actor, command.kind, command.subject, sites)
    owner = context.actor.person
    if owner is None:
        raise NotAllowed(action="open_calendar_address", needs="a person")
    if addresses.open_of(owner) >= MOST_OPEN:
        raise TooManyCalendarAddresses(most=MOST_OPEN)
    secret = secrets.fresh()
    address = CalendarAddress(
        address_id, command.kind, command.subject, command.language, owner, hashed(secret), context.now
    )
    receipt = addresses.add(address_id, open_address(address), context)
    # Beaten to it by its own repeat, this one's secret is not the one that was kept.
    kept = addresses.load(address_id).state.secret == address.secret
    return _answer(receipt, feed_address(web_url, secret) if kept else None)


def feed_address(web_url: str, secret: str) -> str:
    """Where the feed is read."""
    return f"{web_url.rstrip('/')}/calendars/{secret}.ics"


def _answer(receipt: Receipt, address: str | None) -> dict[str, Any]:
    return {"id": receipt.id, "version": receipt.version, "state": receipt.state, "address": address}
