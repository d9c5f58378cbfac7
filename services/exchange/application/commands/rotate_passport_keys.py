"""Passport numbers are sealed under the current key again."""

from dataclasses import replace

from chassis.commands import Command, PageSize
from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded
from chassis.kernel.ids import derived
from contracts.words import PersonId
from services.exchange.application.ports.directory import Travellers
from services.exchange.application.ports.seals import SealBroken, Seals
from services.exchange.application.queries.views import View
from services.exchange.domain.permissions.directory import may_rotate_keys
from services.exchange.domain.person import Person, passport_of, reseal_passport


class RotatePassportKeys(Command):
    """So many people at once; `after` is the `next` of the call before."""

    after: PersonId | None = None
    limit: PageSize = 50


def rotate_passport_keys(command: RotatePassportKeys, context: Context, people: Travellers, seals: Seals) -> View:
    """`{seen, resealed, unreadable, next}`: ask again with `next` until it is null.

    May be broken off and begun anew: what is under the current key already is left as it is.
    """
    may_rotate_keys(context.actor)
    page = people.with_passport(after=command.after, limit=command.limit)
    old = [person for person in page if not seals.is_current(passport_of(person.state).sealed)]
    resealed = [_resealed(person, context, people, seals) for person in old]
    return {
        "seen": len(page),
        "resealed": sum(resealed),
        "unreadable": [person.id for person, done in zip(old, resealed, strict=True) if not done],
        "next": page[-1].id if len(page) == command.limit else None,
    }


def _resealed(person: Loaded[Person], context: Context, people: Travellers, seals: Seals) -> bool:
    try:
        sealed = seals.resealed(passport_of(person.state).sealed)
    except SealBroken:
        return False
    own = replace(context, command_id=derived(context.command_id, person.id), expected_version=None)
    people.save(person, reseal_passport(person.state, sealed), own)
    return True
