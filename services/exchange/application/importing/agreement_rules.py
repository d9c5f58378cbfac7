"""Everything that an agreement's rows promise and cannot, as far as they could be read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chassis.kernel.errors import Refusal
from services.exchange.application.importing.agreement_lines import Lines, Readings
from services.exchange.application.importing.work import CellRefused
from services.exchange.domain.agreement_text import Condition, impossibilities, inconsistencies
from services.exchange.domain.refusals import UnknownSite

_COLUMN_OF_WHAT = {
    "visits": "visits_per_year",
    "visitor-days": "visitor_days_per_year",
    "kind": "kind",
    "sending_site": "sending_site",
    "host_site": "host_site",
}
"""What a refusal is of -> its column."""


def look_at_rules(lines: Lines, readings: Readings) -> None:
    """Notes each of them at its row: what is said of the text as a whole at the first."""
    _look_at_text(lines, readings)
    for row, fields in zip(lines.rows, lines.fields["conditions"], strict=True):
        condition = _as_far_as_read(fields)
        sites = (condition.sending_site, condition.host_site)
        for refusal in impossibilities(condition, lines.fields.get("partners", sites)):
            readings[row.number].refuse(_of_a_condition(refusal, condition))


def _look_at_text(lines: Lines, readings: Readings) -> None:
    fields, first = lines.fields, readings[min(readings)]
    days = [date.fromisoformat(fields[name]) for name in ("in_effect_from", "in_effect_until") if name in fields]
    for refusal in inconsistencies(days, fields.get("partners", ())):
        first.refuse(refusal)


def _as_far_as_read(fields: Mapping[str, Any]) -> Condition:
    """The row's condition, with nothing in the place of what could not be read."""
    return Condition(
        id="",
        kind=fields["kind"],
        field=fields["field"],
        sending_site=fields.get("sending_site", ""),
        host_site=fields.get("host_site", ""),
        visits_per_year=_number(fields["visits_per_year"]),
        visitor_days_per_year=_number(fields["visitor_days_per_year"]),
        outcomes_per_year=_number(fields["outcomes_per_year"]),
        acceptance=(),
        reply_within_days=0,
        rules=fields.get("rules", {}),
        cost_sharing=fields.get("cost_sharing", {}),
    )


def _number(said: object) -> int:
    return said if isinstance(said, int) else 0


def _of_a_condition(refusal: Refusal, condition: Condition) -> Refusal | CellRefused:
    if isinstance(refusal, UnknownSite):
        is_sending = refusal.facts["site"] == condition.sending_site
        return CellRefused("sending_site" if is_sending else "host_site", refusal)
    return at_its_column(refusal)


def at_its_column(refusal: Refusal) -> Refusal | CellRefused:
    """What a promise is refused for, put down to the cell that makes it."""
    column = _COLUMN_OF_WHAT.get(str(refusal.facts.get("of", "")))
    return CellRefused(column, refusal) if column else refusal
