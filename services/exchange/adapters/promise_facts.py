"""What an agreement promises of outcomes, as its events tell it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.exchange.domain.agreement import Agreement
from services.exchange.domain.promised import by_condition, promised, texts_in_force


def promised_facts(agreement: Agreement, zones: Iterable[str]) -> list[dict[str, Any]]:
    """Each condition that is or was in force; none of an agreement kept before it was known since when its text is."""
    return [
        {
            "condition": condition.id,
            "kind": condition.kind,
            "field": condition.field,
            "sending_site": condition.sending_site,
            "host_site": condition.host_site,
            "outcomes": [{"year": year, "promised": many} for year, many in sorted(outcomes.items())],
            "since": _since(agreement, condition.id),
            "until": removal.in_force_since if (removal := agreement.removal(condition.id)) else None,
        }
        for condition, outcomes in by_condition(promised(agreement, zones)).values()
    ]


def _since(agreement: Agreement, condition: str) -> datetime:
    return next(since for since, version in texts_in_force(agreement) if version.condition(condition))
