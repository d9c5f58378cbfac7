"""What any keeper of accounts and sessions promises; held by the fakes here and by MongoDB in the integration tests."""

from datetime import UTC, datetime, timedelta

import pytest

from services.web.accounts import AccountExists, WeakPassword
from services.web.accounts.people import Accounts, Sessions
from services.web.accounts.sessions import IDLE, LONGEST, session_id

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EMAIL, PASSWORD = "Zhang.Min@kashgar.example", "a pass between two valleys"


class AccountsContract:
    """Subclasses give the fixture `accounts`."""

    def test_an_account_is_found_by_id_and_by_address(self, accounts: Accounts) -> None:
        made = accounts.add(EMAIL, PASSWORD, "per_zhang", ["coordinator"], ["sit_kashgar"], "zh")
        assert accounts.by_id(made.id) == accounts.by_email(" zhang.min@KASHGAR.example") == made
        assert (made.roles, made.sites, made.language) == (frozenset({"coordinator"}), frozenset({"sit_kashgar"}), "zh")

    def test_a_person_is_found_by_their_id(self, accounts: Accounts) -> None:
        made = accounts.add(EMAIL, PASSWORD, "per_zhang", ["coordinator"], ["sit_kashgar"])
        assert (accounts.by_person("per_zhang"), accounts.by_person("per_other")) == (made, None)

    def test_an_address_has_one_account(self, accounts: Accounts) -> None:
        accounts.add(EMAIL, PASSWORD, "per_zhang", [], [])
        with pytest.raises(AccountExists):
            accounts.add(EMAIL.upper(), PASSWORD, "per_other", [], [])

    def test_only_the_right_password_is_verified(self, accounts: Accounts) -> None:
        made = accounts.add(EMAIL, PASSWORD, "per_zhang", [], [])
        assert accounts.verified(EMAIL, PASSWORD) == made
        assert accounts.verified(EMAIL, PASSWORD + " ") is None
        assert accounts.verified("nobody@kashgar.example", PASSWORD) is None

    def test_a_weak_password_makes_no_account(self, accounts: Accounts) -> None:
        for password in ("short", "x" * 257):
            with pytest.raises(WeakPassword):
                accounts.add(EMAIL, password, "per_zhang", [], [])
        assert accounts.by_email(EMAIL) is None

    def test_an_operator_for_an_address_finds_nobody(self, accounts: Accounts) -> None:
        accounts.add(EMAIL, PASSWORD, "per_zhang", [], [])
        assert accounts.by_email('{"$ne": null}') is None


class SessionsContract:
    """Subclasses give the fixture `sessions`."""

    def test_a_token_opens_its_session(self, sessions: Sessions) -> None:
        token = sessions.open("acc_1", NOON, "Firefox")
        found = sessions.find(token, NOON)
        assert found
        assert (found.account, found.browser, found.id) == ("acc_1", "Firefox", session_id(token))
        assert sessions.find("another token", NOON) is None
        assert sessions.find(found.id, NOON) is None, "what is stored opens nothing"

    def test_a_session_ends_when_idle_or_old(self, sessions: Sessions) -> None:
        idle = sessions.open("acc_1", NOON, "")
        assert sessions.find(idle, NOON + IDLE + timedelta(seconds=1)) is None
        used, at = sessions.open("acc_1", NOON, ""), NOON
        while at <= NOON + LONGEST:
            assert sessions.find(used, at)
            at += timedelta(hours=10)
        assert sessions.find(used, at) is None

    def test_a_revoked_session_is_gone_and_others_are_not(self, sessions: Sessions) -> None:
        one, two = sessions.open("acc_1", NOON, "one"), sessions.open("acc_1", NOON, "two")
        sessions.revoke("acc_2", session_id(one))
        assert sessions.find(one, NOON)
        sessions.revoke("acc_1", session_id(one))
        assert sessions.find(one, NOON) is None
        assert sessions.find(two, NOON)

    def test_revoking_all_leaves_other_accounts_alone(self, sessions: Sessions) -> None:
        sessions.open("acc_1", NOON, "")
        sessions.open("acc_1", NOON, "")
        other = sessions.open("acc_2", NOON, "")
        assert sessions.revoke_all("acc_1") == 2
        assert sessions.of("acc_1", NOON) == []
        assert sessions.find(other, NOON)

    def test_the_latest_session_stands_first(self, sessions: Sessions) -> None:
        sessions.open("acc_1", NOON, "early")
        sessions.open("acc_1", NOON + timedelta(hours=1), "late")
        assert [each.browser for each in sessions.of("acc_1", NOON + timedelta(hours=1))] == ["late", "early"]
