"""Open seats for interpreters: each needs somebody of its own who speaks both languages."""

from collections.abc import Sequence

from services.exchange.domain.consultations.finding.plan import Interpreter
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Pair, Wish


def fillable(timetable: Timetable, wish: Wish) -> int:
    """The starts at which every seat finds an interpreter of its own.

    `filled[seats]`: the starts at which those seats, as a set, can be filled by the people looked at so far.
    """
    every = (1 << len(wish.interpreters)) - 1
    filled = [timetable.starts] + [0] * every
    for interpreter in timetable.plan.interpreters:
        comes = timetable.person(interpreter.person, interpreter.site).comes(wish.waives)
        fits = [seat for seat, pair in enumerate(wish.interpreters) if speaks(interpreter, pair)]
        # The largest first: nobody takes two seats.
        for seats in range(every, 0, -1):
            for seat in fits:
                if seats >> seat & 1:
                    filled[seats] |= filled[seats ^ 1 << seat] & comes
    return filled[every]


def chosen(timetable: Timetable, wish: Wish, start: int) -> list[Interpreter | None]:
    """Who fills each seat at a start, `None` where nobody is left; as many seats as can be are filled."""
    free = [
        each
        for each in timetable.plan.interpreters
        if timetable.person(each.person, each.site).comes(wish.waives) >> start & 1
    ]
    choices = [[each for each in free if speaks(each, pair)] for pair in wish.interpreters]
    sitting: dict[Interpreter, int] = {}
    for seat in range(len(choices)):
        _seated(seat, choices, sitting, set())
    by_seat = {seat: interpreter for interpreter, seat in sitting.items()}
    return [by_seat.get(seat) for seat in range(len(choices))]


def speaks(interpreter: Interpreter, pair: Pair) -> bool:
    """Whether they speak both languages."""
    return interpreter.languages.issuperset(pair)


def _seated(
    seat: int, choices: Sequence[Sequence[Interpreter]], sitting: dict[Interpreter, int], asked: set[Interpreter]
) -> bool:
    """Finds somebody for the seat; who sits elsewhere moves over where somebody else can take their seat."""
    for interpreter in choices[seat]:
        if interpreter in asked:
            continue
        asked.add(interpreter)
        if interpreter not in sitting or _seated(sitting[interpreter], choices, sitting, asked):
            sitting[interpreter] = seat
            return True
    return False
