"""The rules of a consultation's time, quarter by quarter and clock by clock: slow, and without a single bit.

`consultation_plans` gives the plans; `plans_of_any_kind` draws small ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, permutations
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from services.exchange.domain.calendar import OwnHoliday, Season
from services.exchange.domain.consultations.finding.changes import (
    MADE_URGENT,
    OPTIONAL,
    WAIVE,
    WITHOUT_INTERPRETER,
    WITHOUT_ROOM,
    Change,
    changed,
    cost,
)
from services.exchange.domain.consultations.finding.plan import Away, Interpreter, Plan
from services.exchange.domain.consultations.finding.rules import Cause
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.consultations.participants import CHAIR, ROLES, Participant
from services.exchange.domain.consultations.quarters import QUARTER, key_of
from services.exchange.domain.holidays import Holiday, calendar_of, works
from services.exchange.domain.site import Room
from services.exchange.domain.working_days import open_hours
from tests.unit.exchange import consultation_plans as given
from tests.unit.exchange.consultation_plans import DELHI, KATHMANDU, LONDON, NEW_YORK
from tests.unit.exchange.given import GILGIT, KASHGAR

Causes = frozenset[tuple[str, str]]


def starts(plan: Plan) -> list[datetime]:
    """Every quarter with which a session that fits could begin."""
    length, begins, found = plan.wish.quarters * QUARTER, plan.begins, []
    while begins + length <= plan.ends:
        found.append(begins)
        begins += QUARTER
    return found


def causes(plan: Plan, person: str, home: str, begins: datetime) -> Causes:
    """What keeps somebody from a session, looked up for each of its quarters."""
    found = set()
    for number in range(plan.wish.quarters):
        quarter = begins + number * QUARTER
        if key_of("person", person, quarter) in plan.taken:
            found.add(("busy", ""))
        where = whereabouts(plan, person, home, quarter)
        found |= {(rule, where) for rule in against(plan, where, quarter)}
    return frozenset(found)


def whereabouts(plan: Plan, person: str, home: str, quarter: datetime) -> str:
    for away in plan.away.get(person, ()):
        if away.first <= quarter.astimezone(ZoneInfo(plan.sites[away.host].zone)).date() <= away.last:
            return away.host
    return home


def against(plan: Plan, site_id: str, quarter: datetime) -> Iterator[str]:
    """What the clock and the calendar of a site say to a quarter."""
    site, calendar = plan.sites[site_id], plan.calendars[site_id]
    local = quarter.astimezone(ZoneInfo(site.zone))
    entry = calendar.get(local.date())
    if entry and not entry.provisional and not entry.works:
        yield "holiday"
    elif not works(site, {} if entry and entry.provisional else calendar, local.date()):
        yield "weekend"
    if not 7 <= local.hour < 22 and not is_open(plan, site_id, quarter):
        yield "night"


def is_open(plan: Plan, site_id: str, quarter: datetime) -> bool:
    site, calendar = plan.sites[site_id], plan.calendars[site_id]
    day = quarter.astimezone(ZoneInfo(site.zone)).date()
    entry = calendar.get(day)
    return works(site, {} if entry and entry.provisional else calendar, day) and is_usual(plan, site_id, quarter)


def is_usual(plan: Plan, site_id: str, quarter: datetime) -> bool:
    """Whether the quarter would be worked if its day were."""
    site = plan.sites[site_id]
    local = quarter.astimezone(ZoneInfo(site.zone))
    working = replace(site, holidays=(OwnHoliday(local.date(), "", works=True),))
    clock = f"{local:%H:%M}"
    return any(opens <= clock < closes for opens, closes in open_hours(working, local.date()) or (("09:00", "17:00"),))


def is_time(plan: Plan, wish: Wish, begins: datetime, known: dict[Any, Causes]) -> bool:
    """Whether every rule allows it. `known`: causes looked up before, by person, site and beginning."""
    waived = {(cause.rule, cause.site) for cause in wish.waives}

    def comes(person: str, site: str) -> bool:
        asked = (person, site, begins)
        if asked not in known:
            known[asked] = causes(plan, *asked)
        return all(is_let_off(cause, waived) for cause in known[asked])

    in_time = begins > plan.now and (wish.urgent or begins >= plan.now + timedelta(hours=24))
    return (
        in_time
        and is_covered(plan, begins)
        and all(has_its_room(plan, site, room, begins) for site, room in wish.rooms.items())
        and all(
            any(comes(who, each.site) for who in (each.person, *each.deputies))
            for each in wish.participants
            if each.required
        )
        and seated(wish, [each for each in plan.interpreters if comes(each.person, each.site)])
    )


def score(plan: Plan, begins: datetime) -> tuple[int, int, int]:
    """Points of those who are required, of those who are optional, and the cost of the hour."""
    waived = {(cause.rule, cause.site) for cause in plan.wish.waives}
    points, ends = {True: 0, False: 0}, set()
    for each in plan.wish.participants:
        people = (each.person, *each.deputies)
        able = [who for who in people if all(is_let_off(one, waived) for one in causes(plan, who, each.site, begins))]
        if able:
            points[each.required] += 2 if able[0] == each.person else 1
            ends.add(whereabouts(plan, able[0], each.site, begins))
    costs = [
        sum(cost_of_minute(plan, site, begins + n * QUARTER) * 15 for n in range(plan.wish.quarters)) for site in ends
    ]
    return points[True], points[False], sum(costs) + 2 * max(costs, default=0)


def cost_of_minute(plan: Plan, site: str, quarter: datetime) -> int:
    entry = plan.calendars[site].get(quarter.astimezone(ZoneInfo(plan.sites[site].zone)).date())
    rules = set(against(plan, site, quarter))
    return (
        (not is_usual(plan, site, quarter))
        + 2 * bool(rules & {"holiday", "weekend"})
        + 3 * ("night" in rules)
        + bool(entry and entry.provisional)
    )


def is_let_off(cause: tuple[str, str], waived: set[tuple[str, str]]) -> bool:
    """Whether it is waived at the site, or at every site."""
    return cause in waived or (cause[0], "") in waived


def is_covered(plan: Plan, begins: datetime) -> bool:
    day = begins.astimezone(ZoneInfo(plan.wish.zone)).date()
    return plan.agreement.in_effect_from <= day <= plan.agreement.in_effect_until


def has_its_room(plan: Plan, site: str, room: str, begins: datetime) -> bool:
    keys = {key_of("room", room, begins + number * QUARTER) for number in range(plan.wish.quarters)}
    (places,) = [each.places for each in plan.sites[site].rooms if each.id == room]
    return not keys & plan.taken and places >= sum(each.site == site for each in plan.wish.participants)


def seated(wish: Wish, free: Sequence[Interpreter]) -> bool:
    """Whether some order of the people puts one on each seat who speaks both languages."""
    seats = wish.interpreters
    return any(
        all(each.languages >= set(pair) for each, pair in zip(order, seats, strict=True))
        for order in permutations(free, len(seats))
    )


def every_change(plan: Plan) -> list[Change]:
    wish = plan.wish
    rules, already = ("night", "holiday", "weekend"), {(cause.rule, cause.site) for cause in wish.waived}
    waivers = [
        Change(WAIVE, rule=rule, site=site)
        for rule in rules
        for site in plan.sites
        if not is_let_off((rule, site), already)
    ]
    return [
        *(Change(OPTIONAL, person=each.person) for each in wish.participants if each.required and each.role != CHAIR),
        *waivers,
        *([] if wish.urgent else [MADE_URGENT]),
        *(Change(WITHOUT_ROOM, site=site) for site in wish.rooms),
        *(Change(WITHOUT_INTERPRETER, seat=seat) for seat in range(len(wish.interpreters))),
    ]


def smallest_changes(plan: Plan, most: int, largest: int) -> list[tuple[int, int]]:
    """Sizes and costs of the smallest sets of changes that give a time, none of which contains another.

    Sets of more than `largest` are not tried. Seats for the same languages are one change, however numbered.
    """
    known: dict[Any, Causes] = {}
    enough: list[frozenset[Change]] = []
    for size in range(1, largest + 1):
        working = [
            frozenset(changes)
            for changes in combinations(every_change(plan), size)
            if not any(other <= frozenset(changes) for other in enough)
            and _is_one_way(plan.wish, changes)
            and _gives_a_time(plan, changes, known)
        ]
        enough += sorted(working, key=lambda changes: sum(cost(change, plan.wish) for change in changes))
    return [(len(changes), sum(cost(change, plan.wish) for change in changes)) for changes in enough[:most]]


def _gives_a_time(plan: Plan, changes: Sequence[Change], known: dict[Any, Causes]) -> bool:
    wish = changed(plan.wish, changes)
    is_justified = wish.urgent or not any(change.kind == WAIVE for change in changes)
    return is_justified and any(is_time(plan, wish, begins, known) for begins in starts(plan))


def _is_one_way(wish: Wish, changes: Sequence[Change]) -> bool:
    """Of two seats for the same languages the first is emptied first."""
    empty = {change.seat for change in changes if change.kind == WITHOUT_INTERPRETER}
    return all(
        first in empty
        for seat in empty
        for first in range(seat)
        if set(wish.interpreters[first]) == set(wish.interpreters[seat])
    )


SITES = (KASHGAR, GILGIT, LONDON, NEW_YORK, DELHI, KATHMANDU)
BEGINNINGS = (date(2026, 3, 4), date(2026, 3, 8), date(2026, 3, 28), date(2026, 10, 24), date(2026, 10, 31))
"""An ordinary Wednesday, and nights on which America's or Europe's clocks are changed."""
HOURS = st.sampled_from(
    [(), ((("08:00", "12:30"), ("14:30", "17:00")),), ((("10:00", "20:00"),),), ((("05:30", "13:15"),),)]
)
LANGUAGES = ("ur", "zh", "ug", "en")


@st.composite
def plans_of_any_kind(draw: st.DrawFn, hours: int = 30) -> Plan:
    """Two or three sites, up to four participants; so many hours long."""
    sites = draw(st.lists(st.sampled_from(SITES), min_size=2, max_size=3, unique=True))
    first = datetime.combine(draw(st.sampled_from(BEGINNINGS)), datetime.min.time(), UTC)
    begins = first + timedelta(hours=draw(st.integers(0, 23)))
    people = [f"per_{number}" for number in range(draw(st.integers(2, 4)))]
    participants = tuple(draw(_participant(person, sites)) for person in people)
    others = [f"per_i{number}" for number in range(3)]
    pairs = st.sampled_from([("ur", "zh"), ("ug", "zh"), ("en", "ur")])
    rooms = {site: f"rom_{site}" for site in draw(st.sets(st.sampled_from(sites)))}
    wish = given.wish(
        *participants,
        quarters=draw(st.integers(1, 8)),
        zone=draw(st.sampled_from([zone for _, zone in given.ZONES.values()])),
        interpreters=tuple(draw(st.lists(pairs, max_size=2))),
        rooms=rooms,
        urgent=draw(st.booleans()),
        reason="It bleeds.",
    )
    rules = st.tuples(st.sampled_from(["night", "holiday", "weekend"]), st.sampled_from([*sites, ""]))
    if wish.urgent:
        wish = replace(wish, waived=frozenset(Cause(*each) for each in draw(st.sets(rules, max_size=3))))
    days = st.dates(first.date(), first.date() + timedelta(days=3))
    made = {site: draw(_site(site, days)) for site in sites}
    everybody = [*people, *others, "per_d1", "per_d2"]
    return Plan(
        wish=wish,
        begins=begins,
        ends=begins + timedelta(hours=hours),
        now=begins - timedelta(minutes=draw(st.integers(-600, 2000))),
        agreement=replace(given.CONSULTING, in_effect_until=draw(st.sampled_from([first.date(), date(2026, 12, 31)]))),
        sites=made,
        calendars={site: calendar_of(made[site], draw(_national(days))) for site in sites},
        away={who: (draw(_away(sites, days)),) for who in draw(st.sets(st.sampled_from(everybody), max_size=2))},
        interpreters=tuple(draw(_interpreter(who, sites)) for who in others),
        taken=draw(_taken([*everybody], list(rooms.values()), begins, hours)),
    )


@st.composite
def _participant(draw: st.DrawFn, person: str, sites: list[str]) -> Participant:
    deputies = tuple(draw(st.lists(st.sampled_from(["per_d1", "per_d2"]), max_size=2, unique=True)))
    required = draw(st.integers(0, 4)) > 0
    return Participant(person, draw(st.sampled_from(ROLES)), draw(st.sampled_from(sites)), required, (), deputies)


@st.composite
def _interpreter(draw: st.DrawFn, person: str, sites: list[str]) -> Interpreter:
    spoken = draw(st.sets(st.sampled_from(LANGUAGES), min_size=2))
    return Interpreter(person, draw(st.sampled_from(sites)), frozenset(spoken))


@st.composite
def _site(draw: st.DrawFn, site_id: str, days: st.SearchStrategy[date]) -> Any:
    openings = draw(HOURS)
    week = dict.fromkeys(draw(st.sets(st.integers(1, 7), min_size=1)), openings[0]) if openings else {}
    own = [
        OwnHoliday(day, "Own", works) for day, works in draw(st.dictionaries(days, st.booleans(), max_size=1)).items()
    ]
    return given.site(
        site_id,
        hours=(Season("the year", "01-01", "12-31", week),) if openings else (),
        holidays=tuple(own),
        rooms=(Room(f"rom_{site_id}", {"en": "Room"}, draw(st.integers(1, 3))),),
    )


def _national(days: st.SearchStrategy[date]) -> st.SearchStrategy[dict[date, Holiday]]:
    kinds = (Holiday("Feast"), Holiday("Feast", provisional=True), Holiday("Made up", works=True))
    return st.dictionaries(days, st.sampled_from(kinds), max_size=2)


@st.composite
def _away(draw: st.DrawFn, sites: list[str], days: st.SearchStrategy[date]) -> Away:
    first = draw(days)
    return Away(draw(st.sampled_from(sites)), first, first + timedelta(days=draw(st.integers(0, 1))))


@st.composite
def _taken(draw: st.DrawFn, people: list[str], rooms: list[str], begins: datetime, hours: int) -> frozenset[str]:
    things = [("person", person) for person in people] + [("room", room) for room in rooms]
    keys: frozenset[str] = frozenset()
    for kind, thing in draw(st.lists(st.sampled_from(things), max_size=6)):
        # Also what begins before the window, and ends behind it.
        first = begins + draw(st.integers(-4, hours * 4)) * QUARTER
        keys |= given.taken(kind, thing, first, 15 * draw(st.integers(1, 60)))
    return keys
