"""What each figure is made of, in short: one entry for each document, with the codes of all that hangs on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from services.exchange.adapters.reports.naming import Naming
from services.exchange.domain.reporting.compiling import Account, Traced
from services.exchange.domain.reporting.conferring import SESSIONS
from services.exchange.domain.reporting.figures import Row
from services.exchange.domain.reporting.happenings import OUTCOMES, VISITS
from services.exchange.domain.reporting.promises import PROMISES

_ISOLATED = "\u2068{}\u2069"
"""Text whose direction is its own, as Unicode marks it (FIRST STRONG ISOLATE)."""


@dataclass(frozen=True)
class Source:
    """One document of the appendix, and the figures that it counts in."""

    id: str
    facts: str
    codes: str


def appendix(account: Account, naming: Naming) -> Iterator[tuple[str, list[Source]]]:
    """Conditions, visits with all that hangs on them, outcomes, and consultations with all that hangs on them."""
    of_visit = _codes_by("visit", (each for each in account.rows if each.row.sheet != OUTCOMES))
    for heading, sheet in (
        ("appendix-promises", PROMISES), ("appendix-visits", VISITS), ("appendix-outcomes", OUTCOMES),
    ):  # fmt: skip
        found = [_source(each, of_visit, naming) for each in account.rows if each.row.sheet == sheet]
        if found:
            yield naming.say(heading), found
    if met := list(_consultations(account, naming)):
        yield naming.say("appendix-consultations"), met


def compressed(codes: Sequence[str]) -> str:
    """Codes by line: `B2.1a B2.1e` is written `B2.1ae`."""
    lines = groupby(codes, key=lambda code: code[:-1])
    return " ".join(line + "".join(code[-1] for code in found) for line, found in lines)


def _codes_by(column: str, rows: Iterable[Traced]) -> dict[str, list[str]]:
    """The codes of all rows that name the same there."""
    codes: dict[str, list[str]] = {}
    for each in rows:
        if column in each.row.cells:
            codes.setdefault(str(each.row.cells[column]), []).extend(each.codes)
    return codes


def _consultations(account: Account, naming: Naming) -> Iterator[Source]:
    codes = _codes_by("consultation", account.rows)
    rows: dict[str, list[Row]] = {each: [] for each in codes}
    for each in account.rows:
        if each.row.sheet == SESSIONS:
            rows[str(each.row.cells["consultation"])].append(each.row)
    for consultation, met in rows.items():
        told = compressed(sorted(set(codes[consultation]), key=_in_order))
        yield Source(consultation, _met(met, naming), told)


def _met(sessions: Sequence[Row], naming: Naming) -> str:
    """First and last day, UTC, how many there are, and the title, which may run the other way."""
    days = [str(row.cells["begins"]).partition("T")[0] for row in sessions]
    span = " – ".join(dict.fromkeys((days[0], days[-1])))
    return f"{span} · {naming.say('sessions-of', count=len(sessions))} · {_ISOLATED.format(sessions[0].cells['title'])}"


def _source(each: Traced, of_visit: Mapping[str, Sequence[str]], naming: Naming) -> Source:
    codes = sorted({*each.codes, *of_visit.get(each.row.id, ())}, key=_in_order)
    return Source(each.row.id, _told(each, naming), compressed(codes))


def _in_order(code: str) -> tuple[str, int, str]:
    table, _, place = code.partition(".")
    return table, int(place[:-1]), place[-1]


def _told(each: Traced, naming: Naming) -> str:
    cells = each.row.cells
    if each.row.sheet == VISITS:
        days = [str(cells[day]) for day in ("planned_arrival", "planned_departure")]
        return f"{' – '.join(days)} · {naming.value('state', cells['state'])} · {naming.direction(each.row)}"
    if each.row.sheet == PROMISES:
        return naming.promise(each.row)
    return f"{naming.value('type', cells['type'])} · {naming.value('condition', cells['condition'])}"
