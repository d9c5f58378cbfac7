"""Events that a handler could not deal with, in the subscriber's own database: tried again, or kept as dead letters.

failed = FailedEvents(database["failed_events"], subscriber="notify", clock=clock)
failed.store_failure(delivery_body, queue, error)          # the subscriber, before it acknowledges
worker = RetryWorker(failed, handling, apart=trial)        # a task of the service's worker process
letters = DeadLetters(database["failed_events"], clock)    # the command line: list, show, replay, discard
drain = Drain(amqp_url, "notify.dead", failed)             # a task of the service's worker process
"""

from chassis.failed_events.dead_letters import DeadLetters
from chassis.failed_events.drain import Drain
from chassis.failed_events.retrying import RetryWorker
from chassis.failed_events.storing import COLLECTION, INDEXES, FailedEvents

__all__ = ["COLLECTION", "INDEXES", "DeadLetters", "Drain", "FailedEvents", "RetryWorker"]
