"""Where people are reached, on MongoDB."""

import secrets

from chassis.store import Shape, tells_nobody
from services.notify.domain.chat.address import Address, due

ADDRESS_SHAPE = Shape(
    service="notify",
    kind="address",
    model=Address,
    state_word=lambda address: address.state,
    publish=tells_nobody,
    due=due,
)


def new_code() -> str:
    """Six digits that nobody can guess."""
    return f"{secrets.randbelow(1_000_000):06}"
