"""Addresses that users type and that this service is to speak to."""

from chassis.kernel.errors import Refusal

LONGEST_ADDRESS = 2000
"""Characters of an address."""


class AddressNotAllowed(Refusal):
    """Nothing is ever sent to this address. Facts: `because`.

    `length`; `form`: not `https://host/…` in visible ASCII, or with a fragment; `user-info`; `host`: neither a name
    nor an address in its one usual form; `port`; `not-public`: it is, or resolves to, an address that is not public.
    """
