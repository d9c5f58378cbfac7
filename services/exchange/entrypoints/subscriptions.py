"""The events that the exchange is told of."""

from chassis.subscriber import Handlers
from chassis.subscriber.entrypoint import subscription
from services.exchange.bootstrap import Exchange


class Subscriptions:
    """Takes every event that the manifest subscribes to; `bootstrap` says what is done with each."""

    application: Exchange

    @subscription
    def events(self) -> Handlers:
        return self.application.handlers()
