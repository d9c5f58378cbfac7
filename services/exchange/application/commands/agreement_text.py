"""The text of an agreement, as somebody writes it down."""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from chassis.commands import Command, Day, Line, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.ids import derived, document_id
from contracts.words import ConditionId, CooperationKind, Names, OutcomeType, Party, SiteId
from services.exchange.application.ports.directory import Sites
from services.exchange.domain.agreement_text import Condition, Text
from services.exchange.domain.visit import Expectation

Count = Annotated[int, Field(ge=0, le=100_000, strict=True)]
Days = Annotated[int, Field(ge=1, le=730, strict=True)]
Gap = Annotated[int, Field(ge=0, le=730, strict=True)]
Words = Annotated[dict[Line, Line], Field(max_length=20)]


class NewExpectation(Command):
    """The outcome expected of a fulfilled visit, so many days after the departure."""

    type: OutcomeType
    due_days: Days


class NewCondition(Command):
    """One cooperation condition: how much, from whom to whom, and whose acceptance a booking needs.

    `rules`: rule name -> level; `cost_sharing`: money line kind -> payer. Which there are is for the rules to say.
    """

    kind: CooperationKind
    field: Line
    sending_site: SiteId
    host_site: SiteId
    visits_per_year: Count
    visitor_days_per_year: Count
    outcomes_per_year: Count
    acceptance: Annotated[tuple[Party, ...], Field(min_length=1, max_length=4)]
    reply_within_days: Days
    expects_outcome: NewExpectation | None = None
    rules: Words = Field(default_factory=dict)
    minimum_gap_days: Gap = 0
    cost_sharing: Words = Field(default_factory=dict)


class AmendedCondition(NewCondition):
    """A condition of an amended text: one that a text had before keeps its `id`, a new one has none yet."""

    id: ConditionId | None = None


class WrittenText(Command):
    """Everything but the conditions. Both in-effect days are inclusive."""

    names: Names
    partners: Annotated[tuple[SiteId, ...], Field(min_length=2, max_length=20)]
    fields: Annotated[tuple[Line, ...], Field(max_length=50)]
    in_effect_from: Day
    in_effect_until: Day
    note: Paragraph = ""


def text_of(
    written: WrittenText,
    conditions: tuple[NewCondition, ...],
    context: Context,
    sites: Sites,
    known: Callable[[str], None],
) -> Text:
    """The text, its new conditions numbered by the command's id. `known` refuses the id of a condition that is not.

    Raises `Unknown` for a partner that is not registered.
    """
    for partner in written.partners:
        sites.load(partner)
    return Text(
        names=written.names,
        partners=written.partners,
        fields=written.fields,
        in_effect_from=written.in_effect_from,
        in_effect_until=written.in_effect_until,
        conditions=tuple(_condition(context, number, new, known) for number, new in enumerate(conditions)),
        note=written.note,
    )


def _condition(context: Context, number: int, new: NewCondition, known: Callable[[str], None]) -> Condition:
    terms = new.model_dump(exclude={"id", "expects_outcome"})
    wanted, kept = new.expects_outcome, new.id if isinstance(new, AmendedCondition) else None
    if kept:
        known(kept)
    return Condition(
        id=kept or document_id("cnd", derived(context.command_id, str(number))),
        expects_outcome=Expectation(wanted.type, wanted.due_days) if wanted else None,
        **terms,
    )
