"""Mail: an effect outside the database, which no transaction covers.

A crash or a stall between the mail server's word and the note of it may send a mail again; the derived Message-ID makes
the recipient's mailbox show it once. Nothing else may.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant


class Sending(NamedTuple):
    """In a sender's hands; `result`: sent or failed, once the mail server has answered."""

    result: str = ""


class Mailing(NamedTuple):
    state: str = "queued"
    wait: int = 0  # moments until it may be claimed (again)
    claimed_by: int | None = None
    senders: tuple[Sending | None, ...] = (None, None)
    received: frozenset[str] = frozenset()  # Message-IDs in the recipient's mailbox
    transmissions: int = 0
    faults: int = 0
    refusals_left: int = 1
    begun_again: bool = False


class MailsByTwoSenders(Model[Mailing]):
    """One notification; a crash or a stall, and a mail server that may refuse for a while."""

    def initial(self) -> Mailing:
        return Mailing()

    def steps(self, state: Mailing) -> Iterator[Step[Mailing]]:
        stalled = state.wait and any(state.senders)
        if state.wait and (not stalled or not state.faults):
            passed = state._replace(wait=0, faults=state.faults + bool(stalled))
            yield Step("time passes while a sender stalls" if stalled else "time passes", passed, fault=bool(stalled))
        for place, sending in enumerate(state.senders):
            if sending is not None:
                yield from self._go_on(state, place, sending)
            elif state.state == "queued" and not state.wait:
                wait = int(self.has(Guard.SENDER_CLAIMS))
                claimed = _hands(state, place, Sending())._replace(wait=wait, claimed_by=place)
                yield Step(f"sender {place + 1}: takes up the mail", claimed)

    def _go_on(self, state: Mailing, place: int, sending: Sending) -> Iterator[Step[Mailing]]:
        name = f"sender {place + 1}"
        if not state.faults:
            yield Step(f"crash of {name}", _hands(state, place, None)._replace(faults=1), fault=True)
        if sending.result:
            yield Step(f"{name}: notes that it {sending.result}", self._note(state, place, sending))
            return
        message_id = "derived" if self.has(Guard.MESSAGE_ID_FROM_NOTIFICATION) else f"random {state.transmissions}"
        sent = _hands(state, place, Sending("sent"))._replace(transmissions=state.transmissions + 1)
        yield Step(f"{name}: hands the mail over", sent._replace(received=state.received | {message_id}))
        if state.refusals_left:
            refused = _hands(state, place, Sending("failed"))._replace(refusals_left=0)
            yield Step("the mail server refuses for now", refused, fault=True)

    def _note(self, state: Mailing, place: int, sending: Sending) -> Mailing:
        after = _hands(state, place, None)
        if self.has(Guard.SENT_NEEDS_CLAIM) and state.claimed_by != place:
            return after
        if sending.result == "sent":
            return after._replace(state="sent", wait=0, claimed_by=None)
        return after._replace(state="queued", wait=1, claimed_by=None, begun_again=state.state == "sent")

    def broken(self, state: Mailing) -> Iterator[Invariant]:
        if len(state.received) > 1 or state.transmissions > 1 + state.faults:
            yield Invariant.NO_EFFECT_TWICE
        if state.begun_again:
            yield Invariant.SETTLED_STAYS

    def good(self, state: Mailing) -> bool:
        return state.state == "sent" and state.senders == (None, None) and len(state.received) == 1


def _hands(state: Mailing, place: int, sending: Sending | None) -> Mailing:
    return state._replace(senders=(*state.senders[:place], sending, *state.senders[place + 1 :]))
