"""The envelope's sender: where what cannot be delivered comes back to, and which mail it was."""

import re
from dataclasses import dataclass

NOTIFICATION_ID = "ntf_[0-9a-f]{32}"


@dataclass(frozen=True)
class ReturnAddress:
    """`address` alone, or with `tagged` one of its own for each mail: `bounces+ntf_…@hospital.example` (VERP).

    Who does not get a mail does not know its id: a made-up one names nothing.
    """

    address: str
    tagged: bool = False

    def of(self, notification: str) -> str:
        """The sender of the envelope of one mail."""
        local, _, domain = self.address.rpartition("@")
        return f"{local}+{notification}@{domain}" if self.tagged else self.address

    def named_in(self, text: str) -> str | None:
        """The id in an address of ours that stands in the text; `None` where none does."""
        local, _, domain = self.address.rpartition("@")
        found = re.search(rf"{re.escape(local)}\+({NOTIFICATION_ID})@{re.escape(domain)}", text, re.IGNORECASE)
        return found[1].lower() if found else None
