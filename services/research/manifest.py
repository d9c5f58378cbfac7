"""What research needs of the broker and the database."""

from chassis.manifest import Collection, Index, Manifest
from contracts.exchange.consultations import ConsultationEnteredInError, ConsultationSessionHeld
from contracts.exchange.v1 import AGREEMENT_EVENTS, PersonChanged, VisitEnteredInError, VisitFulfilled

_LISTED_BY = tuple(
    Index((*whose, (name, 1), ("made_at", -1), ("_id", -1)))
    for name in ("state", "type")
    for whose in ((), (("sites", 1),))
)
"""A list of all that an actor sees, by one of these."""

MANIFEST = Manifest(
    name="research",
    collections=(
        Collection(
            "outcomes",
            indexes=(
                Index((("made_at", -1), ("_id", -1))),
                Index((("sites", 1), ("made_at", -1), ("_id", -1))),
                Index((("stage", 1), ("made_at", -1), ("_id", -1))),
                Index((("sites", 1), ("stage", 1), ("made_at", -1), ("_id", -1))),
                *_LISTED_BY,
                Index((("responsible", 1), ("state", 1), ("made_at", -1), ("_id", -1))),
                Index((("responsible", 1), ("made_at", -1), ("_id", -1))),
                Index((("followers", 1), ("made_at", -1), ("_id", -1))),
                Index((("origin.id", 1),)),
                Index((("public", 1), ("changed_at", 1), ("_id", 1))),
                Index((("public", 1), ("type", 1), ("changed_at", 1), ("_id", 1))),
                Index((("also_of.id", 1),)),
                Index((("found_by", 1),), sparse=True),
                # Absent while nobody has changed what an import wrote.
                Index((("changed_at", 1),), sparse=True),
                Index((("agreement", 1), ("state", 1))),
                Index((("state", 1), ("due_on", 1), ("_id", 1))),
                Index((("sites", 1), ("state", 1), ("due_on", 1), ("_id", 1))),
                # Of outcomes kept before there were origins.
                Index((("visit", 1),)),
            ),
        ),
        Collection("requirements"),
        Collection(
            "agreement_tracks",
            # Lists walk them backwards. The embedded server loses ids at the edge of a range in an index that descends.
            indexes=(
                Index((("state", 1), ("_id", 1))),
                Index((("provider.site", 1), ("_id", 1))),
                Index((("recipient.site", 1), ("_id", 1))),
                Index((("followers", 1), ("_id", 1))),
                Index((("outcomes", 1),)),
                Index((("waiting.site", 1),)),
                Index((("widenings.site", 1),)),
            ),
        ),
        Collection(
            "named",
            decided=False,
            indexes=(Index((("type", 1), ("changed_at", 1), ("_id", 1))), Index((("named_by.outcome", 1),))),
        ),
        Collection("sites", decided=False),
        Collection("imports", indexes=(Index((("importer.person", 1), ("_id", -1))),)),
        Collection("import_files", decided=False, indexes=(Index((("import", 1),)),)),
        Collection("import_records", decided=False, indexes=(Index((("import", 1),)),)),
        Collection(
            "delegations",
            indexes=(
                Index((("person", 1), ("until", -1), ("_id", -1))),
                Index((("delegate", 1), ("until", -1), ("_id", -1))),
            ),
        ),
        Collection("people", decided=False),
        Collection("mistakes", decided=False),
        Collection(
            "cells", decided=False, indexes=tuple(Index(((name, 1),)) for name in ("agreement", "sites", "year"))
        ),
        Collection("marks", decided=False),
        Collection("common_keys", decided=False),
        Collection("promises", decided=False, indexes=(Index((("sites", 1),)),)),
        Collection("occurrences", decided=False, indexes=(Index((("id", 1),)),)),
    ),
    subscribes_to=(
        PersonChanged.type,
        *(event.type for event in AGREEMENT_EVENTS),
        VisitFulfilled.type,
        ConsultationSessionHeld.type,
        VisitEnteredInError.type,
        ConsultationEnteredInError.type,
    ),
)
