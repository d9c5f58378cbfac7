"""In whose place somebody acts."""

from collections.abc import Iterable
from datetime import datetime

from chassis.kernel.actor import Actor
from chassis.kernel.ids import derived, document_id
from services.research.application.ports.delegations import Delegations


def delegation_id(person: str, delegate: str) -> str:
    """There is one document for each two people: naming again finds it."""
    return document_id("dlg", derived(person, delegate))


def in_place_of(person: str, actor: Actor, sites: Iterable[str], now: datetime, delegations: Delegations) -> str | None:
    """The person, where the actor is their delegate for outcomes of these sites today; else nobody.

    Whoever is of none of the sites, or no more, would answer for what they may not see.
    """
    if actor.person in (None, person) or actor.sites.isdisjoint(sites):
        return None
    named = delegations.named([delegation_id(person, actor.person)]).values()
    return person if any(each.covers(sites, now) for each in named) else None
