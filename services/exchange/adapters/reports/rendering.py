"""From an account to the page that becomes its PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.exchange.adapters.printing import pages_of
from services.exchange.adapters.reports import telling
from services.exchange.adapters.reports.appendix import appendix
from services.exchange.adapters.reports.naming import Naming
from services.exchange.domain.money import plain
from services.exchange.domain.reporting.compiling import Account
from services.exchange.domain.reporting.figures import Figure, Line, Number, Table

_PAGES = pages_of("services.exchange.adapters.reports")
_TILES = (("tile-visits", "A1.0b", "A1.0a"), ("tile-days", "A1.0f", "A1.0d"), ("tile-outcomes", "A1.0h", "A1.0g"))
"""The figures that the first page shows large: what came to be, and what was promised."""
_TILE_OF_SESSIONS = ("tile-sessions", "F2.0b", "F2.0a")
_SHORT = 13
"""Lines of a table that leave a page half full at most: the months of a year, and all together."""


@dataclass(frozen=True)
class Tile:
    """`share`: how much of the promise came to be, in per cent, at most 100."""

    code: str
    label: str
    value: str
    promised: str
    share: int


@dataclass(frozen=True)
class Shown:
    """One table as it is set: its headings, and its lines of a code, a label and values."""

    code: str
    title: str
    side: str
    headings: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def is_short(self) -> bool:
        """Whether it is kept on one page."""
        return len(self.lines) <= _SHORT


def page_of(account: Account, naming: Naming, made: str) -> str:
    """The whole report as HTML."""
    return _PAGES.get_template("report.html").render(
        naming=naming,
        language=naming.language,
        title=telling.title(account, naming),
        subject=telling.subject(account, naming),
        facts=list(_facts(account, naming, made)),
        as_of=telling.as_of(account, naming),
        made=made,
        tiles=list(_tiles(account, naming)),
        chapters=[(code, naming.chapter(code), _tables(tables, naming)) for code, tables in account.chapters.items()],
        reading=[naming.say(sentence) for sentence in telling.reading(account)],
        limits=telling.limits(account, naming),
        rates=[_rate(rate.from_currency, rate.to_currency, plain(rate.rate)) for rate in account.rates],
        appendix=list(appendix(account, naming)),
        page=naming.say("page", page="\x00", pages="\x01").replace("\x00", '" counter(page) "').replace(
            "\x01", '" counter(pages) "'
        ),
    )  # fmt: skip


def _facts(account: Account, naming: Naming, made: str) -> Iterator[tuple[str, str]]:
    said = list(telling.about(account, naming, made))
    kept = {naming.say(each) for each in ("of-agreement", "of-site", "partners", "as-of", "made", "currency")}
    yield from ((label, text) for label, text in said if label in kept)


def _tiles(account: Account, naming: Naming) -> Iterator[Tile]:
    figures = {figure.code: figure for table in account.tables for line in table.lines for figure in line.figures}
    for label, happened, promised in (*_TILES, *([_TILE_OF_SESSIONS] if account.consults else [])):
        did, said = figures[happened].value, figures[promised].value
        yield Tile(
            code=happened,
            label=naming.say(label),
            value=naming.number(did),
            promised=naming.number(said),
            share=_share(did, said),
        )


def _share(did: Number | None, said: Number | None) -> int:
    return min(100, int(100 * (did or 0) / said)) if said else 0


def _tables(tables: Sequence[Table], naming: Naming) -> list[Shown]:
    return [_shown(table, naming) for table in tables]


def _shown(table: Table, naming: Naming) -> Shown:
    return Shown(
        code=table.plan.code,
        title=naming.table(table),
        side=" · ".join(naming.side(side) for side in table.plan.by),
        headings=tuple((chr(ord("a") + at), naming.measure(each.name)) for at, each in enumerate(table.plan.measures)),
        lines=tuple(_line(table, line, naming) for line in table.lines),
    )


def _line(table: Table, line: Line, naming: Naming) -> tuple[str, str, tuple[str, ...]]:
    return line.code, naming.line(table, line), tuple(_value(figure, naming) for figure in line.figures)


def _value(figure: Figure, naming: Naming) -> str:
    if figure.value is None and figure.measure.needed:
        return naming.say("unknown")
    return naming.number(figure.value)


def _rate(of: str, into: str, rate: str) -> str:
    return f"1 {of} = {rate} {into}"
