"""Who may do what, as a matrix: every role at every place against every command."""

from collections.abc import Callable, Mapping

import pytest

from chassis.kernel.actor import ROLES, Actor
from chassis.kernel.errors import NotAllowed

May = Callable[[Actor], object]
Matrix = Mapping[str, tuple[May, set[str], set[str]]]
"""Command -> what decides, the roles that may, the places where they may."""

PLACES = {"sending": "sit_gilgit", "host": "sit_kashgar", "elsewhere": "sit_elsewhere"}


def cells(matrix: Matrix) -> list[tuple[str, str, str]]:
    """Each command with each role at each place."""
    return [(command, role, place) for command in matrix for role in sorted(ROLES) for place in PLACES]


def must_be_allowed_there_alone(matrix: Matrix, command: str, role: str, place: str) -> None:
    """Who has the role at the place may, as the matrix says; else it is refused with what it takes."""
    may, roles, places = matrix[command]
    actor = Actor("per_x", frozenset({role}), frozenset({PLACES[place]}))
    if role in roles and place in places:
        may(actor)
        return
    with pytest.raises(NotAllowed) as refused:
        may(actor)
    assert refused.value.facts.keys() == {"action", "needs"}
