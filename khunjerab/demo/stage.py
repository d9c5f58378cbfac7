"""Where the story is played: everybody's browser, the services behind the pages, and the clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from chassis.clock import DemoClock
from chassis.rpc.client import RpcClient
from khunjerab.demo.memorandum import Memorandum
from khunjerab.demo.other_system import OtherSystem
from khunjerab.demo.pages import Browser, Page

Answer = TypeVar("Answer")

PATIENCE = 30.0
"""Seconds until an effect has to be there."""


@dataclass
class Stage:
    """`ids` gathers what the acts make: the visit, the outcome. What is printed goes into the folder `printed`.

    `system`: a hospital's own, which is told of visits.

    `said`: lines of what the act found, to be told with it. `refused`: gate -> what the page said.
    """

    memorandum: Memorandum
    password: str
    web_url: str
    clock: DemoClock
    rpc: RpcClient
    printed: Path
    system: OtherSystem
    ids: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def today(self) -> date:
        return self.clock.now().date()

    def wait(self, days: int) -> None:
        """Lets days pass."""
        self.clock.advance(timedelta(days=days))

    def days_from_now(self, days: int) -> date:
        return self.today() + timedelta(days=days)

    def opened(self, who: str, path: str) -> tuple[Browser, Page]:
        """A person's browser and the page in it; signs in where the page asks for it, as it does again after weeks."""
        browser = self.browsers.setdefault(who, Browser(self.web_url))
        page = browser.open(path)
        if page.offers("/sign-in"):
            browser.send(page, "/sign-in", {"email": self.memorandum.email(who), "password": self.password})
            page = browser.open(path)
        return browser, page

    def on_visit(self, who: str, action: str, typed: dict[str, Any]) -> Page:
        """Sends a form of the visit's page."""
        browser, page = self.opened(who, f"/visits/{self.ids['visit']}")
        return browser.send(page, action, typed)

    def call(self, who: str, method: str, **fields: Any) -> dict[str, Any]:
        """What has no page yet: a method of the exchange, as `khunjerab call` gives it."""
        return self._called(who, "exchange", method, fields)

    def research(self, who: str, method: str, **fields: Any) -> dict[str, Any]:
        """The same of research."""
        return self._called(who, "research", method, fields)

    def notify(self, who: str, method: str, **fields: Any) -> dict[str, Any]:
        """The same of notify."""
        return self._called(who, "notify", method, fields)

    def print(self, name: str, content: bytes) -> Path:
        """Keeps a file to be looked at."""
        self.printed.mkdir(parents=True, exist_ok=True)
        file = self.printed / name
        file.write_bytes(content)
        return file

    def _called(self, who: str, service: str, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = self.rpc.call(service, method, fields, actor=self.memorandum.actor(who))
        return answer


def once(ask: Callable[[], Answer], good: Callable[[Answer], bool], what: str) -> Answer:
    """The answer as soon as it is good. Raises `RuntimeError` with what was last answered."""
    deadline = time.monotonic() + PATIENCE
    while not good(answer := ask()):
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not come within {PATIENCE:.0f} s: {answer}")
        time.sleep(0.1)
    return answer
