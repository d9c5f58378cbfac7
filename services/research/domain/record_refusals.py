"""What may be wrong with a record that was read from a file, beside what may be wrong with any outcome."""

from chassis.kernel.errors import Refusal


class RecordUnfit(Refusal):
    """A record says what no outcome can keep. Facts: `field`, `why`, and what belongs to that."""
