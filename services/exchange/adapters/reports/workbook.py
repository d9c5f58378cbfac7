"""The annual report as a spreadsheet: what it is, every figure, and every row with the codes it counts in."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from chassis.kernel.cells import writable
from services.exchange.adapters.reports.naming import Naming
from services.exchange.adapters.reports.telling import about
from services.exchange.adapters.reports.wording import sheets
from services.exchange.application.importing.ports import Kind, Page
from services.exchange.domain.money import plain
from services.exchange.domain.reporting.compiling import Account, Traced
from services.exchange.domain.reporting.conferring import ACTIONS, ATTENDANCE, SESSIONS
from services.exchange.domain.reporting.figures import Figure, Line, Table, Value
from services.exchange.domain.reporting.happenings import OUTCOMES, STEPS, VISITS
from services.exchange.domain.reporting.promises import PROMISES
from services.exchange.domain.reporting.spending import MONEY

Columns = Mapping[str, Kind]

_FIGURES: Columns = {
    "code": "text", "chapter": "text", "table": "text", "row": "text", "measure": "text", "value": "amount",
    "unit": "text", "how": "text", "sheet": "text", "column": "text",
}  # fmt: skip
_RATES: Columns = {"from": "text", "to": "text", "rate": "amount", "day": "day", "source": "text"}
_SHEETS: Mapping[str, Columns] = {
    PROMISES: {
        "number": "number", "agreement": "text", "condition": "text", "kind": "text", "field": "text",
        "sending": "text", "host": "text", "visits": "number", "visitor_days": "number", "outcomes": "number",
    },
    VISITS: {
        "agreement": "text", "condition": "text", "kind": "text", "field": "text", "sending": "text", "host": "text",
        "department": "text", "state": "text", "planned_arrival": "day", "planned_departure": "day",
        "actual_arrival": "day", "actual_departure": "day", "visitors": "number", "came": "number",
        "planned_days": "number", "actual_days": "number", "proposed": "day", "booked": "day",
        "days_to_booked": "number", "overdue": "number", "slipped": "number", "flags": "text",
    },
    OUTCOMES: {
        "condition": "text", "type": "text", "visit": "text", "consultation": "text", "counted": "day",
    },
    STEPS: {
        "visit": "text", "step": "text", "state": "text", "deadline": "day", "expected": "day", "done": "day",
        "overdue": "number", "slipped": "number",
    },
    MONEY: {
        "visit": "text", "sending": "text", "host": "text", "line": "text", "payer": "text", "currency": "text",
        "budgeted": "amount", "budgeted_day": "day", "actual": "amount", "actual_day": "day",
        "budgeted_converted": "amount", "actual_converted": "amount",
    },
}  # fmt: skip
_OF_CONSULTATIONS: Mapping[str, Columns] = {
    SESSIONS: {
        "consultation": "text", "title": "text", "agreement": "text", "condition": "text", "field": "text",
        "urgent": "number", "state": "text", "slot": "text", "begins": "text", "local": "text", "hours": "amount",
        "holds": "number", "attended": "number", "cases": "number", "opinion_routine": "number",
        "opinion_urgent": "number", "opinion_emergency": "number", "cases_withdrawn": "number",
        "cases_open": "number", "cases_unheard": "number", "actions": "number", "found": "text",
    },
    ATTENDANCE: {
        "consultation": "text", "agreement": "text", "condition": "text", "field": "text", "slot": "text",
        "held_on": "day", "person": "text", "site": "text",
    },
    ACTIONS: {
        "consultation": "text", "agreement": "text", "condition": "text", "field": "text", "slot": "text",
        "owner": "text", "due": "day", "done": "day", "state": "text",
    },
}  # fmt: skip
"""Sheets of an account that tells of consultations, and of no other."""
_NARROW = frozenset({"number", "day", "amount"})
_WIDTHS = {
    "code": 10, "codes": 48, "id": 38, "row": 48, "condition": 40, "visit": 38, "table": 40, "source": 40,
    "consultation": 38, "title": 40, "slot": 18, "begins": 18, "local": 48, "person": 38, "owner": 38,
}  # fmt: skip
_ABOUT = 100
"""Characters: here the value is a sentence."""


class Workbook:
    """The sheets of one account."""

    def __init__(self, account: Account, naming: Naming) -> None:
        self._account, self._naming = account, naming

    def pages(self, made: str) -> Iterator[Page]:
        """Every sheet, in the order of reading; `made` says when and by whom."""
        yield self._page("about", {"row": "text", "value": "text"}, self._about(made))
        yield self._page("figures", _FIGURES, list(self._figures()))
        for name, columns in self._sheets().items():
            rows = [self._row(each, columns) for each in self._account.rows if each.row.sheet == name]
            yield self._page(name, {"id": "text", **columns, "codes": "text"}, rows)
        if self._account.asked.currency:
            yield self._page("rates", _RATES, list(self._rates()))

    def _sheets(self) -> Mapping[str, Columns]:
        if not self._account.consults:
            return _SHEETS
        promises: Columns = {**_SHEETS[PROMISES], "sessions": "number"}
        return {**_SHEETS, PROMISES: promises, **_OF_CONSULTATIONS}

    def _page(self, name: str, columns: Columns, rows: list[dict[str, str]]) -> Page:
        usual = _WIDTHS | ({"value": _ABOUT} if name == "about" else {})
        headings = {column: self._naming.column(column) for column in columns}
        return Page(
            name=self._naming.sheet(name),
            note=self._naming.of(sheets.SHEET_NOTES[name]),
            columns={headings[column]: kind for column, kind in columns.items()},
            rows=[{headings[column]: writable(text) for column, text in row.items()} for row in rows],
            right_to_left=self._naming.language == "ur",
            widths={headings[each]: usual.get(each, 14 if kind in _NARROW else 24) for each, kind in columns.items()},
        )

    def _about(self, made: str) -> list[dict[str, str]]:
        return [{"row": label, "value": text} for label, text in about(self._account, self._naming, made)]

    def _figures(self) -> Iterator[dict[str, str]]:
        for chapter, tables in self._account.chapters.items():
            for table in tables:
                for line in table.lines:
                    for figure in line.figures:
                        yield {"chapter": self._naming.chapter(chapter), **self._figure(table, line, figure)}

    def _figure(self, table: Table, line: Line, figure: Figure) -> dict[str, str]:
        naming, measure = self._naming, figure.measure
        return {
            "code": figure.code,
            "table": naming.table(table),
            "row": naming.line(table, line),
            "measure": naming.measure(measure.name),
            "value": _text(figure.value),
            "unit": self._unit(table, line, figure),
            "how": naming.of(sheets.HOW[measure.how]),
            "sheet": naming.sheet(measure.sheet),
            "column": naming.column(measure.column) if measure.column else "",
        }

    def _unit(self, table: Table, line: Line, figure: Figure) -> str:
        if figure.measure.sheet != MONEY:
            return ""
        if figure.measure.needed:
            return self._account.asked.currency or ""
        return str(line.key[table.plan.by.index("currency")])

    def _row(self, traced: Traced, columns: Columns) -> dict[str, str]:
        told = {name: self._cell(name, traced.row.cells.get(name), kind) for name, kind in columns.items()}
        return {"id": traced.row.id, **told, "codes": " ".join(traced.codes)}

    def _cell(self, name: str, value: Value, kind: Kind) -> str:
        return self._naming.value(name, value) if kind == "text" else _text(value)

    def _rates(self) -> Iterator[dict[str, str]]:
        for rate in self._account.rates:
            pair = {"from": rate.from_currency, "to": rate.to_currency}
            yield {**pair, "rate": plain(rate.rate), "day": rate.day.isoformat(), "source": rate.source}
        for missing in self._account.missing:
            pair = {"from": missing.from_currency, "to": missing.to_currency}
            yield {**pair, "day": missing.not_after.isoformat(), "source": self._naming.say("unknown")}


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)
