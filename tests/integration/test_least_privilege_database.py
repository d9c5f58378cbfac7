"""What each login may not do in the database is attempted; the administrator shows that it is possible."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import OperationFailure

from chassis.manifest import Collection, Manifest
from khunjerab.installation import Installation
from tests.fixtures.installations import MakeInstallation

WITH_DATABASE = tuple(Manifest(name, (Collection("visits"),)) for name in ("exchange", "research", "notify", "web"))
UNAUTHORIZED = 13

Query = Callable[[Database[dict[str, Any]]], object]
QUERIES: dict[str, Query] = {
    "reads": lambda database: database["visits"].find_one(),
    "counts": lambda database: database["visits"].estimated_document_count(),
    "aggregates": lambda database: list(database["visits"].aggregate([{"$match": {}}])),
    "watches": lambda database: database["visits"].watch().close(),
    "inserts": lambda database: database["visits"].insert_one({}),
    "updates": lambda database: database["visits"].update_one({}, {"$set": {"a": 1}}),
    "deletes": lambda database: database["visits"].delete_many({}),
    "drops": lambda database: database["visits"].drop(),
    "indexes": lambda database: database["visits"].create_index("a"),
    "lists collections": lambda database: database.list_collection_names(),
}


@pytest.fixture
def prepared(make_installation: MakeInstallation) -> Installation:
    return make_installation((), WITH_DATABASE)


@pytest.mark.parametrize("login", ["exchange", "research", "notify", "web"])
def test_a_login_is_refused_in_every_other_database(prepared: Installation, login: str) -> None:
    others = [one.name for one in WITH_DATABASE if one.name != login]
    assert not _accepted(prepared, prepared.mongo_url(login), others, list(QUERIES.values()))
    everything = _accepted(prepared, prepared.backends.mongo_admin_url, others, list(QUERIES.values()))
    assert len(everything) == len(others) * len(QUERIES), "the administrator shows that these acts are possible"


@pytest.mark.parametrize("login", ["exchange", "research", "notify", "web"])
def test_a_login_works_in_its_own_database(prepared: Installation, login: str) -> None:
    assert len(_accepted(prepared, prepared.mongo_url(login), [login], list(QUERIES.values()))) == len(QUERIES)


@pytest.mark.parametrize("login", ["exchange", "web", "operator"])
def test_a_login_cannot_make_itself_more(prepared: Installation, login: str) -> None:
    name = prepared.login(login)
    for change in ({"updateUser": name, "roles": ["root"]}, {"createUser": "mine", "pwd": "x", "roles": ["root"]}):
        with _client(prepared.mongo_url(login)) as client, pytest.raises(OperationFailure):
            client[prepared.database(login)].command(change)


def _accepted(installation: Installation, url: str, databases: Sequence[str], queries: Sequence[Query]) -> list[str]:
    """Which databases accepted which of the queries."""
    accepted = []
    with _client(url) as client:
        for name in databases:
            for number, query in enumerate(queries):
                try:
                    query(client[installation.database(name)])
                except OperationFailure as error:
                    if error.code != UNAUTHORIZED:
                        raise
                else:
                    accepted.append(f"{name}: {number}")
    return accepted


def _client(url: str) -> MongoClient[dict[str, Any]]:
    return MongoClient(url)
