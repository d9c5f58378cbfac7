"""The annual report: what it counts, what each figure is made of, and how things stood on an earlier day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, OBSERVER, PROGRAMME_MANAGER, VISITOR, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, Unknown
from services.exchange.application import queries
from services.exchange.application import reporting as gathering
from services.exchange.application.reporting import evidence_of
from services.exchange.domain.lifecycle import STATES
from services.exchange.domain.money_refusals import UnknownCurrency
from services.exchange.domain.refusals import UnknownZone
from services.exchange.domain.reporting.compiling import compile_account
from services.exchange.domain.reporting.figures import MEDIAN, Counting, Measure, Plan, Row
from services.exchange.domain.reporting.refusals import (
    AsOfBeforeYear,
    AsOfInTheFuture,
    ReportNotReady,
    ReportTooLarge,
    YearNotCovered,
)
from tests.alliance import YEAR
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.reported_year import LAST, ReportedYear, told_then_and_later
from tests.unit.exchange.reading_reports import account, fetched, read, values, wrong_figures


@pytest.fixture
def empty() -> ReportedYear:
    return ReportedYear(alliance_in_memory(years=2))


@pytest.fixture(scope="module")
def lived() -> ReportedYear:
    year = ReportedYear(alliance_in_memory(years=2))
    year.lived()
    year.at(LAST, 6)
    return year


def memory(year: ReportedYear) -> AllianceInMemory:
    assert isinstance(year.alliance, AllianceInMemory)
    return year.alliance


def test_every_figure_is_its_rows_added_up_as_the_written_file_has_them(lived: ReportedYear) -> None:
    for asked in ({}, {"site_id": lived.alliance.sending}, {"currency": None}, {"as_of": f"{YEAR}-04-07"}):
        sheets = read(fetched(memory(lived), lived.report(**asked)))
        assert len(sheets["Figures"].rows) > 200
        assert wrong_figures(sheets) == {}


@pytest.mark.parametrize("name", ["Promises", "Visits", "Outcomes", "Formalities", "Money"])
def test_a_row_that_is_dropped_is_missed_by_its_figures(lived: ReportedYear, name: str) -> None:
    sheets = read(fetched(memory(lived), lived.report()))
    rows = sheets[name].rows
    for at, row in enumerate(rows):
        without = sheets | {name: replace(sheets[name], rows=rows[:at] + rows[at + 1 :])}
        assert wrong_figures(without).keys() & set(row["Counts in"].split()), row


def test_an_amount_that_is_changed_by_the_smallest_coin_is_seen(lived: ReportedYear) -> None:
    sheets = read(fetched(memory(lived), lived.report()))
    money = sheets["Money"]
    spent = [row | {"Spent": row["Spent"] + 0.01} if row["Spent"] else row for row in money.rows]
    wrong = wrong_figures(sheets | {"Money": replace(money, rows=tuple(spent))})
    assert {code[:2] for code in wrong} == {"E1", "E2", "E3"}


def test_every_row_counts_in_some_figure_and_every_code_is_a_figure(lived: ReportedYear) -> None:
    sheets = read(fetched(memory(lived), lived.report()))
    codes = {each["Code"] for each in sheets["Figures"].rows}
    for name in ("Promises", "Visits", "Outcomes", "Formalities", "Money"):
        assert sheets[name].rows
        for row in sheets[name].rows:
            assert row["Counts in"].split()
            assert set(row["Counts in"].split()) <= codes


def test_what_it_tells_of_promises_is_the_scorecard(lived: ReportedYear) -> None:
    asked = parsed(queries.AskScorecard, {"agreement_id": lived.alliance.agreement, "year": YEAR})
    (told,) = lived.alliance.exchange.scorecard(asked, lived.alliance.manager)["years"]
    totals, figures = told["totals"], values(account(lived, lived.report()))
    assert figures["A1.0a"] == totals["visits"]["promised"] == 120
    assert figures["A1.0b"] == totals["visits"]["used"] == 2
    assert figures["A1.0c"] == totals["visits"]["held"] == 0
    assert figures["A1.0d"] == totals["visitor_days"]["promised"]
    assert figures["A1.0e"] == totals["visitor_days"]["planned"]
    assert figures["A1.0f"] == totals["visitor_days"]["actual"]
    assert figures["A1.0g"] == totals["outcomes"]["promised"]
    assert figures["A1.0h"] == totals["outcomes"]["reported"] == 2
    lines = {each["kind"]: each["outcomes"] for each in told["conditions"]}
    assert lines == {"training": {"promised": 2, "reported": 1}, "joint-outcome": {"promised": 3, "reported": 1}}
    assert [figures[f"A1.{line}h"] for line in (1, 2)] == [1, 1]


def test_what_it_tells_of_money_is_the_totals(lived: ReportedYear) -> None:
    asked = parsed(queries.AskMoneyTotals, {"agreement_id": lived.alliance.agreement, "year": YEAR, "currency": "CNY"})
    told = lived.alliance.exchange.money_totals(asked, lived.alliance.manager)["total"]
    found = account(lived, lived.report())
    (own,) = (table for table in found.tables if table.plan.code == "E1")
    sums = {line.key[0]: line.figures[1].value for line in own.lines}
    assert {code: str(amount) for code, amount in sums.items() if amount} == told["actual"]
    assert str(values(found)["E4.0b"]) == told["converted"]["actual"]["amount"]


def test_the_figures_of_the_year_that_was_lived(lived: ReportedYear) -> None:
    figures = values(account(lived, lived.report()))
    by_state = {f"B1.{line}a": figures[f"B1.{line}a"] for line in (1, 2, 3, 4, 5, 0)}
    assert list(by_state.values()) == [1, 2, 1, 1, 1, 6], "proposed, took place, cancelled, noshow, in error; together"
    assert figures["C1.0b"] == 3
    assert figures["D1.0b"] == 3
    assert figures["D2.0g"] == 1


def test_a_step_is_open_until_the_visit_is_over_and_then_it_was_not_done(lived: ReportedYear) -> None:
    last, over = (values(account(lived, lived.report(as_of=f"{YEAR}-04-0{day}"))) for day in (8, 9))
    steps, done, waived, still_open, not_done = (f"D2.0{letter}" for letter in "abcde")
    assert (last[steps], last[done], last[waived], last[still_open], last[not_done]) == (10, 2, 0, 8, 0)
    assert (over[steps], over[done], over[waived], over[still_open], over[not_done]) == (10, 2, 0, 0, 8)


@pytest.mark.parametrize("state", STATES)
def test_it_is_the_visits_state_that_closes_its_steps_though_the_track_has_not_followed(
    lived: ReportedYear, state: str
) -> None:
    exchange = lived.alliance.exchange
    evidence = evidence_of(exchange.stores.reports.load(lived.report().id).state.asked, exchange._sources)
    visit_id = lived.visits["a"].id
    visits = [
        replace(past, state=replace(past.state, state=state)) if past.id == visit_id else past
        for past in evidence.visits
    ]
    found = compile_account(replace(evidence, visits=visits))
    steps = [each.row for each in found.rows if each.row.sheet == "steps"]
    stands = [row.cells["state"] for row in steps if row.cells["visit"] == visit_id]
    assert stands.count("open") == (8 if state in ("proposed", "pending", "booked", "arrived") else 0)
    assert stands.count("not-done") == (8 if state in ("fulfilled", "cancelled", "noshow") else 0)


def test_a_missing_rate_is_named_and_nothing_is_guessed(empty: ReportedYear) -> None:
    empty.proposals()
    empty.line("a", "stay", "CNY", "100")
    empty.line("a", "travel", "USD", "50")
    found = account(empty, empty.report())
    figures = values(found)
    assert figures["E4.0a"] is None
    assert [(each.from_currency, each.to_currency, each.not_after) for each in found.missing] == [
        ("USD", "CNY", date(YEAR, 4, 6))
    ]
    assert wrong_figures(read(fetched(memory(empty), empty.report()))) == {}


def test_a_report_as_of_a_day_is_the_one_that_was_made_on_that_day(empty: ReportedYear) -> None:
    then, later = told_then_and_later(empty)
    assert later == then
    assert len(set(then)) > len(empty.acts()), "hardly anything of the year shows in its reports"


def test_what_happens_later_on_the_same_day_makes_another_report(empty: ReportedYear) -> None:
    empty.at(date(YEAR, 3, 2), 6)
    before = empty.report().id
    assert empty.report().id == before
    empty.proposals()
    assert empty.report().id != before


def test_asked_again_by_somebody_else_it_is_the_same_report(lived: ReportedYear) -> None:
    first = lived.report()
    assert lived.report(lived.alliance.host_manager).id == first.id
    assert lived.report(currency=None).id != first.id
    assert lived.report(language="ur").id != first.id


def test_a_report_is_printed_once_and_tells_of_itself_alone(empty: ReportedYear) -> None:
    report = empty.report()
    first = fetched(memory(empty), report)
    assert fetched(memory(empty), report) == first
    (told,) = memory(empty).memory.fake_reports.told
    assert told.report == report.id


def test_a_crash_while_it_is_printed_leaves_it_to_be_begun_again(
    empty: ReportedYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, press = empty.report(), empty.alliance.exchange.stores.press
    with monkeypatch.context() as patch:
        patch.setattr(press, "xlsx", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fetched(memory(empty), report)
    assert memory(empty).memory.fake_reports.load(report.id).state.state == "requested"
    assert fetched(memory(empty), report)


def test_a_year_in_which_nothing_happened_has_a_report(empty: ReportedYear) -> None:
    sheets = read(fetched(memory(empty), empty.report()))
    figures = {each["Code"]: each["Value"] for each in sheets["Figures"].rows}
    assert (figures["A1.0a"], figures["A1.0b"], figures["B1.0a"]) == (100, 0, 0)
    assert sheets["Visits"].rows == ()
    assert wrong_figures(sheets) == {}


def test_before_the_agreement_was_drafted_nothing_was_promised(empty: ReportedYear) -> None:
    figures = values(account(empty, empty.report(as_of=f"{YEAR}-01-15")))
    assert figures["A1.0a"] == 0


BAD: list[tuple[dict[str, Any], type[Refusal]]] = [
    ({"agreement_id": "agr_nowhere"}, Unknown),
    ({"site_id": "sit_nowhere"}, Unknown),
    ({"year": YEAR - 1}, YearNotCovered),
    ({"year": YEAR + 2}, YearNotCovered),
    ({"year": YEAR + 1}, AsOfBeforeYear),
    ({"as_of": f"{YEAR - 1}-12-31"}, AsOfBeforeYear),
    ({"as_of": f"{YEAR}-11-21"}, AsOfInTheFuture),
    ({"zone": "Asia/Hunza"}, UnknownZone),
    ({"currency": "XYZ"}, UnknownCurrency),
    ({"agreement_id": None}, InvalidCommand),
    ({"site_id": "sit_1", "agreement_id": "agr_1"}, InvalidCommand),
    ({"year": "2026"}, InvalidCommand),
    ({"year": -YEAR}, InvalidCommand),
    ({"as_of": "2026-02-30"}, InvalidCommand),
    ({"language": "fr"}, InvalidCommand),
]


@pytest.mark.parametrize(("asked", "refusal"), BAD)
def test_what_cannot_be_told_is_refused_by_name(
    lived: ReportedYear, asked: dict[str, Any], refusal: type[Refusal]
) -> None:
    before = dict(memory(lived).memory.fake_reports.kept)
    with pytest.raises(refusal):
        lived.report(**asked)
    assert memory(lived).memory.fake_reports.kept == before


def test_tomorrow_in_the_named_zone_is_the_future_and_today_is_not(empty: ReportedYear) -> None:
    empty.at(date(YEAR, 3, 2), 17)
    assert empty.report(as_of=f"{YEAR}-03-03", zone="Asia/Shanghai")
    with pytest.raises(AsOfInTheFuture) as refused:
        empty.report(as_of=f"{YEAR}-03-03", zone="Asia/Karachi")
    assert refused.value.facts == {"as_of": f"{YEAR}-03-03", "today": f"{YEAR}-03-02", "zone": "Asia/Karachi"}


def test_more_than_fits_is_refused_with_how_much_does(empty: ReportedYear, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.proposals()
    monkeypatch.setattr(gathering, "MOST_VISITS", 5)
    with pytest.raises(ReportTooLarge) as refused:
        empty.report()
    assert refused.value.facts == {"of": "visits", "most": 5}
    monkeypatch.setattr(gathering, "MOST_VISITS", 6)
    assert empty.report()
    monkeypatch.setattr(gathering, "MOST_LINES", 0)
    empty.line("a", "stay", "CNY", "1")
    with pytest.raises(ReportTooLarge) as refused:
        empty.report()
    assert refused.value.facts == {"of": "lines", "most": 0}


@pytest.mark.parametrize("role", [PROGRAMME_MANAGER, COORDINATOR, OBSERVER])
def test_who_runs_or_watches_a_partner_has_reports_made(lived: ReportedYear, role: str) -> None:
    who = Actor("per_x", frozenset({role}), frozenset({lived.alliance.sending}))
    assert lived.report(who)
    assert lived.report(who, site_id=lived.alliance.sending)
    with pytest.raises(NotAllowed):
        lived.report(who, site_id=lived.alliance.host)


@pytest.mark.parametrize("role", [VISITOR, PROGRAMME_MANAGER])
def test_nobody_else_has_one_made_or_fetches_it(lived: ReportedYear, role: str) -> None:
    sites = {lived.alliance.sending} if role == VISITOR else {"sit_elsewhere"}
    who = Actor("per_x", frozenset({role}), frozenset(sites))
    report = lived.report()
    fetched(memory(lived), report)
    asked = parsed(queries.AskReportFile, {"report_id": report.id, "format": "pdf"})
    for ask in (
        lambda: lived.report(who),
        lambda: lived.alliance.exchange.annual_report_file(asked, who),
        lambda: lived.alliance.exchange.annual_report(parsed(queries.AskReport, {"report_id": report.id}), who),
    ):
        with pytest.raises(NotAllowed):
            ask()
    assert lived.report(Actor("per_admin", frozenset({ADMINISTRATOR}))).id == report.id


def test_before_it_is_printed_there_is_nothing_to_fetch(empty: ReportedYear) -> None:
    asked = parsed(queries.AskReportFile, {"report_id": empty.report().id, "format": "pdf"})
    with pytest.raises(ReportNotReady):
        empty.alliance.exchange.annual_report_file(asked, empty.alliance.manager)


def test_a_sites_report_tells_of_what_it_hosts_and_sends_alone(lived: ReportedYear) -> None:
    whole, own = (account(lived, lived.report(**asked)) for asked in ({}, {"site_id": lived.alliance.sending}))
    assert values(own)["B1.0a"] == values(whole)["B1.0a"]
    assert "B8.1a" in values(own)
    assert "B8.1a" not in values(whole)


def test_the_median_lies_between_two_in_the_middle() -> None:
    rows = [Row("visits", str(days), {"days": days}) for days in (1, 2, 4, 100)]
    (line,) = Counting(rows).table(Plan("D1", ("days",), (Measure("m", "visits", MEDIAN, "days"),))).lines[-1:]
    assert line.figures[0].value == Decimal(3)


def test_the_clock_alone_changes_no_report(lived: ReportedYear) -> None:
    first = lived.report(as_of=f"{YEAR}-05-01").id
    lived.alliance.clock.advance(timedelta(days=1))
    assert lived.report(as_of=f"{YEAR}-05-01").id == first
    lived.alliance.clock.advance(timedelta(days=-1))
