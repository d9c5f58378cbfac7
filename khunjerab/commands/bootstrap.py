"""`khunjerab bootstrap`."""

import time
from typing import Annotated

import requests
import typer
from pymongo.errors import PyMongoError

from khunjerab.bootstrap.manifests import SERVICES, WITH_DATABASE
from khunjerab.bootstrap.prepare import prepare
from khunjerab.bootstrap.settings import BootstrapSettings
from khunjerab.commands.speaking import notes, plain_errors
from khunjerab.installation import Installation

PAUSE = 0.5


def run(
    wait: Annotated[float, typer.Option(help="Seconds to wait for broker and database to answer.")] = 60.0,
) -> None:
    """Prepare broker and database: topology, logins, indexes. Safe to repeat.

    Reads AMQP_URL, BROKER_API_URL, MONGO_ADMIN_URL, DATABASE_PREFIX and one …_PASSWORD per login.
    """
    with plain_errors():
        installation = BootstrapSettings().installation()
        _prepare_patiently(installation, time.monotonic() + wait)
    notes.print(f"prepared: vhost {installation.vhost}, databases of {', '.join(one.name for one in WITH_DATABASE)}")


def _prepare_patiently(installation: Installation, deadline: float) -> None:
    while True:
        try:
            return prepare(installation, SERVICES, WITH_DATABASE)
        except (requests.ConnectionError, PyMongoError) as away:
            if time.monotonic() > deadline:
                raise
            notes.print(f"waiting for broker and database ({type(away).__name__})")
            time.sleep(PAUSE)
