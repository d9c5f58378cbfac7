"""Whether a person was erased."""

from chassis.commands import Command
from chassis.kernel.actor import Actor
from contracts.words import PersonId
from services.notify.application.erasures import Erasures
from services.notify.application.queries.views import View
from services.notify.domain.admin.erasing import erasure_id
from services.notify.domain.admin.permissions import must_administer


class AskErasure(Command):
    person: PersonId


def erasure(asked: AskErasure, actor: Actor, erasures: Erasures) -> View:
    """`{person, state, asked_at}`: `state` is `asked` while something is left, `done`, or null. Raises `NotAllowed`."""
    must_administer(actor, "erasure")
    identity = erasure_id(asked.person)
    found = erasures.named([identity]).get(identity)
    at = found.asked_at.isoformat() if found else None
    return {"person": asked.person, "state": found.state if found else None, "asked_at": at}
