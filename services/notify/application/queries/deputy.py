"""Who stands in for a person."""

from datetime import datetime

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from contracts.words import PersonId
from services.notify.application.deputies import Deputies, today_of
from services.notify.application.ports import People
from services.notify.application.queries.views import View, text_of
from services.notify.domain.deputy import deputation_id
from services.notify.domain.permissions import sees_deputy
from services.notify.domain.person import stranger


class AskDeputy(Command):
    """Of a person; of whoever asks, where nobody is named."""

    person_id: PersonId | None = None


def deputy(asked: AskDeputy, actor: Actor, now: datetime, deputies: Deputies, people: People) -> View:
    """`{person, deputy, first, last, away, version}`; `deputy` is null where nobody stands in, `version` where nobody
    ever did. Raises `Unknown` also for a person whose deputy the actor may not see.
    """
    wanted = asked.person_id or actor.person or ""
    person = people.named([wanted]).get(wanted) or stranger(wanted)
    made = deputation_id(wanted)
    kept = deputies.named([made]).get(made)
    if not sees_deputy(actor, person, kept):
        raise Unknown(kind="person", id=wanted)
    stands = kept if kept and kept.stands else None
    return {
        "person": wanted,
        "deputy": stands.deputy if stands else None,
        "first": text_of(stands.first) if stands else None,
        "last": text_of(stands.last) if stands else None,
        "away": bool(stands and stands.is_away(today_of(person, now))),
        "version": deputies.load(made).version if kept else None,
    }
