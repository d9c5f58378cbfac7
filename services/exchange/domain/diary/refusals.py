"""What a reader of the diary may be refused, by name; facts are plain values."""

from chassis.kernel.errors import Refusal


class UnknownResourceType(Refusal):
    """Nothing of that type is told. Facts: `type`, `known`."""


class UnknownParameter(Refusal):
    """A search cannot be narrowed so. Facts: `type`, `parameter`, `known`."""


class InvalidParameter(Refusal):
    """A parameter's value cannot be understood. Facts: `parameter`, `value`, `problem`."""


class ParameterNeeded(Refusal):
    """A search without it would go through everything. Facts: `type`, `needs`."""


class TooManyFound(Refusal):
    """More fits than is looked through at once. Facts: `type`, `most`."""
