"""The indexes of web's own database; `bootstrap` asks for them before web runs."""

from typing import Any

from pymongo.database import Database

from services.web.manifest import MANIFEST


def ensure_indexes(database: Database[dict[str, Any]]) -> None:
    """Creates what is missing of the manifest's indexes; asking again changes nothing."""
    for collection in MANIFEST.collections:
        for index in collection.all_indexes:
            database[collection.name].create_index(list(index.keys), unique=index.unique, sparse=index.sparse)
