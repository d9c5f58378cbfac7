"""What may be one and the same as an outcome, or as what somebody is about to enter."""

from collections.abc import Callable
from typing import Annotated, Self

from pydantic import Field, model_validator

from chassis.commands import Command, Line
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from contracts.words import OutcomeId
from services.research.application.commands.outcome_fields import Identifier, Title
from services.research.application.duplicates import Found, duplicates_of
from services.research.application.ports.outcomes import Outcomes
from services.research.application.queries.views import View
from services.research.domain.doi import doi_in
from services.research.domain.duplicates.described import described
from services.research.domain.duplicates.scoring import Described, Likeness
from services.research.domain.outcome import Outcome
from services.research.domain.permissions import may_see

Year = Annotated[int, Field(ge=1, le=9999, strict=True)]


class AskDuplicates(Command):
    """Of an outcome, or of what is typed: a title, and what else is known."""

    outcome_id: OutcomeId | None = None
    title: Title | None = None
    year: Year | None = None
    authors: Annotated[tuple[Line, ...], Field(max_length=200)] = ()
    doi: Identifier = ""

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        typed = self.title is not None or bool(self.doi)
        if typed == (self.outcome_id is not None):
            raise ValueError("name an outcome, or tell a title or a DOI")
        return self


def duplicates(asked: AskDuplicates, actor: Actor, outcomes: Outcomes) -> View:
    """`{items}`: outcomes that the actor may see and that may be the same, the likeliest first.

    Each is `{id, state, type, title, score, verdict, grounds}`: see `likeness_view`. Raises `Unknown` for an outcome
    that the actor may not see, and `InvalidDoi`.
    """
    found = duplicates_of(_sought(asked, actor, outcomes), outcomes, _seen_by(actor), besides=asked.outcome_id or "")
    return {"items": [_item(each) for each in found]}


def likeness_view(found: Likeness) -> View:
    """`{score, verdict, grounds}`: 0 to 1; `same`, `likely` or `possible`; how alike `doi`, `title`, `year` and
    `authors` are, 0 to 1, null where one of the two does not tell it."""
    grounds = {name: value if value is None else round(value, 2) for name, value in vars(found.grounds).items()}
    return {"score": round(found.score, 2), "verdict": found.verdict, "grounds": grounds}


def _sought(asked: AskDuplicates, actor: Actor, outcomes: Outcomes) -> Described:
    if asked.outcome_id is None:
        return Described(asked.title or "", asked.year, asked.authors, doi_in(asked.doi))
    outcome = outcomes.load(asked.outcome_id).state
    if not may_see(actor, outcome):
        raise Unknown(kind="outcome", id=asked.outcome_id)
    return described(outcome)


def _seen_by(actor: Actor) -> Callable[[Outcome], bool]:
    return lambda outcome: may_see(actor, outcome)


def _item(found: Found) -> View:
    told = {"state": found.state.state, "type": found.state.type, "title": found.state.title}
    return {"id": found.id, **told, **likeness_view(found.likeness)}
