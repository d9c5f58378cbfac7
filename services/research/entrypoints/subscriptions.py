"""The events that research is told of."""

from chassis.subscriber import Handlers
from chassis.subscriber.entrypoint import subscription
from services.research.bootstrap import Research


class Subscriptions:
    """Takes every event that the manifest subscribes to; `bootstrap` says what is done with each."""

    application: Research

    @subscription
    def events(self) -> Handlers:
        return self.application.handlers()
