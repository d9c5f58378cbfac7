"""What an account speaks of, as a reader of its language knows it: names, words, numbers and days."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from chassis.kernel.zones import zone_named
from services.exchange.adapters.printing import LOCALES, name_in
from services.exchange.adapters.reports.wording import labels, meeting, outcomes, sheets, words
from services.exchange.adapters.reports.wording.prose import PROSE
from services.exchange.domain.agreement_text import CONSULTATION
from services.exchange.domain.reporting.chapters import DIRECTION
from services.exchange.domain.reporting.compiling import Account
from services.exchange.domain.reporting.conferring import SESSIONS
from services.exchange.domain.reporting.figures import Line, Number, Row, Table, Value
from services.exchange.domain.reporting.promises import PROMISES

_RIGHT_TO_LEFT = "\u200f"
_PLACES = {"en": 0, "zh": 1, "ur": 2}
_WORDS: Mapping[str, Mapping[str, words.Texts]] = {
    "state": words.STATES | words.STEP_STATES | meeting.STATES,
    "kind": words.KIND,
    "field": words.FIELDS,
    "line": words.LINES,
    "payer": words.PAYER,
    "step": words.STEPS,
    "type": outcomes.OUTCOME_TYPES,
    "found": outcomes.OUTCOME_TYPES,
}


class Naming:
    """Names for one account in its own language."""

    def __init__(self, account: Account) -> None:
        self.account, self.language = account, account.asked.language
        self.locale, self._place = LOCALES[self.language], _PLACES[self.language]
        self._conditions = {each.row.id: each.row for each in account.rows if each.row.sheet == PROMISES}
        self._met_under = {each.row.cells["condition"]: each.row for each in account.rows if each.row.sheet == SESSIONS}
        self._ways: Mapping[str, Callable[[str], str]] = {
            "sending": self.site, "host": self.site, "site": self.site, "department": self.department,
            "agreement": self.agreement, "condition": self.condition, "month": self.month, "flags": self.flags,
            "slot": _clock, "begins": _clock, "local": self.each_end,
        }  # fmt: skip

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
        told = self._ways.get(side)
        return told(text) if told else self._word(_WORDS.get(side, {}), text)

    def _word(self, known: Mapping[str, words.Texts], text: str) -> str:
        found = known.get(text) or known.get(text.lower())
        return self.of(found) if found else text

    def agreement(self, agreement_id: str) -> str:
        names = self.account.agreements.get(agreement_id)
        return name_in(names, self.language) if names else agreement_id

    def month(self, month: str) -> str:
        return str(format_date(date(2000, int(month), 1), "MMMM", locale=self.locale))

    def flags(self, flags: str) -> str:
        return ", ".join(self._word(words.FLAGS, each) for each in flags.split())

    def each_end(self, moments: str) -> str:
        """A moment on the clocks of several sites, each named."""
        ends = (each.split("@") for each in moments.split())
        return " · ".join(f"{self.site(site)} {_clock(at)}" for site, at in ends)

    def site(self, site_id: str) -> str:
        site = self.account.sites.get(site_id)
        return name_in(site.names, self.language) if site else site_id

    def department(self, department_id: str) -> str:
        found = (each for site in self.account.sites.values() for each in site.departments if each.id == department_id)
        department = next(found, None)
        return name_in(department.names, self.language) if department else department_id

    def condition(self, condition_id: str) -> str:
        if row := self._conditions.get(condition_id):
            return self.promise(row)
        # One that is not of the subject: people of the site came to what others had promised each other.
        row = self._met_under.get(condition_id)
        return self._told_of(row, self.value("kind", CONSULTATION)) if row else condition_id

    def promise(self, row: Row) -> str:
        """A condition in a few words: kind, field, from where to where; whose, where there are several agreements."""
        return self._told_of(row, self.value("kind", row.cells["kind"]), self.direction(row))

    def _told_of(self, row: Row, kind: str, *direction: str) -> str:
        told = [kind, self.value("field", row.cells["field"]), *direction]
        if len(self.account.agreements) > 1:
            told.append(self.value("agreement", row.cells["agreement"]))
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
        local = moment.astimezone(zone_named(self.account.asked.zone))
        time = str(format_time(local.timetz(), "HH:mm", locale=self.locale))
        return {"day": self.day(local.date()), "time": time, "zone": self.account.asked.zone}


def _clock(moment: str) -> str:
    """Without the marks of ISO 8601: the column says whose clock it is."""
    return moment.replace("T", " ").removesuffix("Z")
