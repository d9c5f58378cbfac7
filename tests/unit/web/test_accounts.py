"""The fakes keep the accounts' contract; passwords are argon2id."""

import pytest

from services.web.accounts import passwords
from services.web.accounts.people import Accounts, Sessions
from tests.unit.web.accounts_contract import AccountsContract, SessionsContract
from tests.web_accounts import MemoryAccounts, MemorySessions


class TestMemoryAccounts(AccountsContract):
    @pytest.fixture
    def accounts(self) -> Accounts:
        return MemoryAccounts()


class TestMemorySessions(SessionsContract):
    @pytest.fixture
    def sessions(self) -> Sessions:
        return MemorySessions()


def test_a_stored_password_is_argon2id_with_the_costs_of_rfc_9106() -> None:
    assert passwords.hashed("a pass between two valleys").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_password_matches_its_own_hash_alone() -> None:
    stored = passwords.hashed("a pass between two valleys")
    assert passwords.matches(stored, "a pass between two valleys")
    assert not passwords.matches(stored, "another")
    assert not passwords.matches(None, "the password of an account that does not exist")
    assert not passwords.matches("not a hash", "another")
