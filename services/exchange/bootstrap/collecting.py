"""What a worker does beside events and timers: it collects replies that come by mail."""

from chassis.mailbox import ImapMailbox, MailServer
from chassis.working import Task
from services.exchange.bootstrap.exchange import Exchange

SECONDS = 10.0
"""Between two looks into the mailbox."""


def collecting(exchange: Exchange, server: MailServer | None) -> list[Task]:
    """The task, where a mailbox is named for it."""
    if server is None:
        return []
    return [Task("calendar replies", exchange.reply_post(ImapMailbox(server)).collect, seconds=SECONDS)]
