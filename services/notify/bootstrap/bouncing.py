"""Mails that did not reach anybody: what a worker does about those that came back, and about those refused at once."""

from functools import partial
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.mailbox import ImapMailbox
from chassis.working import Task
from services.notify.adapters.bounces import BounceReader
from services.notify.application import commands
from services.notify.application.collecting_bounces import BouncePost
from services.notify.application.email import Suppress
from services.notify.bootstrap.stores import Stores, stores_on
from services.notify.domain.bounce import Bounce
from services.notify.settings import MailSettings

SECONDS = 30.0
"""Between two looks into the mailbox."""


def suppressing_refused(stores: Stores) -> Suppress:
    """What is done about an address that a server says nobody is at."""
    return decided_again_on_conflict(
        partial(commands.suppress_refused, suppressions=stores.suppressions, erased=stores.erased)
    )


class Bounces:
    """What is done about them."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    @decided_again_on_conflict
    def report(self, bounce: Bounce, context: Context) -> None:
        shelves = (self._stores.notifications, self._stores.digests)
        commands.suppress_bounced(bounce, context, shelves, self._stores.suppressions, self._stores.people)
        commands.report_bounce(bounce, context, shelves, self._stores.preferences)


def collecting_bounces(database: Database[dict[str, Any]], clock: Clock, settings: MailSettings) -> list[Task]:
    """The task, where a mailbox is named for it."""
    if settings.bounces is None or settings.returns_to is None:
        return []
    reader = BounceReader(settings.returns_to, settings.domain)
    post = BouncePost(ImapMailbox(settings.bounces), reader.read, Bounces(stores_on(database)).report, clock)
    return [Task("bounces", post.collect, seconds=SECONDS)]
