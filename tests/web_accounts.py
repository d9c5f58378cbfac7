"""Accounts and sessions in memory: fakes of web's two ports, held to the same contract as the stores."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from services.web.accounts.people import Account, Session
from services.web.accounts.sessions import has_ended, session_id
from services.web.accounts.store import AccountExists, check_password, normal


class MemoryAccounts:
    """`services.web.accounts.people.Accounts` without a database; passwords stand in the clear, as it is a fake."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._passwords: dict[str, str] = {}

    def add(
        self, email: str, password: str, person: str, roles: Iterable[str], sites: Iterable[str], language: str = "en"
    ) -> Account:
        check_password(password)
        if self.by_email(email):
            raise AccountExists(email=normal(email))
        identity = f"acc_{len(self._accounts)}"
        account = Account(identity, normal(email), person, frozenset(roles), frozenset(sites), language)
        self._accounts[identity], self._passwords[identity] = account, password
        return account

    def by_id(self, account_id: str) -> Account | None:
        return self._accounts.get(account_id)

    def by_email(self, email: str) -> Account | None:
        return next((each for each in self._accounts.values() if each.email == normal(email)), None)

    def by_person(self, person: str) -> Account | None:
        return next((each for each in self._accounts.values() if each.person == person), None)

    def verified(self, email: str, password: str) -> Account | None:
        account = self.by_email(email)
        return account if account and self._passwords[account.id] == password else None


class MemorySessions:
    """`services.web.accounts.people.Sessions` without a database."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def open(self, account_id: str, now: datetime, browser: str) -> str:
        token = secrets.token_urlsafe(32)
        self._sessions[session_id(token)] = Session(session_id(token), account_id, now, now, browser[:200])
        return token

    def find(self, token: str, now: datetime) -> Session | None:
        session = self._sessions.get(session_id(token))
        if session is None or has_ended(session, now):
            return None
        self._sessions[session.id] = replace(session, seen_at=now)
        return session

    def of(self, account_id: str, now: datetime) -> list[Session]:
        own = [each for each in self._sessions.values() if each.account == account_id and not has_ended(each, now)]
        return sorted(own, key=lambda session: session.opened_at, reverse=True)

    def revoke(self, account_id: str, session_id: str) -> None:
        if session_id in self._sessions and self._sessions[session_id].account == account_id:
            del self._sessions[session_id]

    def revoke_all(self, account_id: str) -> int:
        own = [each.id for each in self._sessions.values() if each.account == account_id]
        for identity in own:
            del self._sessions[identity]
        return len(own)
