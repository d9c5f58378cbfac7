"""What could be asked for differently so that there is a time, and how much each change costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from services.exchange.domain.consultations.finding.rules import HOLIDAY, LEAD, NIGHT, WEEKEND, Cause
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.consultations.participants import CHAIR, INTERPRETER, PRESENTER, SPECIALIST

OPTIONAL, WAIVE, WITHOUT_ROOM, WITHOUT_INTERPRETER = "optional", "waive", "without-room", "without-interpreter"
KINDS = (WITHOUT_ROOM, WAIVE, OPTIONAL, WITHOUT_INTERPRETER)

COST_WITHOUT_ROOM, COST_WITHOUT_INTERPRETER = 1, 9
COST_OF_WAIVER: Mapping[str, int] = {LEAD: 2, WEEKEND: 3, HOLIDAY: 5, NIGHT: 6}
COST_OF_OPTIONAL: Mapping[str, int] = {SPECIALIST: 4, INTERPRETER: 7, PRESENTER: 8, CHAIR: 10}
"""By role: a specialist is missed least."""


@dataclass(frozen=True, order=True)
class Change:
    """`person` for `optional`; `rule` and perhaps `site` for `waive`; `site` for `without-room`; `seat` (its number
    in the wish) for `without-interpreter`."""

    kind: str
    person: str = ""
    rule: str = ""
    site: str = ""
    seat: int = -1


def waiving(cause: Cause) -> Change:
    return Change(WAIVE, rule=cause.rule, site=cause.site)


def cost(change: Change, wish: Wish) -> int:
    """What the change costs: see the table above."""
    if change.kind == WAIVE:
        return COST_OF_WAIVER[change.rule]
    if change.kind == OPTIONAL:
        role = next(each.role for each in wish.participants if each.person == change.person)
        return COST_OF_OPTIONAL[role]
    return COST_WITHOUT_ROOM if change.kind == WITHOUT_ROOM else COST_WITHOUT_INTERPRETER


def changed(wish: Wish, changes: Iterable[Change]) -> Wish:
    """The wish with all of them."""
    by_kind: dict[str, list[Change]] = {kind: [] for kind in KINDS}
    for change in changes:
        by_kind[change.kind].append(change)
    optional = {change.person for change in by_kind[OPTIONAL]}
    rooms = {change.site for change in by_kind[WITHOUT_ROOM]}
    seats = {change.seat for change in by_kind[WITHOUT_INTERPRETER]}
    return replace(
        wish,
        participants=tuple(
            replace(each, required=False) if each.person in optional else each for each in wish.participants
        ),
        waived=wish.waived | {Cause(change.rule, change.site) for change in by_kind[WAIVE]},
        rooms={site: room for site, room in wish.rooms.items() if site not in rooms},
        interpreters=tuple(pair for seat, pair in enumerate(wish.interpreters) if seat not in seats),
    )
