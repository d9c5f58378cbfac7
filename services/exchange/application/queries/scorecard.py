"""What an agreement promised against what happened."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from chassis.commands import Command
from chassis.kernel.actor import Actor
from contracts.words import AgreementId
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.queries.views import View
from services.exchange.domain.agreement import Agreement, Condition
from services.exchange.domain.agreement_text import CONSULTATION, JOINT_OUTCOME
from services.exchange.domain.ledger import Ledger
from services.exchange.domain.permissions.directory import may_look_up

_COUNTS = {CONSULTATION: "sessions", JOINT_OUTCOME: "outcomes"}
"""What is counted as `visits` under conditions of some kinds."""
_BESIDE = ("visitor_days", "outcomes")


class AskScorecard(Command):
    """Of one year, or of all."""

    agreement_id: AgreementId
    year: Annotated[int, Field(ge=1970, le=2200, strict=True)] | None = None


def scorecard(asked: AskScorecard, actor: Actor, kept: Agreements, ledgers: Ledgers) -> View:
    """`{agreement, state, names, years}`; each year `{year, conditions, totals}`, a line per ledger.

    Figures: `visits` promised, used (they happened), held (booked) and left; `visitor_days` promised, `planned` (of
    what happened and what is booked), `actual` (of what happened), held and left; `outcomes` promised and reported.
    Under a condition of consultations `visits` are its sessions, as `counts` says; in the totals they stand apart, as
    `sessions`, where there is such a condition.
    """
    may_look_up(actor)
    loaded = kept.load(asked.agreement_id)
    standing = [each for each in ledgers.of_agreement(loaded.id) if asked.year in (None, each.year)]
    return {
        "agreement": loaded.id,
        "state": loaded.state.state,
        "names": dict(loaded.state.names),
        "years": [_year(year, standing, loaded.state) for year in sorted({each.year for each in standing})],
    }


def _year(year: int, ledgers: Sequence[Ledger], agreement: Agreement) -> View:
    of_year = [ledger for ledger in ledgers if ledger.year == year]
    known = {each.id: each for version in agreement.versions for each in version.text.conditions}
    lines = [{**_what(known[ledger.condition]), "closed": ledger.closed, **_figures(ledger)} for ledger in of_year]
    return {"year": year, "conditions": lines, "totals": _totals(lines)}


def _what(condition: Condition) -> View:
    return {
        "condition": condition.id,
        "kind": condition.kind,
        "counts": _COUNTS.get(condition.kind, "visits"),
        "field": condition.field,
        "sending_site": condition.sending_site,
        "host_site": condition.host_site,
    }


def _figures(ledger: Ledger) -> dict[str, dict[str, int]]:
    visits, days = ledger.visits, ledger.visitor_days
    return {
        "visits": {"promised": visits.promised, "used": visits.used, "held": visits.held, "left": visits.left},
        "visitor_days": {
            "promised": days.promised,
            "planned": ledger.planned_days + days.held,
            "actual": days.used,
            "held": days.held,
            "left": days.left,
        },
        "outcomes": {"promised": ledger.outcomes_promised, "reported": ledger.outcomes_reported},
    }


def _totals(lines: Sequence[View]) -> View:
    met = [line["visits"] for line in lines if line["counts"] == "sessions"]
    apart = {"sessions": _sum(met)} if met else {}
    # Of a year of consultations alone the visits are none: as many figures, all of them nothing.
    visits = [line["visits"] if line["counts"] != "sessions" else dict.fromkeys(line["visits"], 0) for line in lines]
    return {"visits": _sum(visits), **apart, **{of: _sum([line[of] for line in lines]) for of in _BESIDE}}


def _sum(figures: Sequence[dict[str, int]]) -> dict[str, int]:
    return {name: sum(each[name] for each in figures) for name in figures[0]}
