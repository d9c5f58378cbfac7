"""One way to connect to the database, with the concerns that every guarantee rests on."""

from typing import Any

from pymongo import MongoClient, ReadPreference, WriteConcern
from pymongo.database import Database
from pymongo.read_concern import ReadConcern

Document = dict[str, Any]


def database_at(mongo_url: str, *, patience_ms: int = 3000) -> Database[Document]:
    """The database that the address names. Connects at the first use, not here.

    Reads come from the primary and show only what a majority holds; writes are acknowledged by a majority, journaled.
    `patience_ms`: how long one operation looks for a server before it fails.
    """
    client: MongoClient[Document] = MongoClient(
        mongo_url,
        tz_aware=True,
        serverSelectionTimeoutMS=patience_ms,
        connectTimeoutMS=patience_ms,
        timeoutMS=10_000,
        appname="khunjerab",
    )
    return client.get_default_database().with_options(
        read_preference=ReadPreference.PRIMARY,
        read_concern=ReadConcern("majority"),
        write_concern=WriteConcern(w="majority", j=True),
    )
