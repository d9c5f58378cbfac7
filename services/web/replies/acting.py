"""Who answers by a link: the person to whom it was sent, with the rights that they have anyway."""

from collections.abc import Mapping

from flask import current_app

from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, Actor
from services.web.accounts.people import Accounts
from services.web.asking import gateway

ANYBODY = Actor(None)
_ROLES: Mapping[str, str] = {"coordinators": COORDINATOR, "managers": PROGRAMME_MANAGER}
"""What the directory calls those who speak for a site -> their role."""


def actor_of(person: str, site: str | None) -> Actor:
    """The person as their account says. Who has none is what the exchange's directory says now: a coordinator or
    programme manager of the `site` for which they are asked, while they are among its own, and else simply themself.
    """
    accounts: Accounts = current_app.extensions["accounts"]
    account = accounts.by_person(person)
    if account:
        return account.actor
    roles = _roles_at(site, person) if site else frozenset()
    return Actor(person, roles, frozenset({site})) if site and roles else Actor(person)


def _roles_at(site: str, person: str) -> frozenset[str]:
    found = gateway().call("exchange", "sites", {}, actor=ANYBODY)["items"]
    own = (each for each in found if each["id"] == site)
    return frozenset(role for each in own for name, role in _ROLES.items() if person in each[name])
