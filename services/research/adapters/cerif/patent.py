"""A patent, or an application for one."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from services.research.adapters.cerif.parts import (
    coar_type,
    entity,
    listed,
    named_organisation,
    organisation,
    people,
    worded,
)
from services.research.adapters.telling import detail
from services.research.adapters.xml import maybe
from services.research.domain.outcome import Outcome

_PATENT, _UTILITY_MODEL = "c_15cd", "9DKX-KSAF"


def patent(outcome: Outcome) -> Element:
    owners: list[Mapping[str, Any]] = (outcome.details or {}).get("owners", [])
    return entity(
        "Patent",
        outcome.id,
        coar_type("Patent", _UTILITY_MODEL if detail(outcome, "kind") == "utility-model" else _PATENT),
        worded("Title", outcome.title),
        maybe("RegistrationDate", detail(outcome, "filed_on")),
        maybe("ApprovalDate", detail(outcome, "granted_on")),
        named_organisation("Issuer", detail(outcome, "office")),
        maybe("PatentNumber", detail(outcome, "reference")),
        maybe("URL", detail(outcome, "address")),
        people("Inventors", "Inventor", (each for each in outcome.contributors if each.role == "inventor")),
        listed("Holders", *(organisation("Holder", each) for each in owners)),
        worded("Abstract", outcome.summary),
        worded("Keyword", outcome.field),
    )
