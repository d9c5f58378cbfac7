"""A real database for the suites that a fake and the real thing are both held to."""

from collections.abc import Iterator
from typing import Any

import pytest
from pymongo.database import Database

from chassis.manifest import Collection, Manifest
from chassis.store import database_at
from tests.fixtures.installations import MakeInstallation

SHELVES = Manifest(
    name="exchange",
    collections=(Collection("berths"), Collection("copies", decided=False)),
)


@pytest.fixture
def database(make_installation: MakeInstallation) -> Iterator[Database[dict[str, Any]]]:
    """A database prepared by bootstrap, reached with its service's own login."""
    installation = make_installation([SHELVES])
    database = database_at(installation.mongo_url("exchange"))
    yield database
    database.client.close()
