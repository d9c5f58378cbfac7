"""Every model, and for every guard the model that shows what its removal breaks."""

from typing import Any

from tests.model.bookings import BookingsOfOneSeat, BookingsThatSwap, BookingsUnderAQuota, BookingsWithoutQuota
from tests.model.commands import CommandsWithDeadlines
from tests.model.copies import CopiesOfAnErasedSubject, CopiesOfASubject
from tests.model.creates import CreatesThatAreRepeated
from tests.model.explorer import Model
from tests.model.guards import Guard
from tests.model.handling import HandlingOfEvents
from tests.model.invariants import Invariant
from tests.model.mails import MailsByTwoSenders
from tests.model.pipeline import FromDecisionToEffect, FromTwoDecisionsToEffects
from tests.model.publishing import PublishingByOneRelay, PublishingByTwoRelays
from tests.model.replica import DecisionOnAReplicaSet
from tests.model.retries import RetriesByTwoWorkers
from tests.model.stubborn_timer import TimerThatKills
from tests.model.suspects import PoisonAmongGoodMessages
from tests.model.timers import TimersByTwoWorkers

MODELS: tuple[type[Model[Any]], ...] = (
    PublishingByOneRelay,
    PublishingByTwoRelays,
    DecisionOnAReplicaSet,
    HandlingOfEvents,
    FromDecisionToEffect,
    FromTwoDecisionsToEffects,
    RetriesByTwoWorkers,
    PoisonAmongGoodMessages,
    CopiesOfASubject,
    CopiesOfAnErasedSubject,
    CommandsWithDeadlines,
    CreatesThatAreRepeated,
    TimersByTwoWorkers,
    TimerThatKills,
    BookingsUnderAQuota,
    BookingsOfOneSeat,
    BookingsThatSwap,
    BookingsWithoutQuota,
    MailsByTwoSenders,
)

REMOVALS: dict[Guard, tuple[type[Model[Any]], Invariant]] = {
    Guard.OUTBOX_WITH_STATE: (PublishingByOneRelay, Invariant.NOTHING_LOST),
    Guard.FIELDS_NOT_WHOLE: (PublishingByOneRelay, Invariant.SETTLED_STAYS),
    Guard.KEEP_WHILE_UNSENT: (PublishingByOneRelay, Invariant.UNSENT_IS_KEPT),
    Guard.TOPOLOGY_FIRST: (PublishingByOneRelay, Invariant.NOTHING_LOST),
    Guard.PULL_AFTER_CONFIRM: (PublishingByOneRelay, Invariant.NOTHING_LOST),
    Guard.NACK_IS_NO_CONFIRM: (PublishingByOneRelay, Invariant.NOTHING_LOST),
    Guard.RESEND_UNKNOWN: (PublishingByOneRelay, Invariant.NO_DEAD_END),
    Guard.PULL_BY_ID: (PublishingByOneRelay, Invariant.NOTHING_LOST),
    Guard.RETURN_COUNTED: (PublishingByOneRelay, Invariant.NOTHING_LOST),
    Guard.RETURN_REMOVED: (PublishingByOneRelay, Invariant.NO_DEAD_END),
    Guard.SIZE_REFUSED_AT_DECISION: (PublishingByOneRelay, Invariant.NO_DEAD_END),
    Guard.MAJORITY_WRITE: (DecisionOnAReplicaSet, Invariant.NOTHING_LOST),
    Guard.MAJORITY_READ: (DecisionOnAReplicaSet, Invariant.TOLD_ONLY_DECIDED),
    Guard.EFFECT_ID_FROM_EVENT: (HandlingOfEvents, Invariant.NO_EFFECT_TWICE),
    Guard.EVENT_IDS_KEPT: (HandlingOfEvents, Invariant.NO_EFFECT_TWICE),
    Guard.ACKNOWLEDGE_AFTER_EFFECT: (HandlingOfEvents, Invariant.NOTHING_LOST),
    Guard.STORE_FAILED_BEFORE_ACK: (HandlingOfEvents, Invariant.STORED_BEFORE_ACKNOWLEDGED),
    Guard.FAILED_ID_FROM_EVENT: (HandlingOfEvents, Invariant.KEPT_ONCE),
    Guard.KEPT_AS_BYTES: (HandlingOfEvents, Invariant.NO_DEAD_END),
    Guard.REPLAY_KEEPS_ID: (HandlingOfEvents, Invariant.NO_EFFECT_TWICE),
    Guard.CLAIM_IS_CONDITIONAL: (RetriesByTwoWorkers, Invariant.GOOD_IS_NOT_DEAD),
    Guard.OUTCOME_NEEDS_CLAIM: (RetriesByTwoWorkers, Invariant.SETTLED_STAYS),
    Guard.COUNT_BEFORE_TRY: (RetriesByTwoWorkers, Invariant.NO_DEAD_END),
    Guard.WAITING_IS_NOT_FAILING: (RetriesByTwoWorkers, Invariant.GOOD_IS_NOT_DEAD),
    Guard.SUSPECTS_QUEUE: (PoisonAmongGoodMessages, Invariant.GOOD_IS_NOT_DEAD),
    Guard.SUSPECTS_ONE_AT_A_TIME: (PoisonAmongGoodMessages, Invariant.GOOD_IS_NOT_DEAD),
    Guard.SUSPECTS_APART: (PoisonAmongGoodMessages, Invariant.GOOD_IS_NOT_DEAD),
    Guard.JUDGED_BY_ITS_TRIAL: (PoisonAmongGoodMessages, Invariant.GOOD_IS_NOT_DEAD),
    Guard.SECOND_TRIAL: (PoisonAmongGoodMessages, Invariant.GOOD_IS_NOT_DEAD),
    Guard.COUNT_THRESHOLD: (PoisonAmongGoodMessages, Invariant.FEW_DEATHS),
    Guard.COUNT_BEFORE_BODY: (PoisonAmongGoodMessages, Invariant.FEW_DEATHS),
    Guard.MOVE_CONFIRMED: (PoisonAmongGoodMessages, Invariant.NOTHING_LOST),
    Guard.HOLD_WHILE_AWAY: (PoisonAmongGoodMessages, Invariant.GOOD_IS_NOT_DEAD),
    Guard.SEQUENCE: (CopiesOfASubject, Invariant.NO_COPY_OLDER),
    Guard.SEQUENCE_IN_FILTER: (CopiesOfASubject, Invariant.NO_COPY_OLDER),
    Guard.DUPLICATE_KEY_ASKS_AGAIN: (CopiesOfASubject, Invariant.NOTHING_LOST),
    Guard.FULL_STATE: (CopiesOfASubject, Invariant.NOTHING_LOST),
    Guard.MARK_OUTLIVES_COPY: (CopiesOfAnErasedSubject, Invariant.ERASED_STAYS_ERASED),
    Guard.VERSION_IN_FILTER: (CommandsWithDeadlines, Invariant.DECIDED_ON_PRESENT),
    Guard.APPLIED_IDS: (CommandsWithDeadlines, Invariant.ANSWERED_TRULY),
    Guard.EXPECTED_VERSION: (CommandsWithDeadlines, Invariant.NO_EFFECT_TWICE),
    Guard.CREATE_ID_FROM_COMMAND: (CreatesThatAreRepeated, Invariant.NO_EFFECT_TWICE),
    Guard.FIRST_ANSWER_KEPT: (CreatesThatAreRepeated, Invariant.ANSWERED_TRULY),
    Guard.DEADLINE_BEFORE_SAVE: (CommandsWithDeadlines, Invariant.SAVED_IN_TIME),
    Guard.WRITE_SHORTER_THAN_GRACE: (CommandsWithDeadlines, Invariant.SAVED_IN_TIME),
    Guard.REPEAT_AFTER_GRACE: (CommandsWithDeadlines, Invariant.ANSWERED_TRULY),
    Guard.REQUEST_ACKED_FIRST: (CommandsWithDeadlines, Invariant.ANSWERED_TRULY),
    Guard.TIMER_ID: (TimersByTwoWorkers, Invariant.NO_EFFECT_TWICE),
    Guard.DUE_WITH_DECISION: (TimersByTwoWorkers, Invariant.NO_EFFECT_TWICE),
    Guard.DUE_ASKED_AGAIN: (TimersByTwoWorkers, Invariant.TIMERS_KEEP_TO_THE_MOMENT),
    Guard.REFUSAL_ENDS_TIMER: (TimersByTwoWorkers, Invariant.NO_DEAD_END),
    Guard.TIMER_PUT_OFF_FIRST: (TimerThatKills, Invariant.NO_DEAD_END),
    Guard.LEDGER_IN_TRANSACTION: (BookingsUnderAQuota, Invariant.QUOTA_EXACT),
    Guard.LEDGER_CONFLICTS: (BookingsUnderAQuota, Invariant.QUOTA_EXACT),
    Guard.LEDGER_ALWAYS_WRITTEN: (BookingsWithoutQuota, Invariant.CLOSED_STAYS_CLOSED),
    Guard.CLOSED_ON_LEDGER: (BookingsWithoutQuota, Invariant.CLOSED_STAYS_CLOSED),
    Guard.UNIQUE_HOLDS: (BookingsOfOneSeat, Invariant.HELD_ONCE),
    Guard.HOLDS_WITH_STATE: (BookingsUnderAQuota, Invariant.HOLDS_FIT_STATE),
    Guard.SWAP_IN_TRANSACTION: (BookingsThatSwap, Invariant.HOLDS_FIT_STATE),
    Guard.MESSAGE_ID_FROM_NOTIFICATION: (MailsByTwoSenders, Invariant.NO_EFFECT_TWICE),
    Guard.SENDER_CLAIMS: (MailsByTwoSenders, Invariant.NO_EFFECT_TWICE),
    Guard.SENT_NEEDS_CLAIM: (MailsByTwoSenders, Invariant.SETTLED_STAYS),
}
