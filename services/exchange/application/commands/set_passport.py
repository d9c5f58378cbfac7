"""A person's passport is entered."""

from pydantic import SecretStr

from chassis.commands import Change, Day
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import derived
from chassis.kernel.seals import SealBroken, Seals
from contracts.words import PersonId
from services.exchange.application.ports.directory import People
from services.exchange.domain import person as people_domain
from services.exchange.domain.passport import Passport, normalised
from services.exchange.domain.permissions.directory import may_keep_passport


class SetPassport(Change):
    """The number as it stands in the passport; nothing that shows this command shows the number."""

    person_id: PersonId
    number: SecretStr
    expires_on: Day


def set_passport(command: SetPassport, context: Context, people: People, seals: Seals) -> Receipt:
    """Seals the number and keeps it so; others are told that something of the person changed, and not what."""
    person = people.load(command.person_id)
    may_keep_passport(context.actor, person.state, "set_passport")
    if answer := person.answered(context):
        return answer
    number = normalised(command.number.get_secret_value())
    mark = _mark(person.state.passport, number, context, seals)
    passport = Passport(seals.sealed(number), number[-4:], command.expires_on, mark)
    return people.save(person, people_domain.set_passport(person.state, passport, today=context.now.date()), context)


def _mark(kept: Passport | None, number: str, context: Context, seals: Seals) -> str:
    """The one that there is where it is the same number again; else one that no other passport has."""
    return kept.mark if kept and _opened(kept, seals) == number else derived(context.command_id, "passport")


def _opened(passport: Passport, seals: Seals) -> str | None:
    try:
        return seals.opened(passport.sealed)
    except SealBroken:
        return None
