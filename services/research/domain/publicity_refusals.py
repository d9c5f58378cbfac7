"""What may be refused of making an outcome public, by name."""

from chassis.kernel.errors import Refusal


class NotForThePublic(Refusal):
    """An outcome like this is told to nobody outside. Facts: `why`: `NoDetails`, `OfPeople` or `InConfidence`."""
