"""Who answers for somebody, and for whom they answer."""

from datetime import datetime

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from contracts.words import PersonId
from services.research.application.ports.copies import People
from services.research.application.ports.delegations import Delegations
from services.research.application.queries.views import View
from services.research.domain.permissions import sees_delegations

MOST = 200


class AskDelegates(Command):
    """Of a person; of whoever asks, where nobody is named."""

    person_id: PersonId | None = None


def delegates(asked: AskDelegates, actor: Actor, now: datetime, delegations: Delegations, people: People) -> View:
    """`{items}`: those that last longest first, 200 at most, past ones too; `stands` says whether it holds today.

    Raises `Unknown` also for a person whose delegates the actor may not see.
    """
    person = asked.person_id or actor.person or ""
    if not sees_delegations(actor, person, people.sites(person) or frozenset()):
        raise Unknown(kind="person", id=person)
    found = delegations.with_person(person, limit=MOST)
    names = people.names({each for one in found for each in (one.state.person, one.state.delegate)})
    items = [
        {
            "id": each.id,
            "version": each.version,
            "state": each.state.state,
            "person": each.state.person,
            "person_name": names.get(each.state.person),
            "delegate": each.state.delegate,
            "delegate_name": names.get(each.state.delegate),
            "sites": list(each.state.sites),
            "until": each.state.until.isoformat(),
            "stands": each.state.stands(now),
        }
        for each in found
    ]
    return {"items": items}
