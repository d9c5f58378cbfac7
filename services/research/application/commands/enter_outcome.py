"""Somebody enters an outcome that nobody expected."""

from dataclasses import replace

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import document_id
from contracts.words import OutcomeType, PersonId
from services.research.application.answering import Answering
from services.research.application.commands.origin_fields import Origins
from services.research.application.commands.outcome_fields import Saying, Title
from services.research.application.delegating import in_place_of
from services.research.domain.entering import enter, unattributed
from services.research.domain.permissions import may_enter


class EnterOutcome(Saying):
    """It whole, with all that it came of; by the first it is counted. `on_behalf_of`: who answers for it instead."""

    type: OutcomeType
    title: Title
    summary: FullParagraph
    came_of: Origins
    on_behalf_of: PersonId | None = None


def enter_outcome(command: EnterOutcome, context: Context, answering: Answering) -> Receipt:
    """Makes an outcome that is reported at once."""
    outcome_id, actor = document_id("out", context.command_id), context.actor
    if answer := answering.outcomes.made(outcome_id, context):
        return answer
    person = command.on_behalf_of or actor.person or ""
    if command.on_behalf_of and answering.people.sites(person) is None:
        raise Unknown(kind="person", id=person)
    came_of = answering.known((each.named() for each in command.came_of), actor)
    sites = [site for each in came_of for site in each.sites]
    may_enter(actor, came_of, person, in_place_of(person, actor, sites, context.now, answering.delegations))
    blank = unattributed(outcome_id, command.type, command.title, responsible=person, on=context.now.date())
    told = command.told(command.title, command.summary)
    decimals = answering.currencies.decimals
    decision = enter(blank, told, came_of, decimals=decimals, by=actor.person, now=context.now)
    behalf = person if person != actor.person else None
    return answering.added(came_of, replace(decision, on_behalf_of=behalf), context)
