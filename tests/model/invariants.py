"""What must hold in every state that the protocol can reach."""

from enum import Enum


class Invariant(Enum):
    """One promise, as a sentence."""

    NOTHING_LOST = "nothing lost: what was decided is stored, on its way, counted as unwanted, or has had its effect"
    NO_EFFECT_TWICE = "no effect twice"
    NO_COPY_OLDER = "no copy older than one seen before"
    NO_DEAD_END = "no dead end: without another fault, every state can still come to a good rest"
    GOOD_IS_NOT_DEAD = "no good message ends as a dead letter because of its neighbours or of an outage"
    FEW_DEATHS = "a poison kills four processes at most, and two more for each crash that it did not cause"
    STORED_BEFORE_ACKNOWLEDGED = "a failed event is stored before it is acknowledged"
    KEPT_ONCE = "no failed event is kept twice"
    SETTLED_STAYS = "what is finished is not begun again"
    UNSENT_IS_KEPT = "a document with unsent events is never deleted"
    TOLD_ONLY_DECIDED = "nothing is told that was not decided"
    SAVED_IN_TIME = "nothing is saved after its caller has given up"
    ANSWERED_TRULY = "who is told that a command was refused can rely on it, and a repeat answers as the first did"
    DECIDED_ON_PRESENT = "every decision is made on the state that it changes"
    HELD_ONCE = "a seat is never held twice"
    HOLDS_FIT_STATE = "a booked visit holds its seat, a cancelled one holds nothing"
    QUOTA_EXACT = "the ledger counts the bookings, and they keep within the quota"
    CLOSED_STAYS_CLOSED = "nothing is booked under an agreement that was terminated"
    ERASED_STAYS_ERASED = "what was erased does not come back"
    TIMERS_KEEP_TO_THE_MOMENT = "no timer acts on a moment that was moved"
