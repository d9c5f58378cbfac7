"""Somebody needs a passport number, and says what for."""

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded
from chassis.kernel.seals import SealBroken, Seals
from contracts.words import PersonId
from services.exchange.application.ports.directory import People
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.views import View
from services.exchange.domain import person as people_domain
from services.exchange.domain.directory_refusals import PassportUnreadable
from services.exchange.domain.permissions.directory import may_reveal_passport
from services.exchange.domain.person import Person, passport_of


class RevealPassport(Command):
    """Whose, and why; the reason stands in the person's history."""

    person_id: PersonId
    why: FullParagraph


def reveal_passport(command: RevealPassport, context: Context, people: People, visits: Visits, seals: Seals) -> View:
    """`{person, number, expires_on, version}`, once it is written down who saw it and why."""
    person = people.load(command.person_id)
    may_reveal_passport(context.actor, person.state, visits.hosts_of(person.id))
    number = _opened(person.state, seals)
    version = _noted(person, command, context, people)
    expires_on = passport_of(person.state).expires_on.isoformat()
    return {"person": person.id, "number": number, "expires_on": expires_on, "version": version}


def _opened(person: Person, seals: Seals) -> str:
    sealed = passport_of(person).sealed
    try:
        return seals.opened(sealed)
    except SealBroken:
        raise PassportUnreadable(person=person.id) from None


def _noted(person: Loaded[Person], command: RevealPassport, context: Context, people: People) -> int:
    # The same call again is one reveal: it is answered again and noted once.
    if answer := person.answered(context):
        return answer.version
    return people.save(person, people_domain.reveal_passport(person.state, why=command.why), context).version
