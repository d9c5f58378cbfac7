"""What is refused to whoever looks after messages, by name."""

from chassis.kernel.errors import Refusal


class ChannelPaused(Refusal):
    """It is paused already. Facts: `channel`, `reason`."""


class ChannelNotPaused(Refusal):
    """It is not paused. Facts: `channel`."""


class AddressSuppressed(Refusal):
    """The person's address is suppressed. Facts: `person`, `reason`: why."""


class AddressNotSuppressed(Refusal):
    """The person's address, as it is now, is not suppressed. Facts: `person`."""


class StillWaiting(Refusal):
    """The message waits for this channel anyway. Facts: `channel`, `state`, `next_try`."""
