"""Initiating a replica set, against replies of the form that MongoDB documents; none is recorded from a server.
The stand-in needs no initiating.
"""

from typing import Any

import pytest
from pymongo.errors import OperationFailure

from khunjerab.bootstrap.replica_set import NoReplicaSet, direct, initiate

STANDALONE = {"isWritablePrimary": True, "maxWireVersion": 25, "readOnly": False, "ok": 1.0}
UNINITIATED = {
    "isWritablePrimary": False,
    "secondary": False,
    "info": "Does not have a valid replica set config",
    "isreplicaset": True,
    "maxWireVersion": 25,
    "ok": 1.0,
}
ELECTING = UNINITIATED | {"setName": "rs0", "secondary": True, "hosts": ["mongo:27017"], "me": "mongo:27017"}
PRIMARY = ELECTING | {"isWritablePrimary": True, "secondary": False, "primary": "mongo:27017"}


class Recorded:
    """Answers `hello` with one reply after the other, the last one again and again."""

    def __init__(self, *hellos: dict[str, Any], refusal: OperationFailure | None = None) -> None:
        self._hellos = list(hellos)
        self._refusal = refusal
        self.initiated: list[dict[str, Any]] = []

    def command(self, command: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if command == "hello":
            return self._hellos.pop(0) if len(self._hellos) > 1 else self._hellos[0]
        self.initiated.append(command["replSetInitiate"])
        if self._refusal:
            raise self._refusal
        return {"ok": 1.0}


def test_a_set_without_a_name_is_initiated_once_with_the_address_that_clients_use() -> None:
    admin = Recorded(UNINITIATED, UNINITIATED, ELECTING, PRIMARY)
    assert initiate(admin, "rs0", "mongo:27017")
    assert admin.initiated == [{"_id": "rs0", "members": [{"_id": 0, "host": "mongo:27017"}]}]


def test_a_set_that_has_a_name_is_left_alone() -> None:
    admin = Recorded(PRIMARY)
    assert not initiate(admin, "rs0", "mongo:27017")
    assert admin.initiated == []


def test_another_bootstrap_that_was_faster_does_no_harm() -> None:
    refusal = OperationFailure("already initialized", 23, {"codeName": "AlreadyInitialized"})
    assert not initiate(Recorded(UNINITIATED, PRIMARY, refusal=refusal), "rs0", "mongo:27017")


def test_a_server_without_replication_is_named() -> None:
    refusal = OperationFailure("This node was not started with replication enabled.", 76, {})
    with pytest.raises(NoReplicaSet, match="without --replSet"):
        initiate(Recorded(STANDALONE, refusal=refusal), "rs0", "mongo:27017")


def test_any_other_refusal_is_not_swallowed() -> None:
    refusal = OperationFailure("not authorized on admin", 13, {"codeName": "Unauthorized"})
    with pytest.raises(OperationFailure, match="not authorized"):
        initiate(Recorded(UNINITIATED, refusal=refusal), "rs0", "mongo:27017")


def test_a_set_that_elects_no_primary_is_given_up() -> None:
    with pytest.raises(NoReplicaSet, match="did not become the primary"):
        initiate(Recorded(UNINITIATED, ELECTING), "rs0", "mongo:27017", timeout=0.1)


def test_the_member_is_reached_directly_since_its_set_has_no_name_yet() -> None:
    url = direct("mongodb://root:p%40@mongo:27017/?authSource=admin&replicaSet=rs0")
    assert url == "mongodb://root:p%40@mongo:27017/?authSource=admin&directConnection=true"
    assert direct(url) == url
