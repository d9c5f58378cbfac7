"""What notify needs of the broker and the database."""

from chassis.manifest import Collection, Index, Manifest
from contracts.exchange.v1 import PersonChanged
from services.notify.application.webhooks import OFFERED
from services.notify.domain.reminders.table import FOLLOWED
from services.notify.domain.telling import TABLE

MANIFEST = Manifest(
    name="notify",
    collections=(
        Collection(
            "notifications",
            indexes=(
                Index((("made_at", -1), ("_id", -1))),
                Index((("recipient", 1), ("made_at", -1), ("_id", -1))),
                Index((("recipient", 1), ("read_at", 1), ("made_at", -1))),
                Index((("about", 1), ("made_at", -1), ("_id", -1))),
                Index((("purpose", 1), ("made_at", -1), ("_id", -1))),
                Index((("deliveries.state", 1), ("made_at", -1), ("_id", -1))),
            ),
        ),
        Collection("digests", indexes=(Index((("deliveries.state", 1),)),)),
        Collection("claims", decided=False),
        Collection(
            "calendars",
            decided=False,
            indexes=(Index((("about", 1),)), Index((("named", 1),)), Index((("kept_at", 1),))),
        ),
        Collection("preferences"),
        Collection("inboxes"),
        Collection("people", decided=False),
        Collection("deputies"),
        Collection("addresses"),
        Collection("reminders"),
        Collection("escalations", indexes=(Index((("found_by", 1),), sparse=True),)),
        Collection("webhooks"),
        Collection(
            "webhook_deliveries",
            indexes=(
                Index((("webhook", 1), ("due.at", 1))),
                Index((("webhook", 1), ("made_at", -1), ("_id", -1))),
                Index((("webhook", 1), ("state", 1), ("made_at", -1), ("_id", -1))),
                Index((("state", 1), ("made_at", 1))),
            ),
        ),
        Collection("webhook_lanes", decided=False),
        Collection("channels"),
        Collection("suppressions"),
        Collection("erasures"),
        Collection("breakers", decided=False),
        Collection("tickets", decided=False, indexes=(Index((("rolls", 1),)), Index((("over_at", 1),)))),
        Collection("reply_links", indexes=(Index((("person", 1),)),)),
        Collection(
            "announcements",
            indexes=(
                Index((("made_at", -1), ("_id", -1))),
                Index((("audience.sites", 1), ("made_at", -1), ("_id", -1))),
            ),
        ),
    ),
    subscribes_to=tuple(dict.fromkeys((PersonChanged.type, *TABLE, *FOLLOWED, *OFFERED))),
)
