"""Collecting the mails that came back."""

from collections.abc import Callable

from chassis.clock import Clock
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.mailbox import Mailbox, Post, Received
from services.notify.domain.bounce import Bounce

ReadBounce = Callable[[bytes], Bounce | None]
"""What a message says of a mail of ours; `None` where it says that nothing is wrong. Raises refusals."""
Report = Callable[[Bounce, Context], object]


class BouncePost(Post):
    """A mail that is found twice, or by two workers, changes nothing the second time: a mail bounces once."""

    def __init__(self, mailbox: Mailbox, read: ReadBounce, report: Report, clock: Clock) -> None:
        super().__init__("bounce", mailbox, self._look_into)
        self._read, self._report, self._clock = read, report, clock

    def _look_into(self, message: Received) -> None:
        if bounce := self._read(message.raw):
            self._report(bounce, Context(derived(bounce.notification, "bounce"), SYSTEM, self._clock.now()))
