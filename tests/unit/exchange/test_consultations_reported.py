"""What the annual report tells of consultations: sessions, who was there, cases by their number alone, and actions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.commands import parsed
from chassis.kernel.documents import Past
from services.exchange.application import queries
from services.exchange.application import reporting as gathering
from services.exchange.application.reporting import evidence_of
from services.exchange.domain.consultations.cases import Action
from services.exchange.domain.consultations.consultation import STATES, Consultation
from services.exchange.domain.reporting.compiling import Account, compile_account
from services.exchange.domain.reporting.conferring import meets_in
from services.exchange.domain.reporting.figures import DISTINCT, Counting, Measure, Plan, Row
from services.exchange.domain.reporting.refusals import ReportTooLarge
from tests.alliance import YEAR
from tests.amending import put_in_force, texts
from tests.consulting import ADMIN, TUESDAY
from tests.fakes.exchange import alliance_in_memory, consulting_in_memory
from tests.met_year import ACTION, LAST, SECRETS, MetYear, told_then_and_later
from tests.reported_year import ReportedYear
from tests.unit.exchange import given_consultation as given
from tests.unit.exchange.reading_reports import account, fetched, read, values, wrong_figures

OF_CONSULTATIONS = ("Sessions", "Attendance", "Actions")


@pytest.fixture
def empty() -> MetYear:
    return MetYear(consulting_in_memory())


def with_these(year: MetYear, *consultations: Consultation) -> Account:
    """The report of the agreement, as if these were its consultations."""
    exchange = year.alliance.exchange
    evidence = evidence_of(exchange.stores.reports.load(year.report().id).state.asked, exchange._sources)
    return compile_account(replace(evidence, consultations=[Past(each.id, 1, each, ()) for each in consultations]))


def test_every_figure_is_its_rows_added_up_as_the_written_file_has_them(lived: MetYear) -> None:
    for asked in ({}, {"site_id": lived.alliance.sites["gilgit"]}, {"as_of": f"{YEAR}-03-15"}):
        sheets = read(fetched(lived.alliance, lived.report(**asked)))
        assert {each["Code"][0] for each in sheets["Figures"].rows} == set("ABCDFG"), "nobody spent anything"
        assert wrong_figures(sheets) == {}


@pytest.mark.parametrize("name", OF_CONSULTATIONS)
def test_a_row_that_is_dropped_is_missed_by_its_figures(lived: MetYear, name: str) -> None:
    sheets = read(fetched(lived.alliance, lived.report()))
    rows, codes = sheets[name].rows, {each["Code"] for each in sheets["Figures"].rows}
    assert rows
    for at, row in enumerate(rows):
        without = sheets | {name: replace(sheets[name], rows=rows[:at] + rows[at + 1 :])}
        assert wrong_figures(without).keys() & set(row["Counts in"].split()), row
        assert set(row["Counts in"].split()) <= codes


def test_the_figures_of_the_spring_that_was_lived(lived: MetYear) -> None:
    figures = values(account(lived, lived.report()))
    assert [figures[f"F1.{line}a"] for line in (1, 2, 3, 4, 5, 6, 0)] == [1, 2, 2, 2, 1, 1, 9]
    assert [figures[f"F2.0{letter}"] for letter in "abc"] == [50, 2, 2], "promised, held, booked"
    held, off, missed, open_still, to_come, hours, consultations, urgent, findings = (
        figures[f"F3.0{letter}"] for letter in "abcdefghi"
    )
    assert (held, off, missed, open_still, to_come) == (2, 2, 1, 2, 1)
    assert (str(hours), consultations, urgent, findings) == ("2.25", 4, 1, 1)
    assert [figures[f"F5.0{letter}"] for letter in "abc"] == [3, 5, 6], "sites, people, attendances"
    assert [figures[f"G1.0{letter}"] for letter in "abcdefg"] == [4, 0, 1, 0, 1, 1, 1]
    assert [figures[f"G3.0{letter}"] for letter in "abcdef"] == [5, 1, 1, 1, 1, 1]


def test_what_it_tells_by_field_is_what_it_tells_by_condition_where_each_has_its_own(lived: MetYear) -> None:
    figures = values(account(lived, lived.report()))
    for by_condition, by_field in (("F3", "F4"), ("F5", "F6"), ("G1", "G2"), ("G3", "G4")):
        one, other = (
            {code[2:]: value for code, value in figures.items() if code.startswith(table)}
            for table in (by_condition, by_field)
        )
        assert one == other
        assert one


def test_sessions_promised_held_and_booked_are_those_of_the_scorecard_and_no_visits(lived: MetYear) -> None:
    asked = parsed(queries.AskScorecard, {"agreement_id": lived.alliance.agreement, "year": YEAR})
    (told,) = lived.alliance.exchange.scorecard(asked, ADMIN)["years"]
    figures, (line,) = values(account(lived, lived.report())), told["conditions"]
    assert line["counts"] == "sessions"
    assert line["visits"] == told["totals"]["sessions"] == {"promised": 50, "used": 2, "held": 2, "left": 46}
    assert [figures[f"F2.0{letter}"] for letter in "abc"] == [50, 2, 2]
    assert told["totals"]["visits"] == dict.fromkeys(("promised", "used", "held", "left"), 0)
    assert [figures[f"A1.0{letter}"] for letter in "abc"] == [0, 0, 0]
    assert told["totals"]["outcomes"] == {"promised": figures["A1.0g"], "reported": 0}


def test_visits_and_sessions_of_one_agreement_are_counted_apart() -> None:
    alliance = alliance_in_memory(years=2)
    (training,) = texts(alliance)[-1]["text"]["conditions"]
    kept = {name: training[name] for name in training if name not in ("id", "expects_outcome")}
    sessions = kept | {"kind": "consultation", "visits_per_year": 24, "visitor_days_per_year": 0}
    put_in_force(alliance, conditions=[training, sessions])
    asked = parsed(queries.AskScorecard, {"agreement_id": alliance.agreement, "year": YEAR})
    (told,) = alliance.exchange.scorecard(asked, alliance.manager)["years"]
    year = ReportedYear(alliance)
    figures = values(account(year, year.report()))
    assert {each["kind"]: each["counts"] for each in told["conditions"]} == {
        "training": "visits",
        "consultation": "sessions",
    }
    assert told["totals"]["visits"]["promised"] == figures["A1.0a"] == 100
    assert told["totals"]["sessions"]["promised"] == figures["F2.0a"] == 24


def test_of_a_case_only_its_number_and_urgency_are_told(lived: MetYear) -> None:
    report = lived.report()
    cells = [
        str(value)
        for sheet in read(fetched(lived.alliance, report)).values()
        for row in sheet.rows
        for value in row.values()
    ]
    told = [str(value) for each in account(lived, report).rows for value in each.row.cells.values()]
    kept = [str(each.state) for each in map(lived.alliance.exchange.stores.consultations.load, lived.met.values())]
    for secret in (*SECRETS, ACTION):
        assert any(secret in state for state in kept), "this would not be seen if it were told"
        assert not [text for text in (*cells, *told) if secret in text]


def test_a_session_is_told_with_its_moment_on_every_clock(lived: MetYear) -> None:
    moved = next(row for row in read(fetched(lived.alliance, lived.report()))["Sessions"].rows if row["Hours"] == 1
                 and row["State"] == "Nobody came")  # fmt: skip
    assert moved["First planned for (UTC)"] == "2026-03-19 06:00"
    assert moved["Begins (UTC)"] == "2026-03-18 07:00"
    assert moved["Begins at each end"] == "Kashgar 2026-03-18 15:00 · Gilgit 2026-03-18 12:00"
    assert moved["Title"] == "=Round of the liver"


def test_a_report_as_of_a_day_is_the_one_that_was_made_on_that_day(empty: MetYear) -> None:
    then, later = told_then_and_later(empty)
    assert later == then
    assert len(set(then)) == 4 * len(empty.acts()), "a day's doings do not show"


def test_a_site_is_told_of_the_sessions_that_its_people_came_to_or_are_expected_at(lived: MetYear) -> None:
    there = lived.alliance
    of_hotan = account(lived, lived.report(site_id=there.sites["hotan"]))
    rows = [each.row for each in of_hotan.rows if each.row.sheet == "sessions"]
    series = [row.cells["slot"] for row in rows if row.cells["consultation"] == lived.met["series"]]
    assert series == ["2026-03-12T06:00Z"], "it left before the others"
    figures = values(of_hotan)
    assert figures["F5.0a"] == 3, "for which site somebody came is known though the site is not among them any more"
    assert (figures["F2.0a"], figures["F2.0b"]) == (0, 2), "what others promised each other is not its promise"
    assert (figures["F7.1a"], figures["F7.0a"]) == (2, 2)


def test_a_site_is_told_of_no_session_that_was_over_before_it_joined(empty: MetYear) -> None:
    there = empty.alliance
    few = there.participants("chair", "presenter", "interpreter")
    made = there.booked(participants=few, recurrence="FREQ=WEEKLY;COUNT=3")
    there.clock.moment = TUESDAY
    there.give("close_session", made, slot=TUESDAY.isoformat(), attended=[there.people["chair"]])
    there.give("change_participants", made, participants=there.participants(), reason="Hotan joins.")
    figures = values(account(empty, empty.report(site_id=there.sites["hotan"])))
    assert (figures["F1.0a"], figures["F7.0a"], figures["F7.0e"]) == (2, 0, 2), "all, held, to come"
    (held,) = [row for row in read(fetched(there, empty.report()))["Sessions"].rows if row["State"] == "Took place"]
    assert held["Begins at each end"] == "Kashgar 2026-03-10 14:00 · Gilgit 2026-03-10 11:00"


def test_where_nobody_consults_there_is_nothing_of_it() -> None:
    year = ReportedYear(alliance_in_memory(years=2))
    found = account(year, year.report())
    assert list(found.chapters) == list("ABCDE")
    assert not found.consults


def test_where_consultations_are_promised_alone_there_is_the_promise(empty: MetYear) -> None:
    figures = values(account(empty, empty.report()))
    assert (figures["F2.0a"], figures["F2.0b"], figures["F1.0a"], figures["F3.0f"]) == (50, 0, 0, 0)
    assert wrong_figures(read(fetched(empty.alliance, empty.report()))) == {}


@pytest.mark.parametrize(
    ("zone", "begins", "year"),
    [
        ("Asia/Karachi", datetime(2026, 12, 31, 18, 45, tzinfo=UTC), 2026),
        ("Asia/Karachi", datetime(2026, 12, 31, 19, 0, tzinfo=UTC), 2027),
        ("Asia/Shanghai", datetime(2026, 12, 31, 16, 0, tzinfo=UTC), 2027),
        ("America/Los_Angeles", datetime(2027, 1, 1, 7, 45, tzinfo=UTC), 2026),
    ],
)
def test_a_session_belongs_to_the_year_in_which_it_begins_where_it_is_organised(
    zone: str, begins: datetime, year: int
) -> None:
    consultation = given.consultation(zone=zone, sessions=(given.session(begins),))
    assert [each for each in (2025, 2026, 2027, 2028) if meets_in(consultation, each)] == [year]


def test_of_a_series_over_new_year_only_the_sessions_of_the_year_are_told(lived: MetYear) -> None:
    over = given.weekly(4, begins=datetime(2026, 12, 17, 6, 0, tzinfo=UTC), actions=(
        Action("act_1", ACTION, given.BANO, date(2027, 2, 1), datetime(2027, 1, 7, 6, 0, tzinfo=UTC)),
    ), cases=(given.case(slot=datetime(2027, 1, 7, 6, 0, tzinfo=UTC)),))  # fmt: skip
    figures = values(with_these(lived, over))
    assert (figures["F1.0a"], figures["G1.0a"], figures["G3.0a"]) == (3, 0, 0)


@pytest.mark.parametrize(("after", "state"), [(timedelta(seconds=1), "to-come"), (timedelta(), "not-closed")])
def test_what_has_begun_waits_to_be_closed(lived: MetYear, after: timedelta, state: str) -> None:
    begins = lived.alliance.clock.now() + after
    found = with_these(lived, given.consultation(sessions=(given.session(begins),)))
    (row,) = [each.row for each in found.rows if each.row.sheet == "sessions"]
    assert row.cells["state"] == state


@pytest.mark.parametrize(
    ("different", "state"),
    [
        ({"due_on": LAST}, "not-due"),
        ({"due_on": LAST - timedelta(days=1)}, "overdue"),
        ({"due_on": LAST - timedelta(days=1), "dropped": True}, "dropped"),
        ({"due_on": LAST - timedelta(days=1), "done_on": LAST - timedelta(days=1)}, "done-in-time"),
        ({"due_on": LAST - timedelta(days=1), "done_on": LAST}, "done-late"),
    ],
)
def test_an_action_is_overdue_when_its_day_is_over_where_it_is_owed(
    lived: MetYear, different: dict[str, object], state: str
) -> None:
    action = replace(Action("act_1", ACTION, given.BANO, LAST, given.BEGINS), **different)  # type: ignore[arg-type]
    found = with_these(lived, given.consultation(actions=(action,)))
    (row,) = [each.row for each in found.rows if each.row.sheet == "actions"]
    assert row.cells["state"] == state


@pytest.mark.parametrize("state", STATES)
def test_only_what_holds_is_booked_and_what_was_a_mistake_counts_as_nothing_else(lived: MetYear, state: str) -> None:
    begins = lived.alliance.clock.now() + timedelta(days=1)
    action = Action("act_1", ACTION, given.BANO, LAST, begins)
    case = given.case(slot=begins)
    figures = values(
        with_these(
            lived,
            given.consultation(state=state, sessions=(given.session(begins),), actions=(action,), cases=(case,)),
        )
    )
    assert figures["F1.0a"] == 1
    assert figures["F2.0c"] == (state in ("pending", "booked", "arrived"))
    mistake = state == "entered-in-error"
    assert [figures[code] for code in ("F3.0e", "F3.0g", "G1.0a", "G3.0a")] == [0 if mistake else 1] * 4


def test_more_sessions_than_fit_are_refused_with_how_many_do(lived: MetYear, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_SESSIONS", 9)
    assert lived.report()
    monkeypatch.setattr(gathering, "MOST_SESSIONS", 8)
    with pytest.raises(ReportTooLarge) as refused:
        lived.report()
    assert refused.value.facts == {"of": "sessions", "most": 8}


def test_different_values_are_counted_once_and_those_that_are_not_known_not_at_all() -> None:
    rows = [Row("attendance", str(at), {"site": site}) for at, site in enumerate(("a", "b", "a", None))]
    counting = Counting(rows)
    (whole,) = counting.table(Plan("F5", ("site",), (Measure("m", "attendance", DISTINCT, "site"),))).lines[-1:]
    assert whole.figures[0].value == 2
    assert counting.codes(rows[-1]) == ()


@pytest.mark.parametrize("recurrence", ["", "FREQ=WEEKLY;COUNT=3"], ids=["one session", "several"])
@pytest.mark.parametrize("way", ["move_session", "reschedule_consultation", "accept_counter_time"])
def test_whoever_moves_a_session_announces_it_anew_by_which_it_is_found_where_it_lay(
    empty: MetYear, way: str, recurrence: str
) -> None:
    there, later, of = empty.alliance, f"{YEAR}-03-13T06:00:00Z", {"slot": TUESDAY.isoformat()} if recurrence else {}
    met = there.booked(recurrence=recurrence)
    ways: dict[str, dict[str, object]] = {
        "move_session": {"begins": later, "reason": "Later.", **of},
        "reschedule_consultation": {"begins": later, "minutes": 60, "zone": "Asia/Karachi", "reason": "Later."},
        "accept_counter_time": {"participant": there.people["chair"], **of},
    }
    if way == "accept_counter_time":
        there.reply(met, "chair", "tentative", begins=later, **of)
    before = there.exchange.stores.consultations.load(met).state
    there.give(way, met, None, **ways[way])
    after = there.exchange.stores.consultations.load(met).state
    assert before.sessions[0].begins != after.sessions[0].begins
    assert after.sequence > before.sequence
