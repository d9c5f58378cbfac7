"""The events that notify is told of."""

from typing import Any

from chassis.subscriber import Handlers
from chassis.subscriber.entrypoint import subscription


class Subscriptions:
    """Takes every event that the manifest subscribes to; `bootstrap` says what is done with each."""

    application: Any

    @subscription
    def events(self) -> Handlers:
        return self.application.handlers()
