"""What law asks between the partners, as people entered it."""

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from contracts.words import RequirementId
from services.research.application.commands.legal.fields import End
from services.research.application.law import Law
from services.research.application.ports.copies import People
from services.research.application.queries.legal_views import requirement_view
from services.research.application.queries.views import View
from services.research.domain.legal.permissions import keeps, sees
from services.research.domain.legal.requirement import IN_EFFECT, Requirement


class AskRequirements(Command):
    """From or to one end, or any. `ended`: also those that are asked for no more."""

    from_end: End | None = None
    to_end: End | None = None
    ended: bool = False
    after: RequirementId | None = None
    limit: PageSize = 50


def requirements(asked: AskRequirements, actor: Actor, law: Law, people: People) -> View:
    """`{items, next}`: requirements that the actor may see, by id, and what the actor may do with each."""
    countries = law.countries(*actor.sites)
    seen = [each for each in law.requirements.all() if sees(actor, each.state, countries) and _fits(each, asked)]
    page = seen[: asked.limit]
    names = people.names({each.state.owner.person for each in page})
    items = [
        {"id": each.id, "version": each.version, **requirement_view(each.state, names)}
        | {"may": _may(each.state, keeps(actor, each.state.owner))}
        for each in page
    ]
    return {"items": items, "next": page[-1].id if len(seen) > asked.limit else None}


def _fits(found: Loaded[Requirement], asked: AskRequirements) -> bool:
    state = found.state
    return (
        asked.from_end in (None, state.from_end)
        and asked.to_end in (None, state.to_end)
        and (asked.ended or state.state == IN_EFFECT)
        and found.id > (asked.after or "")
    )


def _may(requirement: Requirement, configured: bool) -> list[str]:
    return ["change_requirement", "end_requirement"] if configured and requirement.state == IN_EFFECT else []
