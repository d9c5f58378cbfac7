"""A mail that came back: of which notification it was, and why it could not be delivered."""

from dataclasses import dataclass

_NO_SUCH_MAILBOX = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Of RFC 3463 (3.2, 3.3) and RFC 7505. Not 5.1.7 and 5.1.8, which are about the sender's address."""


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
        """There is no such mailbox, or it takes nothing any more: whatever is sent there comes back."""
        return self.status in _NO_SUCH_MAILBOX

    @property
    def reason(self) -> str:
        """As an attempt has it."""
        return f"bounced {self.status}"
