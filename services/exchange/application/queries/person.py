"""One person, with what only some may see."""

from chassis.commands import Command
from chassis.kernel.actor import Actor
from contracts.words import PersonId
from services.exchange.application.ports.directory import People
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.directory import who
from services.exchange.application.queries.views import View, history_view, text_of
from services.exchange.domain.passport import Passport
from services.exchange.domain.permissions.directory import may_look_up, sees_particulars
from services.exchange.domain.person import Person


class AskPerson(Command):
    person_id: PersonId


def person(asked: AskPerson, actor: Actor, kept: People, visits: Visits) -> View:
    """The person as everybody sees them; with `particulars` and `history` for those who may see these, else null."""
    may_look_up(actor)
    found = kept.recorded(asked.person_id)
    shown = sees_particulars(actor, found.state, visits.hosts_of(found.id))
    return {
        "id": found.id,
        "version": found.version,
        **who(found.state),
        "particulars": _particulars(found.state) if shown else None,
        "history": history_view(found.history, kept) if shown else None,
    }


def _particulars(person: Person) -> View:
    return {
        "birth_date": text_of(person.birth_date),
        "sex": person.sex,
        "passport": masked(person.passport) if person.passport else None,
    }


def masked(passport: Passport) -> View:
    """`{number, expires_on}`: of the number its last four characters alone."""
    return {"number": f"•••••{passport.last_four}", "expires_on": passport.expires_on.isoformat()}
