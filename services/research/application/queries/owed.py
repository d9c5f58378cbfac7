"""Which reports are waited for, and until when."""

from datetime import UTC, datetime, timedelta

from chassis.commands import Command, Day, PageSize
from chassis.kernel.actor import Actor
from contracts.words import OutcomeId, PersonId
from services.research.application.ports.copies import People
from services.research.application.ports.outcomes import Outcomes, Owing
from services.research.application.queries.views import View, line_view


class AskOwed(Command):
    """By whom, due until which day, overdue or not; what is left out is any. `after`: the `next` of the page before."""

    responsible: PersonId | None = None
    due_by: Day | None = None
    overdue: bool | None = None
    after: OutcomeId | None = None
    limit: PageSize = 50


def owed(asked: AskOwed, actor: Actor, now: datetime, kept: Outcomes, people: People) -> View:
    """`{items, next}`: expected outcomes that the actor may see, by the day until which they are due.

    So those that are overdue come first, the longest overdue before the others.
    """
    page = kept.owed(actor, _owing(asked, now), after=asked.after, limit=asked.limit)
    names = people.names({outcome.state.responsible for outcome in page})
    items = [{"id": outcome.id, "version": outcome.version, **line_view(outcome.state, names)} for outcome in page]
    return {"items": items, "next": page[-1].id if len(page) == asked.limit else None}


def _owing(asked: AskOwed, now: datetime) -> Owing:
    """By the clock, as a report is overdue by it: from midnight UTC on, behind the day until which it was due."""
    today = now.astimezone(UTC).date()
    yesterday = today - timedelta(days=1)
    until = min((day for day in (asked.due_by, yesterday if asked.overdue else None) if day), default=None)
    return Owing(asked.responsible, since=today if asked.overdue is False else None, until=until)
