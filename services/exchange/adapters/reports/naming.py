"""What an account speaks of, as a reader of its language knows it: names, words, numbers and days."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from services.exchange.adapters.printing import LOCALES, name_in
from services.exchange.adapters.reports.wording import labels, outcomes, sheets, words
from services.exchange.adapters.reports.wording.prose import PROSE
from services.exchange.domain.reporting.chapters import DIRECTION
from services.exchange.domain.reporting.compiling import Account
from services.exchange.domain.reporting.figures import Line, Number, Row, Table, Value
from services.exchange.domain.reporting.promises import PROMISES

_RIGHT_TO_LEFT = "\u200f"
_PLACES = {"en": 0, "zh": 1, "ur": 2}
_WORDS: Mapping[str, Mapping[str, words.Texts]] = {
    "state": words.STATES | words.STEP_STATES,
    "kind": words.KIND,
    "field": words.FIELDS,
    "line": words.LINES,
    "payer": words.PAYER,
    "step": words.STEPS,
    "type": outcomes.OUTCOME_TYPES,
    "flags": words.FLAGS,
}


class Naming:
    """Names for one account in its own language."""

    def __init__(self, account: Account) -> None:
        self.account, self.language = account, account.asked.language
        self.locale, self._place = LOCALES[self.language], _PLACES[self.language]
        self._conditions = {each.row.id: each.row for each in account.rows if each.row.sheet == PROMISES}

    def of(self, texts: words.Texts) -> str:
        return texts[self._place]

    def say(self, sentence: str, **facts: object) -> str:
        return self.of(PROSE[sentence]).format(**facts)

    def chapter(self, code: str) -> str:
        return self.of(labels.CHAPTERS[code])

    def table(self, table: Table) -> str:
        return self.of(labels.TABLES[table.plan.code])

    def side(self, side: str) -> str:
        return self.of(labels.SIDES[side])

    def measure(self, name: str) -> str:
        return self.of(labels.MEASURES[name]).format(currency=self.account.asked.currency)

    def column(self, name: str) -> str:
        return self.of(labels.SIDES.get(name) or sheets.COLUMNS[name])

    def sheet(self, name: str) -> str:
        return self.of(sheets.SHEETS[name])

    def line(self, table: Table, line: Line) -> str:
        """What a line is of, in one text."""
        if not line.key:
            return self.say("together")
        parts = [self.value(side, value) for side, value in zip(table.plan.by, line.key, strict=True)]
        return self._from_to(parts) if table.plan.by == DIRECTION else " · ".join(parts)

    def value(self, side: str, value: Value) -> str:
        """A value of a column, as a reader knows it."""
        text = "" if value is None else str(value)
        if side in ("sending", "host"):
            return self.site(text)
        if side == "department":
            return self.department(text)
        if side == "agreement":
            return name_in(self.account.agreements[text], self.language) if text in self.account.agreements else text
        if side == "condition":
            return self.condition(text)
        if side == "month":
            return str(format_date(date(2000, int(text), 1), "MMMM", locale=self.locale))
        known = _WORDS.get(side, {})
        return (
            ", ".join(self._word(known, each) for each in text.split()) if side == "flags" else self._word(known, text)
        )

    def _word(self, known: Mapping[str, words.Texts], text: str) -> str:
        found = known.get(text) or known.get(text.lower())
        return self.of(found) if found else text

    def site(self, site_id: str) -> str:
        site = self.account.sites.get(site_id)
        return name_in(site.names, self.language) if site else site_id

    def department(self, department_id: str) -> str:
        found = (each for site in self.account.sites.values() for each in site.departments if each.id == department_id)
        department = next(found, None)
        return name_in(department.names, self.language) if department else department_id

    def condition(self, condition_id: str) -> str:
        row = self._conditions.get(condition_id)
        return self.promise(row) if row else condition_id

    def promise(self, row: Row) -> str:
        """A condition in a few words: kind, field, from where to where; whose, where there are several agreements."""
        cells = row.cells
        told = [self.value("kind", cells["kind"]), self.value("field", cells["field"]), self.direction(row)]
        if len(self.account.agreements) > 1:
            told.append(self.value("agreement", cells["agreement"]))
        return " · ".join(told)

    def direction(self, row: Row) -> str:
        return self._from_to([self.value(end, row.cells[end]) for end in DIRECTION])

    def _from_to(self, names: list[str]) -> str:
        """The arrow points where the reader's eyes go, also between two names in Latin letters."""
        if self.language == "ur":
            return f"{_RIGHT_TO_LEFT}{f'{_RIGHT_TO_LEFT} ← {_RIGHT_TO_LEFT}'.join(names)}"
        return " → ".join(names)

    def number(self, value: Number | None) -> str:
        """With the locale's separators, to the last digit."""
        if value is None:
            return "–"
        decimals = max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0
        pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
        return str(format_decimal(value, format=pattern, locale=self.locale))

    def day(self, day: date, form: str = "long") -> str:
        return str(format_date(day, form, locale=self.locale))

    def moment(self, moment: datetime) -> dict[str, str]:
        """`{day, time, zone}` in the report's zone."""
        local = moment.astimezone(ZoneInfo(self.account.asked.zone))
        time = str(format_time(local.timetz(), "HH:mm", locale=self.locale))
        return {"day": self.day(local.date()), "time": time, "zone": self.account.asked.zone}
