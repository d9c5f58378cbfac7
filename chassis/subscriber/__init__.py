"""Taking events from a queue and having their effect once, whatever happens in between.

In a service's `entrypoints/subscriptions.py`, what it does about each event:

    def handlers(application) -> Handlers:
        return {"exchange.visit.booked.v1": lambda event, data: application.notify_of_booking(event, data)}

and in the service class, next to its RPC methods:

    class NotifyService:
        name = "notify"
        application = Application()

        @subscription
        def events(self) -> Handlers:
            return handlers(self.application)

It consumes `notify.subscription`. A handler returns when its effect is written, under 2 s, and is idempotent: its
effect's id is derived from the event's. It raises a `Refusal` for what will never work (a dead letter), `NotYet` where
another event has to come first, anything else for what may work later (tried again by the worker). A `Batch` takes many
events at once. What kills its process is tried in a process of its own, by the worker.

    event_tasks(amqp_url, failed, handlers(application))    # in the worker process: retries, suspects, the drain
"""

from chassis.subscriber.handling import Batch, Handler, Handlers, Handling, NoHandler
from chassis.subscriber.intake import Intake, Verdict

__all__ = ["Batch", "Handler", "Handlers", "Handling", "Intake", "NoHandler", "Verdict"]
