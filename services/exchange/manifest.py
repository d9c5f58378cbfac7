"""What the exchange needs of the broker and the database."""

from chassis.manifest import Collection, Index, Manifest
from contracts.exchange.consultations import FREEING_EVENTS
from contracts.exchange.v1 import PersonChanged
from contracts.exchange.visits import VISIT_EVENTS
from contracts.research import v1, v2

CHANGED = Index((("changed_at", 1),))
"""What feeds tell of and has changed since."""

MANIFEST = Manifest(
    name="exchange",
    collections=(
        Collection("sites", indexes=(CHANGED,)),
        Collection("people", indexes=(Index((("passport_name", 1),)), CHANGED)),
        Collection("agreements"),
        Collection(
            "visits",
            # Lists walk them backwards. The embedded server loses ids at the edge of a range in an index that descends.
            indexes=(
                Index((("sending_site", 1), ("_id", 1))),
                Index((("host_site", 1), ("_id", 1))),
                Index((("visitors.person", 1), ("_id", 1))),
                Index((("deputies.person", 1), ("_id", 1))),
                Index((("state", 1), ("_id", 1))),
                Index((("sending_site", 1), ("state", 1), ("_id", 1))),
                Index((("host_site", 1), ("state", 1), ("_id", 1))),
                Index((("agreement", 1), ("state", 1), ("planned_departure", 1))),
                Index((("host_department", 1), ("state", 1))),
                Index((("host_department", 1), ("planned_departure", 1))),
                Index((("agreement", 1), ("planned_arrival", 1))),
                Index((("sending_site", 1), ("planned_arrival", 1))),
                Index((("host_site", 1), ("planned_arrival", 1))),
                Index((("history.was.planned_arrival.was", 1),), sparse=True),
                CHANGED,
            ),
        ),
        Collection(
            "consultations",
            indexes=(
                Index((("state", 1), ("_id", 1))),
                Index((("state", 1), ("needs", 1))),
                Index((("sites", 1), ("_id", 1))),
                Index((("sites", 1), ("state", 1), ("_id", 1))),
                Index((("needs", 1), ("_id", 1))),
                Index((("on_rosters", 1), ("_id", 1))),
                Index((("needs", 1), ("state", 1), ("_id", 1))),
                Index((("organiser", 1), ("_id", 1))),
                Index((("organiser", 1), ("state", 1), ("_id", 1))),
                Index((("is_owed", 1), ("_id", 1))),
                Index((("sites", 1), ("is_owed", 1), ("_id", 1))),
                Index((("owed_by", 1), ("_id", 1))),
                Index((("sessions.begins", 1),)),
                Index((("agreement", 1), ("sessions.begins", 1))),
                Index((("agreement", 1), ("sequence", 1))),
                CHANGED,
            ),
        ),
        Collection(
            "tracks",
            indexes=(
                Index((("visit_state", 1), ("steps.state", 1), ("_id", 1))),
                Index((("sending_site", 1), ("visit_state", 1), ("steps.state", 1), ("_id", 1))),
                Index((("host_site", 1), ("visit_state", 1), ("steps.state", 1), ("_id", 1))),
            ),
        ),
        Collection(
            "budgets",
            indexes=(Index((("agreement", 1),)), Index((("sending_site", 1),)), Index((("host_site", 1),))),
        ),
        Collection("rates", indexes=(Index((("to_currency", 1), ("from_currency", 1), ("day", 1))),)),
        Collection("letters", indexes=(Index((("visit", 1), ("person", 1))), Index((("code", 1),), unique=True))),
        Collection(
            "calendar_addresses", indexes=(Index((("secret", 1),), unique=True), Index((("owner", 1), ("_id", 1))))
        ),
        Collection("ledgers", decided=False, indexes=(Index((("agreement", 1),)),)),
        Collection("effects", decided=False, indexes=(Index((("on", 1),)), Index((("outcome", 1),)))),
        Collection("reports"),
        Collection("imports"),
        Collection("import_rows", decided=False, indexes=(Index((("import", 1),)),)),
    ),
    # Its own, too: tracks follow visits, letters are issued again or taken back, and who waits for a time that another
    # consultation gave back takes it.
    subscribes_to=(
        *(version.OutcomeReported.type for version in (v1, v2)),
        v2.OutcomeSettled.type,
        *(version.OutcomeQuestioned.type for version in (v1, v2)),
        v2.OutcomeMerged.type,
        PersonChanged.type,
        *(event.type for event in VISIT_EVENTS),
        *(event.type for event in FREEING_EVENTS),
    ),
)
