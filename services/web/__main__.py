"""`python -m services.web`: the pages, and beside them the probes on HEALTH_PORT."""

from typing import Any

from flask import Flask

from chassis import logs, tracing
from chassis.clock import clock_from
from chassis.health import Health, database_answers, serve_health
from chassis.settings import read
from chassis.store.connecting import database_at
from services.web.accounts import AccountStore, SessionStore
from services.web.app import create_app
from services.web.clients import RpcGateway
from services.web.serving import Server
from services.web.settings import WebSettings


def build(settings: WebSettings) -> Flask:
    """The application on its database and broker.

    Ready means that people can sign in; a service or the broker that is away is told on the pages themselves.
    """
    tracing.configure("web")
    database: Any = database_at(settings.mongo_url)
    clock = clock_from(demo=settings.khunjerab_demo, offset_file=settings.khunjerab_clock_file)
    health = Health(alive=lambda: True, ready={"database": database_answers(database)})
    serve_health(health, settings.health_host, settings.health_port)
    return create_app(settings, RpcGateway(settings.amqp_url), AccountStore(database), SessionStore(database), clock)


def main() -> None:
    """Runs until told to stop."""
    settings = read(WebSettings)
    logs.configure("web", "serve", settings.log_level)
    Server(settings, build).run()


if __name__ == "__main__":
    main()
