"""gunicorn, told by our settings instead of its own command line: one process of threads, nothing patched."""

import logging
import re
from collections.abc import Callable

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from services.web.settings import WebSettings

_SECRET = re.compile(r"(/calendars/|/r/|/pace/)[^/\s?]+")


class WithoutSecrets(logging.Filter):
    """gunicorn names the address that it could not answer: without what is secret, of calendars and links in mails."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _SECRET.sub(r"\1…", record.getMessage()), ()
        return True


class PropagatingLogger(Logger):
    """gunicorn's lines go where all of this process's lines go, as JSON."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.addFilter(WithoutSecrets())
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class Server(BaseApplication):
    """Serves what `build` makes. It is called in the worker: what connects does so after the fork."""

    def __init__(self, settings: WebSettings, build: Callable[[WebSettings], Flask]) -> None:
        self._settings, self._build = settings, build
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
            "logger_class": PropagatingLogger,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._build(self._settings)
