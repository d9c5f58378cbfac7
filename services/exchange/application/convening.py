"""Saving a decision on a consultation together with what it takes or gives back: people, rooms and quota."""

from collections.abc import Callable

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import HoldTaken, Loaded, Transaction
from chassis.kernel.errors import Refusal
from services.exchange.application.ports.agreements import Ledgers
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.turns import Turns
from services.exchange.domain.consultations.claims import moves
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.quarters import parts_of_key
from services.exchange.domain.consultations.refusals import ParticipantBusy, RoomTaken


class Convening:
    """Keeps consultations, holds and quota in step."""

    def __init__(self, consultations: Consultations, ledgers: Ledgers) -> None:
        self._consultations, self._ledgers, self._turns = consultations, ledgers, Turns()

    def add(self, consultation_id: str, decision: Decision[Consultation], context: Context) -> Receipt:
        """Keeps a new consultation with all that it holds, or nothing of it.

        Raises `HoldTaken`, which may be waited for, and `QuotaExceeded`, `QuotaClosed`, `AgreementNotInEffect`.
        """

        def write(within: Transaction | None) -> Receipt:
            return self._consultations.add(consultation_id, decision, context, within)

        return self._with_quota(None, decision.state, write)

    def save(self, loaded: Loaded[Consultation], decision: Decision[Consultation], context: Context) -> Receipt:
        """Saves the decision: everybody's time, or nothing.

        Raises `ParticipantBusy`, `RoomTaken`, `QuotaExceeded`, `QuotaClosed`, `AgreementNotInEffect`, `WriteConflict`.
        """
        try:
            return self.take(loaded, decision, context)
        except HoldTaken as taken:
            raise beaten(taken) from None

    def take(self, loaded: Loaded[Consultation], decision: Decision[Consultation], context: Context) -> Receipt:
        """The same for who goes on waiting where something is taken. Raises `HoldTaken` then."""
        write = self._consultations.saving(loaded, decision, context)
        return self._with_quota(loaded.state, decision.state, write)

    def _with_quota(
        self, before: Consultation | None, after: Consultation, write: Callable[[Transaction | None], Receipt]
    ) -> Receipt:
        moved = moves(before, after)
        if not moved:
            return write(None)

        def both(within: Transaction) -> Receipt:
            # The ledgers last: who else wants them gets in the way only from here to the end.
            receipt = write(within)
            for move in moved:
                self._ledgers.move(move, within)
            return receipt

        with self._turns.taken(*(move.ledger for move in moved)):
            return self._consultations.atomically(both)


def beaten(taken: HoldTaken) -> Refusal:
    """Who or what is taken, as a refusal."""
    kind, thing, quarter = parts_of_key(taken.key)
    if kind == "room":
        return RoomTaken(room=thing, at=quarter.isoformat())
    return ParticipantBusy(person=thing, at=quarter.isoformat())
