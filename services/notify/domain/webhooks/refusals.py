"""What is refused of webhooks, by name. An address that may not be used: `AddressNotAllowed`."""

from chassis.kernel.errors import Refusal


class EventTypeNotOffered(Refusal):
    """Nobody is told of such events. Facts: `event_type`."""


class WebhookNotEnabled(Refusal):
    """Nothing is sent to it. Facts: `webhook`, `state`, `reason`."""


class WebhookNotDisabled(Refusal):
    """It is sent to already. Facts: `webhook`, `state`."""


class TooManyWebhooks(Refusal):
    """The site, or the alliance, has as many as it may. Facts: `most`."""


class TooManySecrets(Refusal):
    """So many secrets sign side by side already: wait for the oldest to end, or keep none of them. Facts: `most`."""
