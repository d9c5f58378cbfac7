"""Sessions in MongoDB: a browser holds a random token, the database its hash; deleting that signs the browser out."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from pymongo.database import Database

from services.web.accounts.people import Session

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
_SEEN_STEP = timedelta(minutes=5)


def session_id(token: str) -> str:
    """What is stored and shown of a token: reading it opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def has_ended(session: Session, now: datetime) -> bool:
    """Whether it was idle for `IDLE` or open for `LONGEST`."""
    return now - session.seen_at > IDLE or now - session.opened_at > LONGEST


class SessionStore:
    """The collection `sessions`: one document per signed-in browser."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._sessions = database["sessions"]

    def open(self, account_id: str, now: datetime, browser: str) -> str:
        """Opens a session and forgets the account's ended ones. Returns the token for the browser."""
        self._sessions.delete_many({"account": account_id, "opened_at": {"$lt": now - LONGEST}})
        token = secrets.token_urlsafe(32)
        document = {"_id": session_id(token), "account": account_id, "browser": browser[:200]}
        self._sessions.insert_one(document | {"opened_at": now, "seen_at": now})
        return token

    def find(self, token: str, now: datetime) -> Session | None:
        """The session that the token opens, unless revoked or ended. Notes every few minutes that it is used."""
        document = self._sessions.find_one({"_id": session_id(token)})
        if document is None or has_ended(_session(document), now):
            return None
        if now - document["seen_at"] > _SEEN_STEP:
            self._sessions.update_one({"_id": document["_id"]}, {"$set": {"seen_at": now}})
        return _session(document)

    def of(self, account_id: str, now: datetime) -> list[Session]:
        """The account's open sessions, the latest first."""
        found = self._sessions.find({"account": account_id}).sort("opened_at", -1)
        return [session for session in map(_session, found) if not has_ended(session, now)]

    def revoke(self, account_id: str, session_id: str) -> None:
        """Ends one session of this account; somebody else's is left alone."""
        self._sessions.delete_one({"_id": str(session_id), "account": account_id})

    def revoke_all(self, account_id: str) -> int:
        """Ends every session of the account; returns how many there were."""
        return self._sessions.delete_many({"account": account_id}).deleted_count


def _session(document: dict[str, Any]) -> Session:
    return Session(
        id=document["_id"],
        account=document["account"],
        opened_at=document["opened_at"],
        seen_at=document["seen_at"],
        browser=document["browser"],
    )
