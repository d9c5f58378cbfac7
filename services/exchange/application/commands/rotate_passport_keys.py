"""Passport numbers and letters are sealed under the current key again."""

from chassis.commands import Command, PageSize
from chassis.kernel.context import Context
from chassis.kernel.seals import Seals
from services.exchange.application.ports.directory import Travellers
from services.exchange.application.ports.letters import Letters
from services.exchange.application.queries.views import View
from services.exchange.application.resealing import Place, sealed_page
from services.exchange.domain.permissions.directory import may_rotate_keys


class RotatePassportKeys(Command):
    """So many people or letters at once; `after` is the `next` of the call before."""

    after: Place | None = None
    limit: PageSize = 50


def rotate_passport_keys(
    command: RotatePassportKeys, context: Context, people: Travellers, letters: Letters, seals: Seals
) -> View:
    """`{of, seen, resealed, unreadable, next}`: ask again with `next` until it is null.

    May be broken off and begun anew: what is under the current key already is left as it is.
    """
    may_rotate_keys(context.actor)
    page = sealed_page(people, letters, command.after, command.limit)
    old = [each for each in page.documents if seals.opened_by(page.kind.sealed(each.state)) != 0]
    renewed = [page.kind.renewed(each, seals, context) for each in old]
    return {
        "of": page.kind.name,
        "seen": len(page.documents),
        "resealed": sum(renewed),
        "unreadable": [each.id for each, done in zip(old, renewed, strict=True) if not done],
        "next": page.next,
    }
