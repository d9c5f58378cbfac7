"""What could be asked for differently so that there is a time, and how much each change costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from services.exchange.domain.consultations.finding.rules import HOLIDAY, NIGHT, WEEKEND, Cause
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.consultations.participants import INTERPRETER, PRESENTER, SPECIALIST

WITHOUT_ROOM, URGENT, WAIVE = "without-room", "urgent", "waive"
OPTIONAL, WITHOUT_INTERPRETER = "optional", "without-interpreter"
KINDS = (WITHOUT_ROOM, URGENT, WAIVE, OPTIONAL, WITHOUT_INTERPRETER)

COST_WITHOUT_ROOM, COST_OF_URGENCY, COST_WITHOUT_INTERPRETER = 1, 2, 9
COST_OF_WAIVER: Mapping[str, int] = {WEEKEND: 3, HOLIDAY: 5, NIGHT: 6}
COST_OF_OPTIONAL: Mapping[str, int] = {SPECIALIST: 4, INTERPRETER: 7, PRESENTER: 8}
"""By role: a specialist is missed least, and without its chair none is held."""


@dataclass(frozen=True, order=True)
class Change:
    """`person` for `optional`; `rule` and `site` for `waive`; `site` for `without-room`; `seat` (its number
    in the wish) for `without-interpreter`."""

    kind: str
    person: str = ""
    rule: str = ""
    site: str = ""
    seat: int = -1


MADE_URGENT = Change(URGENT)
TO_BE_GIVEN = "(to be given)"
"""The reason of what nobody has asked for as urgent yet."""


def waiving(causes: Iterable[Cause], wish: Wish) -> frozenset[Change]:
    """Letting somebody off these rules, for which it has to be urgent."""
    waivers = frozenset(Change(WAIVE, rule=cause.rule, site=cause.site) for cause in causes)
    return waivers | {MADE_URGENT} if waivers and not wish.urgent else waivers


def cost(change: Change, wish: Wish) -> int:
    """What the change costs: see the table above."""
    if change.kind == WAIVE:
        return COST_OF_WAIVER[change.rule]
    if change.kind == OPTIONAL:
        role = next(each.role for each in wish.participants if each.person == change.person)
        return COST_OF_OPTIONAL[role]
    return {
        WITHOUT_ROOM: COST_WITHOUT_ROOM,
        URGENT: COST_OF_URGENCY,
        WITHOUT_INTERPRETER: COST_WITHOUT_INTERPRETER,
    }[change.kind]


def changed(wish: Wish, changes: Iterable[Change]) -> Wish:
    """The wish with all of them."""
    by_kind: dict[str, list[Change]] = {kind: [] for kind in KINDS}
    for change in changes:
        by_kind[change.kind].append(change)
    optional = {change.person for change in by_kind[OPTIONAL]}
    rooms = {change.site for change in by_kind[WITHOUT_ROOM]}
    seats = {change.seat for change in by_kind[WITHOUT_INTERPRETER]}
    urgent = wish.urgent or bool(by_kind[URGENT])
    return replace(
        wish,
        participants=tuple(
            replace(each, required=False) if each.person in optional else each for each in wish.participants
        ),
        urgent=urgent,
        reason=wish.reason or (TO_BE_GIVEN if urgent else ""),
        waived=wish.waived | {Cause(change.rule, change.site) for change in by_kind[WAIVE]},
        rooms={site: room for site, room in wish.rooms.items() if site not in rooms},
        interpreters=tuple(pair for seat, pair in enumerate(wish.interpreters) if seat not in seats),
    )
