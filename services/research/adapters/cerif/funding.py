"""Money that was given to go on."""

from xml.etree.ElementTree import Element

from services.research.adapters.cerif.parts import VOCABULARIES, entity, organisation, worded
from services.research.adapters.telling import detail
from services.research.adapters.xml import element, maybe
from services.research.domain.outcome import Outcome

_TYPES = f"{VOCABULARIES}OpenAIRE_Funding_Types"
_AWARDS = {"fellowship", "studentship"}
_AWARD_NUMBER = "https://w3id.org/cerif/vocab/IdentifierTypes#AwardNumber"


def funding(outcome: Outcome) -> Element:
    details = outcome.details or {}
    amount, funder = details.get("amount"), details.get("funder")
    kind = "Award" if detail(outcome, "kind") in _AWARDS else "Grant"
    return entity(
        "Funding",
        outcome.id,
        element(f"{{{_TYPES}}}Type", f"{_TYPES}#{kind}"),
        worded("Name", outcome.title),
        element("Amount", amount["amount"], currency=amount["currency"]) if amount else None,
        maybe("GrantDOI", outcome.doi),
        maybe("Identifier", detail(outcome, "reference"), type=_AWARD_NUMBER),
        worded("Description", outcome.summary),
        worded("Keyword", outcome.field),
        organisation("Funder", funder) if funder else None,
        _duration(outcome),
    )


def _duration(outcome: Outcome) -> Element | None:
    days = {"startDate": detail(outcome, "began_on"), "endDate": detail(outcome, "ends_on")}
    told = {name: day for name, day in days.items() if day}
    return element("Duration", **told) if told else None
