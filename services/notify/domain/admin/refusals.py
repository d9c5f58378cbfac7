"""What is refused to whoever looks after messages, by name."""

from chassis.kernel.errors import Refusal


class ChannelPaused(Refusal):
    """It is paused already. Facts: `channel`, `reason`."""


class ChannelNotPaused(Refusal):
    """It is not paused. Facts: `channel`."""
