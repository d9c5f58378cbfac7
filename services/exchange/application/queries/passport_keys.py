"""What still lies under which key."""

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.seals import Seals
from services.exchange.application.ports.directory import Travellers
from services.exchange.application.ports.letters import Letters
from services.exchange.application.queries.views import View
from services.exchange.application.resealing import Place, sealed_page
from services.exchange.domain.permissions.directory import may_rotate_keys


class AskPassportKeys(Command):
    """So many people or letters at once; `after` is the `next` of the answer before."""

    after: Place | None = None
    limit: PageSize = 50


def passport_keys(asked: AskPassportKeys, actor: Actor, people: Travellers, letters: Letters, seals: Seals) -> View:
    """`{of, seen, under, unreadable, next}`: tried, not remembered, so that it is true whoever sealed what.

    `under`: how many each key opens, the current one first; `unreadable`: the ids of what none does.
    """
    may_rotate_keys(actor)
    page = sealed_page(people, letters, asked.after, asked.limit)
    opened_by = {each.id: seals.opened_by(page.kind.sealed(each.state)) for each in page.documents}
    return {
        "of": page.kind.name,
        "seen": len(opened_by),
        "under": [list(opened_by.values()).count(key) for key in range(seals.keys)],
        "unreadable": [each for each, key in opened_by.items() if key is None],
        "next": page.next,
    }
