"""Who is signed in, as Flask-Login wants to know it, and how often somebody may try."""

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from services.web.accounts.people import Account, Accounts, Session, Sessions
from services.web.asking import now
from services.web.security import remote_address

limiter = Limiter(key_func=remote_address, storage_uri="memory://", strategy="moving-window")
"""Counts in this process's memory: web runs as one process with threads."""


class SignedIn(UserMixin):
    """An account in one signed-in browser; the cookie holds the session's token, never the account's id."""

    def __init__(self, account: Account, session: Session, token: str) -> None:
        self.account, self.session, self._token = account, session, token

    def get_id(self) -> str:
        return self._token


def accounts_port() -> Accounts:
    """The app's accounts."""
    found: Accounts = current_app.extensions["accounts"]
    return found


def sessions_port() -> Sessions:
    """The app's sessions."""
    found: Sessions = current_app.extensions["sessions"]
    return found


def signed_in(token: str) -> SignedIn | None:
    """Whom the token stands for; nobody once the session was revoked or ended."""
    session = sessions_port().find(token, now())
    account = accounts_port().by_id(session.account) if session else None
    return SignedIn(account, session, token) if account and session else None


def begin(account: Account) -> None:
    """Opens a session for the account in this browser."""
    token = sessions_port().open(account.id, now(), request.user_agent.string)
    user = signed_in(token)
    if user is not None:
        login_user(user)


def end(user: SignedIn) -> None:
    """Ends this browser's session, in the database too."""
    sessions_port().revoke(user.account.id, user.session.id)
    logout_user()


def add_sign_in(app: Flask) -> None:
    """Makes `current_user` known to every view, and attempts countable."""
    manager = LoginManager()
    # Its own context processor asks the database for every template, even for the page that says it is away.
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(signed_in)
    app.jinja_env.globals["current_user"] = current_user
    limiter.init_app(app)
