"""Notifications carried to people's chats and telephones: what the inbox says of them, and where it leads."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.kernel.documents import Documents, Loaded
from chassis.kernel.seals import Seals
from services.notify.application.ports import Message
from services.notify.domain.channels import CHANNELS, RINGING
from services.notify.domain.chat.address import CONFIRMED, Address, address_id
from services.notify.domain.chat.fields import Fields, unsealed
from services.notify.domain.chat.lengths import FITS, fitted
from services.notify.domain.chat.refusals import NoSuchAddress
from services.notify.domain.delivery import NEVER, Answer


class Addresses(Documents[Address], Protocol):
    """One document for each person and channel by which they ever had an address."""

    def every(self) -> list[Loaded[Address]]:
        """All of them."""
        ...


NO_ADDRESS = "no-address"


@dataclass(frozen=True)
class Note:
    """A message in its reader's language, as the inbox has it. `link`: where it leads."""

    subject: str
    text: str
    link: str
    language: str


@dataclass(frozen=True)
class Text:
    """Plain text on its way by a channel. `fields`: what it takes to reach the person there."""

    channel: str
    fields: Fields
    body: str
    language: str


class ChatWriter(Protocol):
    """Puts into words what goes to chats and telephones."""

    def note(self, message: Message) -> Note:
        """The notification, short."""
        ...

    def code(self, code: str, language: str) -> str:
        """What brings a person the code with which they confirm an address."""
        ...


class Messenger(Protocol):
    """Hands texts over to the services that bring them to people."""

    def send(self, text: Text) -> Answer:
        """Hands one over and tells what came of it; raises nothing that the address or the service is to blame for."""
        ...


@dataclass(frozen=True)
class Chat:
    """`Carrier` by one of the channels that make a telephone ring."""

    channel: str
    writer: ChatWriter
    addresses: Addresses
    seals: Seals
    messenger: Messenger

    def carry(self, message: Message, now: datetime) -> Answer:  # noqa: ARG002 (a text has no date of its own)
        address = self._address_of(message.reader.id)
        if address is None:
            return Answer(NEVER, reason=NO_ADDRESS)
        note = self.writer.note(message)
        body = fitted(f"{note.subject}\n{note.text}", note.link, FITS[self.channel])
        return self.messenger.send(Text(self.channel, unsealed(address.sealed, self.seals), body, note.language))

    def rest(self) -> None:
        """Nothing is kept open from one text to the next."""

    def _address_of(self, person: str) -> Address | None:
        return confirmed(person, [self.channel], self.addresses).get(self.channel)


def confirmed(person: str, channels: Iterable[str], addresses: Addresses) -> dict[str, Address]:
    """A person's confirmed addresses by these channels."""
    found = addresses.named([address_id(person, channel) for channel in channels])
    return {each.channel: each for each in found.values() if each.state == CONFIRMED}


def must_have_addresses(person: str, channels: Collection[str], addresses: Addresses) -> None:
    """Mail needs none here: the exchange knows it. Raises `NoSuchAddress`."""
    ringing = [channel for channel in CHANNELS if channel in channels and channel in RINGING]
    known = confirmed(person, ringing, addresses) if ringing else {}
    for channel in ringing:
        if channel not in known:
            raise NoSuchAddress(channel=channel)
