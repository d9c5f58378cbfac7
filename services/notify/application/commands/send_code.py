"""A code is to be sent to an address that somebody has added."""

from chassis.kernel.context import Context
from chassis.kernel.seals import Seals
from services.notify.application.chat import Addresses, ChatWriter, Messenger, Text
from services.notify.application.ports import People
from services.notify.domain.chat.address import Address, Code, code_sent
from services.notify.domain.chat.fields import unsealed
from services.notify.domain.delivery import TAKEN, Answer
from services.notify.domain.person import stranger


def send_code(
    address_id: str,
    context: Context,
    addresses: Addresses,
    people: People,
    seals: Seals,
    writer: ChatWriter,
    messenger: Messenger,
) -> None:
    """Tries once: the person waits for it, sees what came of it, and asks for another where it did not come.

    Who dies in between sends it again when the timer is tried again; it is the same code.
    """
    found = addresses.load(address_id)
    code = found.state.code
    if code is None or code.sent_at or code.is_over(context.now):
        return
    answer = _sent(found.state, code, people, seals, writer, messenger)
    reason = "" if answer.verdict == TAKEN else answer.reason
    addresses.save(found, code_sent(found.state, code, reason=reason, now=context.now), context)


def _sent(
    address: Address, code: Code, people: People, seals: Seals, writer: ChatWriter, messenger: Messenger
) -> Answer:
    person = people.named([address.person]).get(address.person) or stranger(address.person)
    body = writer.code(seals.opened(code.sealed), person.language)
    return messenger.send(Text(address.channel, unsealed(address.sealed, seals), body, person.language))
