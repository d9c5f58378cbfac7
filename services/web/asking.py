"""Asking the services while a page is made: its main thing, without which there is no page, and its panels."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app, g
from flask_login import current_user

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.zones import zone_named
from services.web.clients import CallTimedOut, Gateway, Refused, ServiceFailed, ServiceUnavailable

PANEL_SECONDS = 2.0
"""A panel is not worth a long wait."""
PAUSE_SECONDS = 10.0
"""A service that did not answer a panel is left alone for so long, lest every page wait for it."""


@dataclass(frozen=True)
class Panel:
    """A part of a page from another service. `content` is missing when that one is away or refused."""

    service: str
    content: Any = None
    is_away: bool = False


class Pauses:
    """Which services did not answer lately, per process."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def is_paused(self, service: str) -> bool:
        return time.monotonic() < self._until.get(service, 0.0)

    def note(self, service: str) -> None:
        self._until[service] = time.monotonic() + PAUSE_SECONDS


def gateway() -> Gateway:
    """The app's way to the services."""
    found: Gateway = current_app.extensions["gateway"]
    return found


def now() -> datetime:
    """The moment, UTC, from the app's clock."""
    clock: Clock = current_app.extensions["clock"]
    return clock.now()


def today_at(zone: str) -> date:
    """The calendar day there."""
    return now().astimezone(zone_named(zone)).date()


def signed_in_actor() -> Actor:
    """Who asks: the person whose account is signed in."""
    actor: Actor = current_user.account.actor
    return actor


def ask(service: str, method: str, **fields: Any) -> Any:
    """The page's main thing. What it raises ends in a page of its own: see `failures`."""
    g.asked_service = service
    return gateway().call(service, method, fields, actor=signed_in_actor())


def panel(service: str, method: str, **fields: Any) -> Panel:
    """A part that the page can do without."""
    pauses: Pauses = current_app.extensions["pauses"]
    if pauses.is_paused(service):
        return Panel(service, is_away=True)
    try:
        return Panel(service, gateway().call(service, method, fields, actor=signed_in_actor(), timeout=PANEL_SECONDS))
    except Refused:
        return Panel(service)
    except (CallTimedOut, ServiceUnavailable, ServiceFailed):
        pauses.note(service)
        return Panel(service, is_away=True)
