"""Where people are reached, on MongoDB."""

import secrets
from typing import Any

from pymongo.collection import Collection

from chassis.kernel.documents import Loaded
from chassis.store import DocumentStore, Shape, tells_nobody
from services.notify.domain.chat.address import Address, due

ADDRESS_SHAPE = Shape(
    service="notify",
    kind="address",
    model=Address,
    state_word=lambda address: address.state,
    publish=tells_nobody,
    due=due,
)


class AddressStore(DocumentStore[Address]):
    """`Addresses` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        super().__init__(collection, ADDRESS_SHAPE)

    def every(self) -> list[Loaded[Address]]:
        return self.matching({})


def new_code() -> str:
    """Six digits that nobody can guess."""
    return f"{secrets.randbelow(1_000_000):06}"
