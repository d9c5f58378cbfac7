"""The worker lets go of everything that is kept for so long and no longer."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from chassis.store import database_at
from services.notify.bootstrap import forgetting
from services.notify.manifest import MANIFEST
from tests.alliance import StandingClock
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.samples import NOW

KEPT_DAYS = 30
OLD, YOUNG = NOW - timedelta(days=KEPT_DAYS + 1), NOW - timedelta(days=KEPT_DAYS - 1)


def kept_since(moment: Any) -> dict[str, dict[str, Any]]:
    """A document of each collection, as old as that."""
    return {
        "notifications": {"made_at": moment},
        "digests": {"made_at": moment},
        "calendars": {"kept_at": moment},
        "reply_links": {"due": [{"name": "over", "at": moment}]},
    }


@pytest.mark.parametrize("collection", kept_since(OLD))
def test_what_is_older_goes_and_what_is_younger_stays(collection: str, make_installation: MakeInstallation) -> None:
    database = database_at(make_installation([replace(MANIFEST, subscribes_to=())]).mongo_url("notify"))
    database[collection].insert_one({"_id": "old"} | kept_since(OLD)[collection])
    database[collection].insert_one({"_id": "young"} | kept_since(YOUNG)[collection])
    settings: Any = SimpleNamespace(notifications_kept_days=KEPT_DAYS)
    for task in forgetting(database, StandingClock(NOW), settings):
        task.once()
    assert [each["_id"] for each in database[collection].find()] == ["young"]
    database.client.close()
