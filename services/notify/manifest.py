"""What notify needs of the broker and the database."""

from chassis.manifest import Collection, Index, Manifest
from contracts.exchange import v1 as exchange
from contracts.research import v1 as research

MANIFEST = Manifest(
    name="notify",
    collections=(
        Collection(
            "notifications",
            indexes=(
                Index((("recipient", 1), ("made_at", -1), ("_id", -1))),
                Index((("recipient", 1), ("read_at", 1))),
                Index((("about", 1), ("made_at", -1))),
                Index((("email.state", 1), ("made_at", -1))),
            ),
        ),
        Collection("people", decided=False),
    ),
    subscribes_to=tuple(model.type for model in (*exchange.EVENTS, *research.EVENTS)),
)
