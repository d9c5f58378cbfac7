"""A command that creates a document, repeated after a lost answer."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant


class Creating(NamedTuple):
    """`changed`: a later decision moved the document on, so that its state no longer tells what the create answered."""

    requests: int = 0
    documents: int = 0
    changed: bool = False
    answer: str = ""
    sendings_left: int = 2


class CreatesThatAreRepeated(Model[Creating]):
    """The same command is sent twice; answers get lost; the document it made may have moved on in between."""

    def initial(self) -> Creating:
        return Creating()

    def steps(self, state: Creating) -> Iterator[Step[Creating]]:
        if state.sendings_left and not state.answer:
            sent = state._replace(requests=state.requests + 1, sendings_left=state.sendings_left - 1)
            yield Step("caller: sends the command", sent)
        if state.documents and not state.changed:
            yield Step("another decision changes the document", state._replace(changed=True))
        if state.requests:
            after = self._handled(state._replace(requests=state.requests - 1))
            yield Step("service: inserts, and its answer is lost", after._replace(answer=state.answer), fault=True)
            yield Step("service: inserts, and answers", after)

    def _handled(self, state: Creating) -> Creating:
        if state.documents and self.has(Guard.CREATE_ID_FROM_COMMAND):
            now = "as it is now" if state.changed else "as created"
            return state._replace(answer="as created" if self.has(Guard.FIRST_ANSWER_KEPT) else now)
        return state._replace(documents=state.documents + 1, answer="as created")

    def broken(self, state: Creating) -> Iterator[Invariant]:
        if state.documents > 1:
            yield Invariant.NO_EFFECT_TWICE
        if state.answer == "as it is now":
            yield Invariant.ANSWERED_TRULY

    def good(self, state: Creating) -> bool:
        return not state.requests and bool(state.answer or not state.sendings_left)
