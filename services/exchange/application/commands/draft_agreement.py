"""An agreement is drafted."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Command, Day, Line, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import derived, document_id
from contracts.words import Names, OutcomeType, Party, SiteId, VisitKind
from services.exchange.application.ports import Agreements, Sites
from services.exchange.domain.agreement import DRAFT, Agreement, Condition, draft
from services.exchange.domain.permissions import may_draft
from services.exchange.domain.refusals import UnknownSite
from services.exchange.domain.visit import Expectation

Count = Annotated[int, Field(ge=0, le=100_000, strict=True)]
Days = Annotated[int, Field(ge=1, le=730, strict=True)]


class NewExpectation(Command):
    """The outcome expected of a fulfilled visit, so many days after the departure."""

    type: OutcomeType
    due_days: Days


class NewCondition(Command):
    """One cooperation condition: how much, from whom to whom, and whose acceptance a booking needs."""

    kind: VisitKind
    field: Line
    sending_site: SiteId
    host_site: SiteId
    visits_per_year: Count
    visitor_days_per_year: Count
    outcomes_per_year: Count
    acceptance: Annotated[tuple[Party, ...], Field(min_length=1, max_length=4)]
    reply_within_days: Days
    expects_outcome: NewExpectation | None = None


class DraftAgreement(Command):
    """The text that the partners are to approve. Both in-effect days are inclusive."""

    names: Names
    partners: Annotated[tuple[SiteId, ...], Field(min_length=2, max_length=20)]
    fields: Annotated[tuple[Line, ...], Field(max_length=50)]
    in_effect_from: Day
    in_effect_until: Day
    conditions: Annotated[tuple[NewCondition, ...], Field(min_length=1, max_length=100)]
    note: Paragraph = ""


def draft_agreement(command: DraftAgreement, context: Context, agreements: Agreements, sites: Sites) -> Receipt:
    """Keeps a new text, approved by nobody yet."""
    may_draft(context.actor, command.partners)
    for partner in command.partners:
        sites.load(partner)
    _conditions_must_bind_partners(command)
    agreement = Agreement(
        id=document_id("agr", context.command_id),
        state=DRAFT,
        names=command.names,
        partners=command.partners,
        fields=command.fields,
        in_effect_from=command.in_effect_from,
        in_effect_until=command.in_effect_until,
        conditions=tuple(_condition(context, number, new) for number, new in enumerate(command.conditions)),
        note=command.note,
    )
    return agreements.add(agreement.id, draft(agreement), context)


def _condition(context: Context, number: int, new: NewCondition) -> Condition:
    terms = new.model_dump(exclude={"expects_outcome"})
    wanted = new.expects_outcome
    return Condition(
        id=document_id("cnd", derived(context.command_id, str(number))),
        expects_outcome=Expectation(wanted.type, wanted.due_days) if wanted else None,
        **terms,
    )


def _conditions_must_bind_partners(command: DraftAgreement) -> None:
    for condition in command.conditions:
        for site in (condition.sending_site, condition.host_site):
            if site not in command.partners:
                raise UnknownSite(site=site)
