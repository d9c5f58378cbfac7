"""What a link asks, as its page shows it: what notify says of the link, and how what it is about stands now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.kernel.actor import Actor
from services.web.asking import gateway
from services.web.clients import Refused
from services.web.replies.acting import ANYBODY, actor_of
from services.web.replies.subjects import Subject, subject_of

OPEN, USED, EXPIRED, CHANGED, SETTLED, GONE = "open", "used", "expired", "changed", "settled", "gone"


@dataclass(frozen=True)
class Asked:
    """`link`: as notify has it. `actor`: whose answer it is. `subject`: what the exchange is to hear about, as it
    stands; nothing where notify alone takes the answer, or the person may not see it any more."""

    token: str
    link: Mapping[str, Any]
    actor: Actor
    subject: Subject | None

    @property
    def is_told_to_the_exchange(self) -> bool:
        """Whether the answer is more than an acknowledgement."""
        return bool(self.link["party"] or self.link["participant"])

    @property
    def is_of_visit(self) -> bool:
        return bool(self.link["party"])

    @property
    def standing(self) -> str:
        """Whether it can be answered, or why not."""
        if self.link["state"] != OPEN:
            return str(self.link["state"])
        if not self.is_told_to_the_exchange:
            return OPEN
        if self.subject is None:
            return GONE
        if not self.subject.is_asked:
            return SETTLED
        return CHANGED if self.subject.has_changed else OPEN

    @property
    def is_missing(self) -> bool:
        """Whether the link was used for an answer that the exchange has not: it may be sent again."""
        subject = self.subject
        return bool(
            self.standing == USED and subject and subject.is_asked and not subject.has_changed and subject.is_awaited
        )

    @property
    def answers(self) -> list[str]:
        """The answers that can be given now."""
        if self.standing == OPEN:
            return list(self.link["answers"])
        return [str(self.link["answer"])] if self.is_missing else []


def asked_by(token: str) -> Asked:
    """What the link asks. Raises `Refused` (`Unknown`) where there is none, and as the gateway does."""
    link = gateway().call("notify", "reply_link", {"token": token}, actor=ANYBODY)
    actor = actor_of(link["person"], link["site"])
    return Asked(token, link, actor, _subject(link, actor))


def _subject(link: Mapping[str, Any], actor: Actor) -> Subject | None:
    if not (link["party"] or link["participant"]):
        return None
    try:
        return subject_of(link, actor)
    except Refused:
        # To whoever may not see it (any more), it is as if it were not there.
        return None
