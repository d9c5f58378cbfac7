"""Saving a decision on a consultation together with what it takes or gives back: people, rooms and quota."""

from collections.abc import Callable

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import HoldTaken, Loaded, Transaction
from chassis.kernel.errors import Refusal
from services.exchange.application.meeting_times import MeetingTimes
from services.exchange.application.ports.agreements import Ledgers
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.turns import Turns
from services.exchange.domain.consultations.claims import moves
from services.exchange.domain.consultations.consultation import Consultation, holds
from services.exchange.domain.consultations.deputies import standing_in
from services.exchange.domain.consultations.finding.refusals import ParticipantBusy, RoomTaken
from services.exchange.domain.consultations.participants import with_deputies
from services.exchange.domain.consultations.proposing import waiting
from services.exchange.domain.consultations.quarters import parts_of_key
from services.exchange.domain.consultations.standing import first_begins

Write = Callable[[Transaction | None], Receipt]


class Convening:
    """Keeps consultations, holds and quota in step."""

    def __init__(self, consultations: Consultations, ledgers: Ledgers, times: MeetingTimes) -> None:
        self._consultations, self._ledgers, self._times = consultations, ledgers, times
        self._turns = Turns()

    def add(self, consultation_id: str, proposed: Decision[Consultation], context: Context, *, wait: bool) -> Receipt:
        """Keeps a new consultation with all that it holds; where that is taken and it may `wait`, on the waiting list.

        Raises what the rules of its times forbid, `ParticipantBusy`, `RoomTaken`, `QuotaExceeded`, `QuotaClosed`,
        `AgreementNotInEffect`.
        """
        try:
            return self._add(consultation_id, self._times.allowed(None, proposed, context.now), context)
        except (ParticipantBusy, RoomTaken) as taken:
            if not wait:
                raise
            self._times.must_be_worth_waiting_for(proposed.state, context.now)
            return self._add(consultation_id, waiting(proposed, taken), context)

    def save(self, loaded: Loaded[Consultation], decision: Decision[Consultation], context: Context) -> Receipt:
        """Saves the decision: everybody's time, or nothing. New times are put to the rules first.

        Raises what they forbid, and what `add` raises, `WriteConflict`.
        """
        return self.take(loaded, self._times.allowed(loaded.state, decision, context.now), context)

    def take(self, loaded: Loaded[Consultation], decision: Decision[Consultation], context: Context) -> Receipt:
        """The same for times that the rules have allowed before."""
        return self._held(loaded.state, decision, lambda decided: self._consultations.saving(loaded, decided, context))

    def keep(self, loaded: Loaded[Consultation], decision: Decision[Consultation], context: Context) -> Receipt:
        """The same for what takes no time: a deputy who is held stays so. Who waits for them is told of none freed."""
        return self._with_quota(loaded.state, decision.state, self._consultations.saving(loaded, decision, context))

    def _add(self, consultation_id: str, decision: Decision[Consultation], context: Context) -> Receipt:
        def writing(decided: Decision[Consultation]) -> Write:
            return lambda within: self._consultations.add(consultation_id, decided, context, within)

        return self._held(None, decision, writing)

    def _held(
        self,
        before: Consultation | None,
        decision: Decision[Consultation],
        writing: Callable[[Decision[Consultation]], Write],
    ) -> Receipt:
        """With the time of everybody whom it needs; where who is awaited has none, with that of a deputy who has."""
        # At first with nobody else's: who has become free meanwhile is held themselves.
        decided = standing_in(decision)
        while True:
            try:
                return self._with_quota(before, decided.state, writing(decided))
            except HoldTaken as beaten:
                tried, decided = decided, standing_in(decided, self._taken_by_others(before, decided.state))
                if decided == tried:
                    raise _refused(beaten, decided.state) from None

    def _taken_by_others(self, before: Consultation | None, after: Consultation) -> frozenset[str]:
        """What other consultations hold of its people while it meets."""
        people, ends = with_deputies(after.participants), max(session.ends for session in after.planned)
        taken = self._consultations.taken(people, (), first_begins(after.planned), ends)
        return taken - frozenset(holds(before) if before else ())

    def _with_quota(self, before: Consultation | None, after: Consultation, write: Write) -> Receipt:
        moved = moves(before, after)

        def both(within: Transaction) -> Receipt:
            # The ledgers last: who else wants them gets in the way only from here to the end.
            receipt = write(within)
            for move in moved:
                self._ledgers.move(move, within)
            return receipt

        with self._turns.taken(*(move.ledger for move in moved)):
            return self._consultations.atomically(both) if moved else write(None)


def _refused(taken: HoldTaken, consultation: Consultation) -> Refusal:
    """Who or what another consultation has, as a refusal."""
    kind, thing, quarter = parts_of_key(taken.key)
    if kind == "room":
        site = next(site for site, room in consultation.rooms.items() if room == thing)
        return RoomTaken(site=site, room=thing, begins=quarter.isoformat())
    return ParticipantBusy(person=thing, begins=quarter.isoformat(), deputy=None)
