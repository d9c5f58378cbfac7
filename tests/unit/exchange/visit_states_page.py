"""docs/exchange/visit-states.md, made from the table: `python -m tests.unit.exchange.visit_states_page` writes it."""

from collections.abc import Iterator
from pathlib import Path

from services.exchange.domain.lifecycle import EITHER_SITE, EVERYBODY, HOST, MANAGERS, NONE, SENDING, STATES, TABLE, Row
from services.exchange.domain.visit import HOLDING

PAGE = Path(__file__).parents[3] / "docs/exchange/visit-states.md"

_HEAD = """# The states of a visit

Written by `python -m tests.unit.exchange.visit_states_page` from `services/exchange/domain/lifecycle.py`; a test fails
when the two differ, and another gives every command below in every state as everybody, on the real command functions.

A visit holds seats, people and quota in these states: {holding}. Each row below is one command in one case. A state
that a row does not name refuses the command as `WrongState`; whoever the row does not name is refused as `NotAllowed`,
before anything else is looked at. Holds are taken, given back, kept as they are, swapped for those of other days in one
write, or become more (further days) or fewer (who withdraws, the days after a departure); where a row leads from
several states, in their order. Replies, deputies and extensions are told for the host department: the sending site's
own are given by its people in the same way, and tried so, too. [visits.md](visits.md) says what each command takes.

| command | case | who | state before → after | holds | events `exchange.visit.….v1` |
|---|---|---|---|---|---|
"""
_LAPSE = """
`lapse_visit` is a timer's: in states that it does not name it does nothing.

## What the case refuses

| command | case | state | refusal |
|---|---|---|---|
"""
_GROUPS = (
    (EITHER_SITE, "managers and coordinators of either site"),
    (SENDING, "managers and coordinators of the sending site"),
    (HOST, "managers and coordinators of the host"),
    (MANAGERS, "managers of either site"),
)


def page() -> str:
    """The whole page."""
    rows = "".join(_moving(row) for row in TABLE if row.leads)
    refusing = "".join(line for row in TABLE for line in _refusing(row))
    holding = ", ".join(f"`{state}`" for state in STATES if state in HOLDING)
    return _HEAD.format(holding=holding) + rows + _LAPSE + refusing


def _moving(row: Row) -> str:
    moves = "; ".join(_move(before, after) for before, after in row.leads.items())
    told = ", ".join(f"`{event}`" for event in row.tells)
    return f"| `{row.command}` | {row.case} | {_who(row)} | {moves} | {_holds(row)} | {told} |\n"


def _holds(row: Row) -> str:
    words = [row.holds(before) for before in row.leads]
    return words[0] if len(set(words)) == 1 else "; ".join(words)


def _move(before: str, after: str) -> str:
    known = "" if before == NONE else f"`{before}` "
    return f"`{before}` stays" if before == after else f"{known}→ `{after}`"


def _refusing(row: Row) -> Iterator[str]:
    return (f"| `{row.command}` | {row.case} | `{state}` | `{refusal}` |\n" for state, refusal in row.refuses.items())


def _who(row: Row) -> str:
    rest, named = set(row.who), []
    for group, words in _GROUPS:
        if group <= rest:
            named.append(words)
            rest -= group
    return ", ".join([*named, *(f"the {who}" for who in EVERYBODY if who in rest)])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
