"""An account and a session as the rest of web sees them, and the ports that keep them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.kernel.actor import Actor


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in. `person` is their `per_…` id in exchange; the password's hash is not carried around."""

    id: str
    email: str
    person: str
    roles: frozenset[str]
    sites: frozenset[str]
    language: str

    @property
    def actor(self) -> Actor:
        """Who the services are told is asking."""
        return Actor(person=self.person, roles=self.roles, sites=self.sites)


@dataclass(frozen=True)
class Session:
    """One signed-in browser. `id` names it on pages and is no secret: it is a hash of the token the browser holds."""

    id: str
    account: str
    opened_at: datetime
    seen_at: datetime
    browser: str


class Accounts(Protocol):
    """Keeps accounts; `AccountStore` does it in MongoDB."""

    def add(
        self, email: str, password: str, person: str, roles: Iterable[str], sites: Iterable[str], language: str = "en"
    ) -> Account: ...

    def by_id(self, account_id: str) -> Account | None: ...

    def by_email(self, email: str) -> Account | None: ...

    def by_person(self, person: str) -> Account | None: ...

    def verified(self, email: str, password: str) -> Account | None: ...


class Sessions(Protocol):
    """Keeps sessions; `SessionStore` does it in MongoDB."""

    def open(self, account_id: str, now: datetime, browser: str) -> str: ...

    def find(self, token: str, now: datetime) -> Session | None: ...

    def of(self, account_id: str, now: datetime) -> list[Session]: ...

    def revoke(self, account_id: str, session_id: str) -> None: ...

    def revoke_all(self, account_id: str) -> int: ...
