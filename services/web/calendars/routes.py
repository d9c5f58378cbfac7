"""A calendar at its secret address, for programs that do not sign in.

It shows what the address' owner may see now: their account says who they are, the exchange what that allows.
"""

from datetime import datetime

from flask import Blueprint, Response, current_app, g, request
from flask.blueprints import BlueprintSetupState

from chassis.kernel.actor import Actor
from services.web.accounts.people import Accounts
from services.web.accounts.signing_in import limiter
from services.web.asking import gateway
from services.web.calendars.owners import Owners
from services.web.clients import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.security import public

calendars = Blueprint("calendars", __name__, template_folder="templates")

ANYBODY = Actor(None)
KEPT = "private, max-age=300"
"""Nobody's but the reader's, who need not ask again within five minutes."""
LONGEST_SECRET = 100
MOST_TAGS = 10
_TIMEOUT = 20.0
"""Seconds: a feed that was never written before may hold thousands of bookings."""


@calendars.record_once
def _remember_owners(state: BlueprintSetupState) -> None:
    state.app.extensions["calendar_owners"] = Owners()


@calendars.get("/calendars/<secret>.ics")
@public
@limiter.limit("120 per minute")
def feed(secret: str) -> Response:
    """The file; 304 without it where the program has it already; 404 where there is no such address (any more)."""
    owner = _owner(secret)
    if owner is None:
        return _nothing()
    known = sorted(request.if_none_match.as_set(include_weak=True))
    tags = [f'"{tag}"' for tag in known[:MOST_TAGS] if len(tag) < LONGEST_SECRET]
    try:
        fields = {"secret": secret, "known_tags": tags}
        found = gateway().call("exchange", "calendar_feed", fields, actor=owner, timeout=_TIMEOUT)
    except Refused:
        _owners().forget(secret)
        return _nothing()
    g.cache_control = KEPT
    response = (
        Response(status=304) if found["content"] is None else Response(found["content"], mimetype="text/calendar")
    )
    response.headers["ETag"] = found["tag"]
    response.headers["X-Robots-Tag"] = "noindex"
    if found["changed_at"]:
        response.last_modified = datetime.fromisoformat(found["changed_at"])
    return response


@calendars.errorhandler(CallTimedOut)
@calendars.errorhandler(ServiceUnavailable)
@calendars.errorhandler(ServiceFailed)
def _away(_error: Exception) -> Response:
    return _told("The calendar is away. Please ask again later.", 503, {"Retry-After": "60"})


def _owner(secret: str) -> Actor | None:
    """Who they are now, by their account."""
    if len(secret) > LONGEST_SECRET:
        return None
    try:
        owner = _owners().of(secret, lambda: _asked_for(secret))
    except Refused:
        return None
    accounts: Accounts = current_app.extensions["accounts"]
    account = accounts.by_person(owner)
    return account.actor if account else None


def _owners() -> Owners:
    known: Owners = current_app.extensions["calendar_owners"]
    return known


def _asked_for(secret: str) -> str:
    return str(gateway().call("exchange", "calendar_owner", {"secret": secret}, actor=ANYBODY)["owner"])


def _nothing() -> Response:
    """The same whether there never was such an address, it was revoked, or its owner may not see it any more."""
    return _told("There is no calendar at this address.", 404, {})


def _told(words: str, status: int, headers: dict[str, str]) -> Response:
    return Response(f"{words}\n", status=status, mimetype="text/plain", headers={"X-Robots-Tag": "noindex", **headers})
