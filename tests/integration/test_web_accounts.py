"""Accounts and sessions on a real database keep the contract that the fakes keep."""

from typing import Any

import pytest
from argon2 import PasswordHasher
from pymongo.database import Database

from chassis.store.connecting import database_at
from khunjerab.installation import Installation
from services.web.accounts import AccountStore, SessionStore, ensure_indexes
from tests.unit.web.accounts_contract import EMAIL, PASSWORD, AccountsContract, SessionsContract


@pytest.fixture
def database(installation: Installation) -> Database[dict[str, Any]]:
    """web's own database, reached by web's own login."""
    return database_at(installation.mongo_url("web"))


class TestAccountStore(AccountsContract):
    @pytest.fixture
    def accounts(self, database: Database[dict[str, Any]]) -> AccountStore:
        return AccountStore(database)


class TestSessionStore(SessionsContract):
    @pytest.fixture
    def sessions(self, database: Database[dict[str, Any]]) -> SessionStore:
        return SessionStore(database)


def test_an_outdated_hash_is_renewed_at_the_next_sign_in(database: Database[dict[str, Any]]) -> None:
    store = AccountStore(database)
    made = store.add(EMAIL, PASSWORD, "per_zhang", [], [])
    weaker = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    database["accounts"].update_one({"_id": made.id}, {"$set": {"password": weaker}})
    assert store.verified(EMAIL, PASSWORD) == made
    stored = database["accounts"].find_one({"_id": made.id})
    assert stored
    assert stored["password"].startswith("$argon2id$v=19$m=65536")


def test_indexes_may_be_asked_for_again(database: Database[dict[str, Any]]) -> None:
    ensure_indexes(database)
    assert database["accounts"].index_information()["email_1"]["unique"]
