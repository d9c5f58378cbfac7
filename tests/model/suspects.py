"""Poison that kills its process, and its good neighbours: delivery counts, suspects, dead letters.

The serving process takes from the main queue, a worker from the suspects; it tries each in a child and sees how that
ends. The broker's own delivery limit (twenty, here four) stands behind the subscriber's threshold of two.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant

MAIN, SUSPECTS, DEAD, STORED, HANDLED, GONE = "main", "suspects", "dead", "dead letter", "handled", "gone"
NEXT = {MAIN: SUSPECTS, SUSPECTS: DEAD}
THRESHOLD, LIMIT, MOST_DEATHS = 2, 4, 4


class Message(NamedTuple):
    """One message: whether it kills, where it is, how often it came back there, how many processes it killed.

    `lost_trials`: how many children of the worker that has it in hand ended over it.
    """

    kills: bool
    place: str = MAIN
    returns: int = 0
    held: bool = False
    deaths: int = 0
    lost_trials: int = 0


class Poisoned(NamedTuple):
    messages: tuple[Message, ...]
    crashes_left: int
    accidents_left: int


class PoisonAmongGoodMessages(Model[Poisoned]):
    """Two poisons and a good message. Crashes of serving process and worker, and accidents of the worker's child, are
    those that have nothing to do with a message."""

    crashes = 2
    accidents = 1

    def initial(self) -> Poisoned:
        messages = (Message(kills=True), Message(kills=True), Message(kills=False))
        return Poisoned(messages, self.crashes, self.accidents)

    def steps(self, state: Poisoned) -> Iterator[Step[Poisoned]]:
        for number, message in enumerate(state.messages):
            yield from self._of_message(state, number, message)
        for place in (MAIN, SUSPECTS):
            if state.crashes_left and self._in_hand(state, place):
                dead = self._die(state, place)._replace(crashes_left=state.crashes_left - 1)
                yield Step(f"crash of the process at {place}", dead, fault=True)
        if state.accidents_left and self._in_hand(state, SUSPECTS):
            ended = self._end_of_child(state)._replace(accidents_left=state.accidents_left - 1)
            yield Step("the worker's child ends by accident", ended, fault=True)

    def _of_message(self, state: Poisoned, number: int, message: Message) -> Iterator[Step[Poisoned]]:
        name = f"{'poison' if message.kills else 'good message'} {number + 1}"
        if message.place in NEXT and not message.held and self._has_room(state, message.place):
            taken = _with(state, number, message._replace(held=True))
            yield Step(f"{message.place}: {name} is delivered", taken)
        if message.held:
            yield from self._handle(state, number, name)
        if message.place == DEAD:
            yield Step(f"worker: drains {name}", _with(state, number, message._replace(place=STORED)))

    def _has_room(self, state: Poisoned, place: str) -> bool:
        alone = place == SUSPECTS and self.has(Guard.SUSPECTS_ONE_AT_A_TIME)
        return not alone or not any(message.held for message in state.messages if message.place == SUSPECTS)

    def _in_hand(self, state: Poisoned, place: str) -> bool:
        return any(message.held for message in state.messages if message.place == place)

    def _handle(self, state: Poisoned, number: int, name: str) -> Iterator[Step[Poisoned]]:
        message = state.messages[number]
        if not self.has(Guard.HOLD_WHILE_AWAY) and not message.lost_trials:
            put_back = _with(state, number, _come_back(message))
            yield Step(f"{message.place}: puts {name} back, the database is away", put_back, fault=True)
        if message.kills and message.place == MAIN and not self.has(Guard.COUNT_BEFORE_BODY):
            yield Step(f"{message.place}: {name} kills as its body is read", self._killed(state, number))
        elif self._has_come_too_often(message):
            yield from self._condemn(state, number, name)
        elif message.kills:
            yield Step(f"{message.place}: {name} kills", self._killed(state, number))
        else:
            handled = message._replace(place=HANDLED, held=False)
            yield Step(f"{message.place}: {name} is handled", _with(state, number, handled))

    def _has_come_too_often(self, message: Message) -> bool:
        if message.place == SUSPECTS and self._trials_tell():
            return message.lost_trials >= (THRESHOLD if self.has(Guard.SECOND_TRIAL) else 1)
        return message.returns >= THRESHOLD and self.has(Guard.COUNT_THRESHOLD)

    def _condemn(self, state: Poisoned, number: int, name: str) -> Iterator[Step[Poisoned]]:
        message = state.messages[number]
        if message.place == SUSPECTS or not self.has(Guard.SUSPECTS_QUEUE):
            stored = message._replace(place=STORED, held=False)
            yield Step(f"{message.place}: {name} is stored as a dead letter", _with(state, number, stored))
            return
        moved = Message(message.kills, SUSPECTS, deaths=message.deaths)
        yield Step(f"main: {name} is rejected and moves to the suspects", _with(state, number, moved))
        if not self.has(Guard.MOVE_CONFIRMED):
            lost = message._replace(place=GONE, held=False)
            yield Step(f"{name} is lost on its way to the suspects", _with(state, number, lost), fault=True)

    def _killed(self, state: Poisoned, number: int) -> Poisoned:
        message = state.messages[number]
        guilty = _with(state, number, message._replace(deaths=message.deaths + 1))
        return self._end_of_child(guilty) if message.place == SUSPECTS else self._die(guilty, MAIN)

    def _end_of_child(self, state: Poisoned) -> Poisoned:
        """What the child had stays in the worker's hands. Where there is no child, the process itself ends."""
        if not self._trials_tell():
            return self._die(state, SUSPECTS)
        messages = (
            message._replace(lost_trials=message.lost_trials + 1)
            if message.held and message.place == SUSPECTS
            else message
            for message in state.messages
        )
        return state._replace(messages=tuple(messages))

    def _trials_tell(self) -> bool:
        return self.has(Guard.SUSPECTS_APART) and self.has(Guard.JUDGED_BY_ITS_TRIAL)

    def _die(self, state: Poisoned, place: str) -> Poisoned:
        """Whatever the process held comes back; one process for both queues loses what it held of both."""
        lost = (place,) if self.has(Guard.SUSPECTS_APART) else (MAIN, SUSPECTS)
        messages = (
            _come_back(message) if message.held and message.place in lost else message for message in state.messages
        )
        return state._replace(messages=tuple(messages))

    def broken(self, state: Poisoned) -> Iterator[Invariant]:
        for message in state.messages:
            if message.place == GONE:
                yield Invariant.NOTHING_LOST
            if message.place == STORED and not message.kills:
                yield Invariant.GOOD_IS_NOT_DEAD
            if message.deaths > MOST_DEATHS + 2 * (self.crashes - state.crashes_left):
                yield Invariant.FEW_DEATHS

    def good(self, state: Poisoned) -> bool:
        return all(message.place == (STORED if message.kills else HANDLED) for message in state.messages)


def _with(state: Poisoned, number: int, message: Message) -> Poisoned:
    return state._replace(messages=(*state.messages[:number], message, *state.messages[number + 1 :]))


def _come_back(message: Message) -> Message:
    if message.returns < LIMIT:
        return message._replace(held=False, returns=message.returns + 1, lost_trials=0)
    return message._replace(held=False, returns=0, lost_trials=0, place=NEXT[message.place])
