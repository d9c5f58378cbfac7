"""What the exchange may refuse about consultations, by name; the facts are plain values that a page can show.

Moments are ISO 8601 text in UTC.
"""

from chassis.kernel.errors import Refusal


class NotOnTheQuarter(Refusal):
    """Sessions begin and end on a quarter of an hour. Facts: `at`."""


class NoSuchSession(Refusal):
    """Facts: `consultation`, `slot`."""


class NotAParticipant(Refusal):
    """Facts: `person`."""
