"""What is refused about addresses, by name."""

from chassis.kernel.errors import Refusal


class NoSuchAddress(Refusal):
    """The person has no confirmed address by the channel. Facts: `channel`."""


class NothingToConfirm(Refusal):
    """No address by the channel awaits a code. Facts: `channel`."""


class ChannelNotOffered(Refusal):
    """The operator has no account for the channel. Facts: `channel`."""


class CodeWrong(Refusal):
    """Another code was sent. Facts: `left`: how often one may still be entered."""


class CodeOver(Refusal):
    """The code was entered wrongly too often, or has expired: add the address again. Facts: `channel`."""


class TooManyCodes(Refusal):
    """Codes were asked for too often. Facts: `until`: an instant, as text, from which on there is another."""
