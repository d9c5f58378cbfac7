"""Who answers by a link: the person to whom it was sent, with the rights that they have anyway."""

from flask import current_app

from chassis.kernel.actor import COORDINATOR, Actor
from services.web.accounts.people import Accounts
from services.web.asking import gateway

ANYBODY = Actor(None)


def actor_of(person: str, site: str | None) -> Actor:
    """The person as their account says. Who has none is what the exchange's directory says now: a coordinator of the
    `site` for which they are asked, while they are among its coordinators, and else simply themself."""
    accounts: Accounts = current_app.extensions["accounts"]
    account = accounts.by_person(person)
    if account:
        return account.actor
    if site and person in _coordinators(site):
        return Actor(person, frozenset({COORDINATOR}), frozenset({site}))
    return Actor(person)


def _coordinators(site: str) -> list[str]:
    found = gateway().call("exchange", "sites", {}, actor=ANYBODY)["items"]
    return next((list(each["coordinators"]) for each in found if each["id"] == site), [])
