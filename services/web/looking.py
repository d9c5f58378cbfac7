"""A question that a form asks on the way to its command: the form stays, whatever comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.web.asking import gateway, signed_in_actor
from services.web.clients import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.forms import CommandForm
from services.web.refusals import NOTHING_KNOWN, Known, Refusal, readable

SECONDS = 10.0
"""Looking may take longer than other questions."""


@dataclass(frozen=True)
class Looked:
    """What came of looking. `answer`: None where nothing was answered; then `refusal` says why, or it is away."""

    answer: Any = None
    refusal: Refusal | None = None

    @property
    def is_away(self) -> bool:
        return self.answer is None and self.refusal is None

    @property
    def status(self) -> int:
        """Of the page that shows it."""
        return self.refusal.status if self.refusal else 503 if self.is_away else 200


def look(
    form: CommandForm, service: str, method: str, asked: Mapping[str, Any], known: Known = NOTHING_KNOWN
) -> Looked:
    """Asks. What the service complains of is written beside the fields."""
    try:
        return Looked(gateway().call(service, method, asked, actor=signed_in_actor(), timeout=SECONDS))
    except Refused as refused:
        refusal = readable(refused.name, refused.facts, known)
        form.mark(dict(refusal.problems))
        return Looked(refusal=refusal)
    except (CallTimedOut, ServiceUnavailable, ServiceFailed):
        return Looked()
