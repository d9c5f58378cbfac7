"""The web application on fakes, for tests that need no broker and no database."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from flask import Flask
from pydantic import SecretStr

from services.web.app import create_app
from services.web.asking import Pauses
from services.web.calendars.owners import Owners
from services.web.settings import WebSettings
from tests.web_accounts import MemoryAccounts, MemorySessions
from tests.web_gateway import FakeGateway
from tests.web_samples import NOW

EMAIL, PASSWORD = "zhang.min@kashgar.example", "a pass between two valleys"


@dataclass
class Watch:
    """A clock that is set by hand."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        self.moment += by


@cache
def _app(web_url: str) -> Flask:
    """One application for all tests, so that its templates are compiled once; each test puts its own fakes into it."""
    settings = WebSettings(
        secret_key=SecretStr("s" * 32), amqp_url="amqp://nowhere", mongo_url="mongodb://nowhere/web", web_url=web_url
    )
    return create_app(settings, FakeGateway(), MemoryAccounts(), MemorySessions())


@dataclass
class Web:
    """The application with the fakes that it stands on."""

    web_url: str = "http://127.0.0.1:8000"
    gateway: FakeGateway = field(default_factory=FakeGateway)
    accounts: MemoryAccounts = field(default_factory=MemoryAccounts)
    sessions: MemorySessions = field(default_factory=MemorySessions)
    clock: Watch = field(default_factory=Watch)

    def __post_init__(self) -> None:
        self.app = _app(self.web_url)
        fakes = {"gateway": self.gateway, "accounts": self.accounts, "sessions": self.sessions, "clock": self.clock}
        self.app.extensions.update(fakes, pauses=Pauses(), calendar_owners=Owners())
        self.accounts.add(EMAIL, PASSWORD, "per_zhang", ["coordinator"], ["sit_kashgar"], "en")
