"""Somebody is named who answers for somebody else's outcomes."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Command, Day
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from contracts.words import PersonId, SiteId
from services.research.application.delegating import delegation_id
from services.research.application.ports.copies import People
from services.research.application.ports.delegations import Delegations
from services.research.domain.delegation import NAMED, Delegation, name
from services.research.domain.permissions import may_delegate


class NameDelegate(Command):
    """`sites`: for whose outcomes; all where none are named. `until`: the last day. Named again, the later holds."""

    person_id: PersonId
    delegate_id: PersonId
    sites: Annotated[tuple[SiteId, ...], Field(max_length=50)] = ()
    until: Day


def name_delegate(command: NameDelegate, context: Context, delegations: Delegations, people: People) -> Receipt:
    """From now on the delegate may answer for the person."""
    found = delegation_id(command.person_id, command.delegate_id)
    if answer := delegations.made(found, context):
        return answer
    persons_sites, delegates_sites = (_sites(each, people) for each in (command.person_id, command.delegate_id))
    sites = tuple(dict.fromkeys(command.sites))
    may_delegate(context.actor, command.person_id, frozenset(sites) or persons_sites)
    wished = Delegation(found, NAMED, command.person_id, command.delegate_id, sites, command.until)
    decision = name(wished, persons_sites=persons_sites, delegates_sites=delegates_sites, now=context.now)
    if delegations.named([found]):
        return delegations.save(delegations.load(found), decision, context)
    return delegations.add(found, decision, context)


def _sites(person: str, people: People) -> frozenset[str]:
    sites = people.sites(person)
    if sites is None:
        raise Unknown(kind="person", id=person)
    return sites
