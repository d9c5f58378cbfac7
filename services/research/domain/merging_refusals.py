"""Why two outcomes are not made one."""

from chassis.kernel.errors import Refusal


class MergedWithItself(Refusal):
    """An outcome is one already. Facts: `outcome`."""


class MergedAlready(Refusal):
    """The outcome was another: that one is to be named. Facts: `outcome`, `into`."""


class DifferentTypes(Refusal):
    """A publication is no dataset, whatever they are called. Facts: `keep`, `merge`: the types."""


class KeepTheOther(Refusal):
    """The other one stands further, so nothing of its way is lost where it is kept. Facts: `keep`: which."""
