"""All that has to be in place before the first process starts."""

from collections.abc import Sequence
from typing import Any

from pymongo import MongoClient

from chassis.manifest import Manifest
from khunjerab.bootstrap.broker import prepare_broker
from khunjerab.bootstrap.broker_api import BrokerApi
from khunjerab.bootstrap.database import prepare_database
from khunjerab.bootstrap.definitions import definitions
from khunjerab.bootstrap.permissions import Permissions, permissions
from khunjerab.bootstrap.replica_set import make_replica_set
from khunjerab.bootstrap.topology import topology
from khunjerab.installation import Installation


def prepare(
    installation: Installation,
    services: Sequence[Manifest],
    with_database: Sequence[Manifest],
    permitted: Sequence[Permissions] | None = None,
) -> None:
    """Idempotent. `services` have events and RPC; `with_database` are those and web.

    `permitted` replaces the permissions that follow from the manifests. Raises `Mismatch`, `BrokerRefused`,
    `NoReplicaSet`, or what the clients raise while a server is away.
    """
    wanted = topology(services)
    allowed = permissions(services) if permitted is None else permitted
    api = BrokerApi(installation.backends.broker_api_url)
    prepare_broker(api, installation.vhost, definitions(installation, wanted, allowed), wanted)
    make_replica_set(installation.backends)
    with MongoClient[dict[str, Any]](installation.backends.mongo_admin_url) as client:
        prepare_database(client, installation, with_database)
