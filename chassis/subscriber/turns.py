"""Whose turn it is: the subscription's or the suspects'. A suspect is handled while the process holds nothing else.

A delivery count says that a process died, not who killed it. A suspect in hand beside other messages would be counted
when one of those kills the process, and a good message be condemned for its neighbour.
"""

from enum import Enum


class Turn(Enum):
    SUBSCRIPTION = "subscription"
    SUSPECTS = "suspects"


class Turns:
    """Says which of the two queues to take from, one or none. Knows no broker.

    Suspects come first, also when the process starts: what killed it may be among the subscription's messages.
    """

    def __init__(self, subscription: str, suspects: str) -> None:
        self._queues = {Turn.SUBSCRIPTION: subscription, Turn.SUSPECTS: suspects}
        self._turn: Turn | None = None

    def wanted(self, *, consuming: frozenset[str], in_hand: int, suspects_waiting: int | None) -> frozenset[str]:
        """The queue to take from, as a set of one, or none while the turn changes.

        `consuming`: the queues that messages come from now. `in_hand`: messages taken and not answered.
        `suspects_waiting`: how many stand in that queue; `None` while that is unknown.
        """
        next_turn = self._next(in_hand, suspects_waiting)
        if next_turn is not self._turn:
            if consuming or in_hand:
                return frozenset()
            self._turn = next_turn
        return frozenset({self._queues[self._turn]} if self._turn else ())

    def _next(self, in_hand: int, suspects_waiting: int | None) -> Turn | None:
        if suspects_waiting is None:
            return self._turn
        if suspects_waiting or (self._turn is Turn.SUSPECTS and in_hand):
            return Turn.SUSPECTS
        return Turn.SUBSCRIPTION
