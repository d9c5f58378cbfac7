"""What an agreement promises of outcomes against what was delivered."""

from typing import Any

from chassis.commands import Command, Line
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.errors import Unknown
from contracts.words import AgreementId
from services.research.application.ports.measures import Measures
from services.research.application.ports.promises import Promises
from services.research.application.queries.measures import Year
from services.research.application.queries.views import View
from services.research.domain.promises import Balance, balances


class AskPromises(Command):
    """Of one agreement; of one field or year of it, or of all."""

    agreement_id: AgreementId
    field: Line | None = None
    year: Year | None = None


def promises(asked: AskPromises, actor: Actor, kept: Promises, measures: Measures) -> View:
    """`{agreement, rows, totals}`: a row for each condition and year, a total for each field and year.

    Raises `Unknown` where nobody has told of the agreement, and for people of no partner's site.
    """
    promised = kept.of(asked.agreement_id)
    sees_all = actor.is_system or actor.has(ADMINISTRATOR)
    if promised is None or not (sees_all or actor.sites & promised.zones.keys()):
        raise Unknown(kind="agreement", id=asked.agreement_id)
    found = [each for each in balances(promised, measures.delivered(asked.agreement_id)) if _is_asked(asked, each)]
    found.sort(key=lambda each: (each.promise.field.casefold(), each.year, each.promise.condition))
    return {"agreement": asked.agreement_id, "rows": [_row(each) for each in found], "totals": _totals(found)}


def _is_asked(asked: AskPromises, balance: Balance) -> bool:
    of_field = asked.field is None or asked.field.casefold() == balance.promise.field.casefold()
    return of_field and asked.year in (None, balance.year)


def _row(balance: Balance) -> View:
    promise = balance.promise
    return {
        "condition": promise.condition,
        "kind": promise.kind,
        "field": promise.field,
        "sending_site": promise.sending_site,
        "host_site": promise.host_site,
        "year": balance.year,
        "promised": balance.promised,
        "delivered": balance.delivered,
    }


def _totals(found: list[Balance]) -> list[View]:
    totals: dict[tuple[str, int], dict[str, Any]] = {}
    for each in found:
        nothing = {"field": each.promise.field, "year": each.year, "promised": 0, "delivered": 0}
        total = totals.setdefault((each.promise.field.casefold(), each.year), nothing)
        total["promised"] += each.promised
        total["delivered"] += each.delivered
    return list(totals.values())
