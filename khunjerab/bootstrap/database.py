"""A login, its role and the indexes in each service's database."""

from collections.abc import Sequence
from typing import Any

from pymongo import IndexModel, MongoClient
from pymongo.database import Database

from chassis.failed_events import INDEXES as FAILED_EVENTS_INDEXES
from chassis.manifest import Collection, Index, Manifest
from khunjerab.installation import Installation

Client = MongoClient[dict[str, Any]]
FAILED_EVENTS = Collection("failed_events", decided=False, indexes=FAILED_EVENTS_INDEXES)


def prepare_database(client: Client, installation: Installation, manifests: Sequence[Manifest]) -> None:
    """Users with a role on their own database alone, the operator's on all of them, and every index.

    Idempotent: a known user gets its password and roles again, an index that is there already stays.
    """
    for manifest in manifests:
        database = client[installation.database(manifest.name)]
        _put_user(database, installation, manifest.name, [_read_write(database.name)])
        for collection in _collections(manifest):
            _put_indexes(database, collection)
    everywhere = [_read_write(installation.database(manifest.name)) for manifest in manifests]
    _put_user(client[installation.database("operator")], installation, "operator", everywhere)


def _collections(manifest: Manifest) -> tuple[Collection, ...]:
    return (*manifest.collections, FAILED_EVENTS) if manifest.subscribes_to else manifest.collections


def _put_user(database: Database[dict[str, Any]], installation: Installation, login: str, roles: list[Any]) -> None:
    name = installation.login(login)
    known = database.command("usersInfo", name)["users"]
    verb = "updateUser" if known else "createUser"
    database.command(verb, name, pwd=installation.passwords[login], roles=roles)


def _read_write(database: str) -> dict[str, str]:
    return {"role": "readWrite", "db": database}


def _put_indexes(database: Database[dict[str, Any]], collection: Collection) -> None:
    if collection.all_indexes:
        database[collection.name].create_indexes([_model(index) for index in collection.all_indexes])


def _model(index: Index) -> IndexModel:
    # Options that are off are left out: MongoDB compares what was given when it meets the index again.
    options = {name: True for name in ("unique", "sparse") if getattr(index, name)}
    return IndexModel(list(index.keys), **options)
