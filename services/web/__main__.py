"""`python -m services.web`: gunicorn with one process of threads. Nothing is patched here; eventlet is not used."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from chassis import tracing
from chassis.clock import clock_from
from chassis.health import Health, database_answers, serve_health
from chassis.logs import configure
from chassis.settings import read
from chassis.store.connecting import database_at
from services.web.accounts import AccountStore, SessionStore
from services.web.app import create_app
from services.web.clients import RpcGateway
from services.web.settings import WebSettings


class Server(BaseApplication):
    """gunicorn, told by our settings instead of its own command line."""

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "worker_class": "gthread",
            "workers": 1,  # sign-in attempts are counted in the process
            "threads": self._settings.threads,
            "timeout": 60,
            "graceful_timeout": 15,
            "loglevel": self._settings.log_level.lower(),
            "proc_name": "khunjerab-web",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made in the worker: what connects does so after the fork."""
        return served_app(self._settings)


def served_app(settings: WebSettings) -> Flask:
    """The application on its database and broker, with its probes beside it."""
    database: Any = database_at(settings.mongo_url)
    clock = clock_from(demo=settings.khunjerab_demo, offset_file=settings.khunjerab_clock_file)
    health = Health(alive=lambda: True, ready={"database": database_answers(database)})
    serve_health(health, settings.health_host, settings.health_port)
    return create_app(settings, RpcGateway(settings.amqp_url), AccountStore(database), SessionStore(database), clock)


def main() -> None:
    """Runs until told to stop."""
    settings = read(WebSettings)
    configure("web", "serve", settings.log_level)
    tracing.configure("web")
    Server(settings).run()


if __name__ == "__main__":
    main()
