"""A mail that came back: of which notification it was, and why it could not be delivered."""

from dataclasses import dataclass

from services.notify.domain.statuses import no_such_mailbox


@dataclass(frozen=True)
class Bounce:
    """`status`: of RFC 3463, such as 5.1.1. `diagnostic`: what the last server said, short, without addresses."""

    notification: str
    status: str
    diagnostic: str = ""

    @property
    def for_good(self) -> bool:
        """The address will take nothing tomorrow either (hard); else it was only this time (soft)."""
        return self.status.startswith("5")

    @property
    def nobody_is_there(self) -> bool:
        """Whatever is sent there comes back."""
        return no_such_mailbox(self.status)

    @property
    def reason(self) -> str:
        """As an attempt has it."""
        return f"bounced {self.status}"
