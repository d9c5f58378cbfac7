"""Accounts in MongoDB."""

import unicodedata
import uuid
from collections.abc import Iterable
from typing import Any

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from chassis.kernel.errors import Refusal
from services.web.accounts import passwords
from services.web.accounts.people import Account


class AccountExists(Refusal):
    """The address has an account already. Facts: `email`."""


class WeakPassword(Refusal):
    """The password is too short or too long. Facts: `shortest`, `longest`, in characters."""


def normal(email: str) -> str:
    """The one way an address is stored and looked up: composed, lower case, without spaces around it."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def check_password(password: str) -> None:
    """Raises `WeakPassword` unless its length is within bounds."""
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        raise WeakPassword(shortest=passwords.SHORTEST, longest=passwords.LONGEST)


class AccountStore:
    """The collection `accounts`: one document per account, its address unique."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._accounts = database["accounts"]

    def add(
        self, email: str, password: str, person: str, roles: Iterable[str], sites: Iterable[str], language: str = "en"
    ) -> Account:
        """Makes an account for the person `per_…`. Raises `AccountExists`, `WeakPassword`."""
        check_password(password)
        document = {
            "_id": f"acc_{uuid.uuid4().hex}",
            "email": normal(email),
            "password": passwords.hashed(password),
            "person": person,
            "roles": sorted(roles),
            "sites": sorted(sites),
            "language": language,
        }
        try:
            self._accounts.insert_one(document)
        except DuplicateKeyError as found:
            raise AccountExists(email=normal(email)) from found
        return _account(document)

    def by_id(self, account_id: str) -> Account | None:
        """The account, or nothing."""
        document = self._accounts.find_one({"_id": str(account_id)})
        return _account(document) if document else None

    def by_email(self, email: str) -> Account | None:
        """The account with this address, however it is written, or nothing."""
        document = self._accounts.find_one({"email": normal(email)})
        return _account(document) if document else None

    def by_person(self, person: str) -> Account | None:
        """The first account of the person, or nothing."""
        document = self._accounts.find_one({"person": person}, sort=[("_id", 1)])
        return _account(document) if document else None

    def verified(self, email: str, password: str) -> Account | None:
        """The account if address and password fit; takes as long when they do not. Renews an outdated hash."""
        document = self._accounts.find_one({"email": normal(email)})
        stored = document["password"] if document else None
        if not passwords.matches(stored, password) or document is None:
            return None
        if passwords.is_outdated(document["password"]):
            renewed = {"password": passwords.hashed(password)}
            self._accounts.update_one({"_id": document["_id"]}, {"$set": renewed})
        return _account(document)


def _account(document: dict[str, Any]) -> Account:
    return Account(
        id=document["_id"],
        email=document["email"],
        person=document["person"],
        roles=frozenset(document["roles"]),
        sites=frozenset(document["sites"]),
        language=document["language"],
    )
