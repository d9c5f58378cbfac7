"""What the worker does about chats and telephones."""

from collections.abc import Callable
from functools import partial
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.seals import Seals
from chassis.timers import Timers
from chassis.working import Task
from services.notify.adapters.chat import ChatWords
from services.notify.application import commands
from services.notify.application.chat import Chat, Messenger
from services.notify.application.digesting import Digesting
from services.notify.application.ports import Notifications
from services.notify.application.sending import Sending
from services.notify.application.turnstile import Turnstile
from services.notify.bootstrap.stores import Stores, gate_of, lookup_in, stores_on
from services.notify.domain.channels import CHANNELS, RINGING
from services.notify.domain.chat.address import SEND_CODE
from services.notify.domain.limits import Limits

OLD_KEYS = "addresses under old keys"


def sending_texts(
    database: Database[dict[str, Any]], clock: Clock, web_url: str, seals: Seals, messenger: Messenger, limits: Limits
) -> list[Task]:
    """The worker's tasks: one for each channel, so that no slow service holds up another, and two for addresses."""
    stores, writer = stores_on(database), ChatWords(web_url)

    def task(channel: str) -> Task:
        carrier = Chat(channel, writer, stores.addresses, seals, messenger)
        return Task(channel, _both(stores, carrier, clock, limits), seconds=1)

    codes = partial(_send_code, stores, seals, writer, messenger)
    timers = Timers(database["addresses"], {SEND_CODE: codes}, clock)
    return [
        *(task(channel) for channel in CHANNELS if channel in RINGING),
        Task("codes", timers.run_due, seconds=0.5),
        Task(OLD_KEYS, lambda: commands.reseal_addresses(stores.addresses, seals, clock.now()), seconds=600),
    ]


def _both(stores: Stores, carrier: Chat, clock: Clock, limits: Limits) -> Callable[[], int]:
    """A round of single notifications, and of digests."""
    lookup, gate, turnstile = lookup_in(stores), gate_of(stores, clock), Turnstile(limits, stores.tickets)
    digesting = Digesting(stores.notifications, stores.digests, stores.escalations)

    def of(queue: Notifications) -> Sending:
        return Sending(carrier.channel, queue, lookup, carrier, digesting, clock, gate=gate, turnstile=turnstile)

    singles, digests = of(stores.notifications), of(stores.digests)
    return lambda: singles.send_due() + digests.send_due()


@decided_again_on_conflict
def _send_code(
    stores: Stores, seals: Seals, writer: ChatWords, messenger: Messenger, address_id: str, context: Context
) -> None:
    commands.send_code(address_id, context, stores.addresses, stores.people, seals, writer, messenger)
