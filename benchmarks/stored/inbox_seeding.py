"""Very many notifications as the store itself writes them, in inboxes of a thousand each.

One is queued, sent and read by notify's own code. All others are that document again, written in bulk.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from pymongo.database import Database

from benchmarks.stored.copies import Template
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived, document_id
from services.notify.adapters.notification_store import NotificationStore
from services.notify.adapters.shapes import NOTIFICATION_SHAPE
from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import TAKEN, Answer
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import usual
from services.notify.domain.routing import routed
from services.notify.domain.sending import attempted
from tests.alliance import START
from tests.unit.notify.samples import notifications_of

EVENT = "research.outcome.reported.v2"
UNREAD = 10
"""Of so many one is not read yet."""
APART = timedelta(hours=3)
"""From one of a person's notifications to the next."""
AT_ONCE = 2_000


def recipient(number: int) -> str:
    """The id of one of those whose inboxes are filled."""
    return document_id("per", derived("inbox", str(number)))


def told(person: str, number: int) -> str:
    """The id of one of somebody's notifications, the oldest being 0."""
    return _again(person, _of_the_first(number))


def _again(person: str, notification: str) -> str:
    return document_id("ntf", derived(person, notification))


def _of_the_first(number: int) -> str:
    return document_id("ntf", derived(str(number)))


def seed(database: Database[dict[str, Any]], many: int, each: int) -> dict[str, Any]:
    """Stores so many notifications, `each` in an inbox."""
    first = list(_inbox(_template(NotificationStore(database["notifications"])), each))
    documents = (
        {**document, "_id": _again(person, document["_id"]), "recipient": person}
        for person in map(recipient, range(many // each))
        for document in first
    )
    written = 0
    while some := list(islice(documents, AT_ONCE)):
        written += len(database["notifications"].insert_many(some, ordered=False).inserted_ids)
    database["people"].insert_many([person_copy(recipient(number)) for number in range(many // each)])
    return {"stored": written}


def _template(store: NotificationStore) -> Template[Notification]:
    """Queued and sent as everybody's are, and not read."""
    queued = notifications_of(EVENT)[0]
    context = Context(queued.id.partition("_")[2], SYSTEM, START)
    store.add_new([(Decision(queued, what="queued"), context)])
    (leased,) = store.lease([queued.id], EMAIL, START)
    wanted = usual(queued.recipient)
    ready = routed(leased.state, wanted, now=START)
    sent = attempted(ready, ready.delivery_by(EMAIL), answer=Answer(TAKEN), preferences=wanted, now=START)
    store.record([(leased, sent, replace(context, command_id=derived(queued.id)))], EMAIL)
    template = Template.read(store.collection, queued.id, NOTIFICATION_SHAPE)
    store.collection.delete_one({"_id": queued.id})
    return template


def _inbox(template: Template[Notification], each: int) -> Iterator[dict[str, Any]]:
    """One inbox: everybody else's says the same."""
    now = datetime.now(UTC)
    for number in range(each):
        later = -APART * (each - number)
        happened_at = now + later
        cause = replace(template.state.cause, happened_at=happened_at)
        read_at = happened_at + timedelta(hours=1) if (number + 1) % UNREAD else None
        state = replace(template.state, cause=cause, queued_at=happened_at, read_at=read_at)
        yield template.again(state, _of_the_first(number), happened_at - START)


def person_copy(person: str) -> dict[str, Any]:
    """The copy of somebody, as an event would have told of them."""
    return {
        "_id": person,
        "sequence": "0000000001.0000000000",
        "passport_name": "Noor Jehan",
        "local_name": "نور جہاں",
        "language": "ur",
        "zone": "Asia/Karachi",
        "email": f"{person}@hospital.example",
        "sites": ["sit_gilgit"],
        "fields": ["liver echinococcosis"],
    }
