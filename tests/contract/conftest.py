"""A real database for the suites that a fake and the real thing are both held to."""

from collections.abc import Iterator
from typing import Any

import pytest
from pymongo.database import Database

from chassis.store import database_at
from khunjerab.installation import Installation


@pytest.fixture
def database(installation: Installation) -> Iterator[Database[dict[str, Any]]]:
    """The exchange's own database, prepared by bootstrap, reached with the exchange's own login."""
    database = database_at(installation.mongo_url("exchange"))
    yield database
    database.client.close()
