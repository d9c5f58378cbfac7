"""An annual report from its evidence: every table, and every row with the figures that it counts in."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.exchange.domain.money import plain
from services.exchange.domain.rates import Rate
from services.exchange.domain.reporting.chapters import chapters
from services.exchange.domain.reporting.conferring import action_rows, attendance_rows, session_rows
from services.exchange.domain.reporting.evidence import Evidence
from services.exchange.domain.reporting.figures import Counting, Row, Table
from services.exchange.domain.reporting.happenings import outcome_rows, step_rows, visit_rows
from services.exchange.domain.reporting.promises import promise_rows
from services.exchange.domain.reporting.report import Asked
from services.exchange.domain.reporting.spending import spending
from services.exchange.domain.site import Site
from services.exchange.domain.totals import Missing
from services.exchange.domain.words import Names


@dataclass(frozen=True)
class Traced:
    """A row, and the codes of the figures that it counts in."""

    row: Row
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Limits:
    """What the report cannot know: documents of which it is not known how they stood; outcomes counted undated."""

    inexact: tuple[str, ...] = ()
    undated: int = 0


@dataclass(frozen=True)
class Account:
    """All that an annual report tells. `agreements` are their names, by id; `chapters` are tables by chapter's code.

    `consults`: whether consultations were promised or planned; of nothing there are no chapters.
    """

    asked: Asked
    agreements: Mapping[str, Names]
    sites: Mapping[str, Site]
    chapters: Mapping[str, tuple[Table, ...]]
    rows: tuple[Traced, ...]
    rates: tuple[Rate, ...]
    missing: tuple[Missing, ...]
    limits: Limits
    consults: bool

    @property
    def tables(self) -> list[Table]:
        return [table for tables in self.chapters.values() for table in tables]


def compile_account(evidence: Evidence) -> Account:
    """Counts everything; the same evidence gives the same account."""
    promises, spent = promise_rows(evidence), spending(evidence)
    happened = [*visit_rows(evidence), *outcome_rows(evidence), *step_rows(evidence)]
    met = session_rows(evidence)
    rows = [*promises, *happened, *spent.rows, *met, *attendance_rows(evidence), *action_rows(evidence)]
    consults = bool(met) or any(row.cells["sessions"] is not None for row in promises)
    counting = Counting(rows)
    told = chapters(evidence.asked, consults=consults)
    tables = {each.code: tuple(counting.table(plan) for plan in each.plans) for each in told}
    return Account(
        asked=evidence.asked,
        agreements={past.id: past.state.names for past in evidence.agreements},
        sites=evidence.sites,
        chapters=tables,
        rows=tuple(Traced(row, counting.codes(row)) for row in rows),
        rates=spent.used,
        missing=spent.missing,
        limits=_limits(evidence),
        consults=consults,
    )


def fingerprint(account: Account) -> str:
    """SHA-256 of every row, figure and name that is told, hexadecimal; not of when it was asked."""
    told = {
        "agreements": account.agreements,
        "sites": {site.id: [site.names, [[each.id, each.names] for each in site.departments]] for site in
                  account.sites.values()},
        "rows": [[each.row.sheet, each.row.id, each.row.cells, each.codes] for each in account.rows],
        "figures": [[f.code, f.value] for table in account.tables for line in table.lines for f in line.figures],
        "rates": [[rate.id, rate.rate, rate.source] for rate in account.rates],
        "limits": [account.limits.inexact, account.limits.undated],
    }  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=_text).encode()).hexdigest()


def _text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return plain(value) if isinstance(value, Decimal) else value.isoformat()


def _limits(evidence: Evidence) -> Limits:
    return Limits(
        inexact=tuple(sorted(evidence.inexact)),
        undated=len([each for each in evidence.outcomes if each.at is None]),
    )
