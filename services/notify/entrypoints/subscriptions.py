"""The events that notify is told of."""

from chassis.subscriber import Handlers
from chassis.subscriber.entrypoint import subscription
from services.notify.bootstrap import Notify


class Subscriptions:
    """Takes every event that the manifest subscribes to; `bootstrap` says what is done with each."""

    application: Notify

    @subscription
    def events(self) -> Handlers:
        return self.application.handlers()
