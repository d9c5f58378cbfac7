"""Who may sign in: accounts with their passwords, and the sessions that they opened."""

from services.web.accounts.indexes import ensure_indexes
from services.web.accounts.sessions import SessionStore
from services.web.accounts.store import AccountExists, AccountStore, WeakPassword

__all__ = ["AccountExists", "AccountStore", "SessionStore", "WeakPassword", "ensure_indexes"]
