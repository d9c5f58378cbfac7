"""The guards of the chassis, each with a way to take it away: a test that then still passes tests nothing."""

import os
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import eventlet

from chassis.consuming import Delivery, Source
from chassis.failed_events import FailedEvents, RetryWorker, retrying
from chassis.kernel import ids
from chassis.relay import sweeping
from chassis.relay.flight import Flight, Settled
from chassis.relay.parcels import CannotPublish, Outcome, Unsent, unsent
from chassis.rpc import messages, running
from chassis.rpc.call import Call
from chassis.rpc.server import RpcQueue
from chassis.subscriber import entrypoint, intake, trial


def take_away(guard: str) -> None:
    """Takes one guard away, in this process only; none for an empty name."""
    if guard:
        _WITHOUT[guard]()


def _pull_whatever_the_answer() -> None:
    settled = Flight._settle

    def confirmed(self: Flight, tag: int, taken: bool) -> Settled:
        parcel, event, _ = settled(self, tag, taken)
        return parcel, event, Outcome.CONFIRMED

    Flight._settle = confirmed  # type: ignore[method-assign]


def _take_the_unknown_for_confirmed() -> None:
    lost = Flight.lost

    def confirmed(self: Flight) -> list[Settled]:
        return [(parcel, event, Outcome.CONFIRMED) for parcel, event, _ in lost(self)]

    Flight.lost = confirmed  # type: ignore[method-assign]


def _stop_at_a_poison_row() -> None:
    def all_or_nothing(entries: object) -> tuple[list[Unsent], list[tuple[str, str]]]:
        try:
            return [unsent(entry) for entry in entries], []  # type: ignore[attr-defined]
        except CannotPublish as problem:
            raise RuntimeError("stopped") from problem

    vars(sweeping)["sorted_out"] = all_or_nothing


def _take_effects_for_new_each_time() -> None:
    vars(ids)["derived"] = lambda *_: uuid.uuid4().hex


def _acknowledge_first() -> None:
    judge = entrypoint.Subscription._until_judged

    def acknowledged(self: Any, deliveries: list[Delivery], judging: Any) -> None:
        for delivery in deliveries:
            delivery.answer("ack")
        eventlet.sleep(0.2)
        judge(self, [replace(each, done=lambda: None) for each in deliveries], judging)

    entrypoint.Subscription._until_judged = acknowledged  # type: ignore[method-assign, assignment]


def _forget_failures() -> None:
    FailedEvents.store = lambda *_: None  # type: ignore[method-assign]


def _suspect_nothing() -> None:
    intake.SUSPICIOUS_RETURNS = 1_000_000


def _count_an_attempt_afterwards() -> None:
    claimed = RetryWorker._claimed

    def uncounted(self: RetryWorker, document: dict[str, Any], died: bool) -> bool:
        taken = claimed(self, document, died)
        before = {"$inc": {"attempt": -1}, "$unset": {"leased_until": ""}}
        self.collection.update_one({"_id": document["_id"]}, before)
        document["attempt"] -= 1
        return taken

    RetryWorker._claimed = uncounted  # type: ignore[method-assign]


def _handle_suspects_beside_the_rest() -> None:
    setup = entrypoint.Subscription.setup

    def with_suspects(self: Any) -> None:
        setup(self)
        wanted = self._consumer._wanted
        self._consumer._sources.append(Source("notify.suspects", 1, self._waiting.put))
        self._consumer._wanted = lambda: wanted() | {"notify.suspects"}

    entrypoint.Subscription.setup = with_suspects  # type: ignore[method-assign]


def _take_an_absent_database_for_a_failing_event() -> None:
    vars(intake)["database_is_away"] = lambda _: False


def _condemn_at_the_first_death() -> None:
    trial.DEATHS = 1


def _believe_an_exit_status() -> None:
    asked = trial.Trial._asked

    def believed(self: Any, body: bytes, meanwhile: Any) -> bytes:
        return asked(self, body, meanwhile) or (b'{"handled":true}\n' if self._child.wait() == 0 else b"")

    trial.Trial._asked = believed  # type: ignore[method-assign]


def _let_prints_pass_for_answers() -> None:
    vars(os)["dup2"] = lambda *_: 1


def _never_end_a_trial() -> None:
    trial.LONGEST_TRIAL = 0


def _condemn_by_leases_left_behind() -> None:
    retrying.CRASHES_ALLOWED = 2


def _want_an_address_of_every_message() -> None:
    def envelope(delivery: Delivery) -> messages.Envelope:
        return messages.Envelope(delivery.properties["reply_to"], "")

    messages.envelope = envelope


def _acknowledge_a_call_last() -> None:
    begin = RpcQueue._begin

    def unacknowledged(self: Any, delivery: Delivery, envelope: messages.Envelope) -> None:
        begin(self, replace(delivery, answer=lambda _: True), envelope)

    RpcQueue._begin = unacknowledged  # type: ignore[method-assign]


def _carry_out_late_calls() -> None:
    Call.still_wanted = lambda _: None  # type: ignore[method-assign, assignment]
    vars(running)["pymongo"] = SimpleNamespace(timeout=lambda _: nullcontext())


_WITHOUT: dict[str, Callable[[], None]] = {
    "relay: pulled only when confirmed": _pull_whatever_the_answer,
    "relay: unknown is sent again": _take_the_unknown_for_confirmed,
    "relay: a poison row is set aside": _stop_at_a_poison_row,
    "subscriber: an effect's id comes from its event": _take_effects_for_new_each_time,
    "subscriber: acknowledged last": _acknowledge_first,
    "subscriber: a failure is stored before it is acknowledged": _forget_failures,
    "subscriber: a message that keeps coming back is suspected": _suspect_nothing,
    "trial: one death may be an accident": _condemn_at_the_first_death,
    "trial: only its answer counts": _believe_an_exit_status,
    "trial: what is printed is no answer": _let_prints_pass_for_answers,
    "trial: it ends": _never_end_a_trial,
    "retries: who dies is tried apart": _condemn_by_leases_left_behind,
    "retries: an attempt is counted before it is made": _count_an_attempt_afterwards,
    "subscriber: a suspect is handled apart": _handle_suspects_beside_the_rest,
    "subscriber: while the database is away no attempt is spent": _take_an_absent_database_for_a_failing_event,
    "rpc: a message without an address is let go": _want_an_address_of_every_message,
    "rpc: acknowledged when taken up": _acknowledge_a_call_last,
    "rpc: a late call is not carried out": _carry_out_late_calls,
}
