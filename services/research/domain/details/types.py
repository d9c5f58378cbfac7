"""The fields of every type of outcome, and reading what somebody tells by them."""

from collections.abc import Mapping
from typing import Any

from services.research.domain.details.amounts import Decimals
from services.research.domain.details.fields import Field, Fields
from services.research.domain.details.knowledge import (
    CREATIVE_WORK,
    DATASET_OR_MODEL,
    PUBLICATION,
    RESEARCH_TOOL,
    SOFTWARE,
)
from services.research.domain.details.partnership import (
    AWARD,
    COLLABORATION,
    ENGAGEMENT,
    FACILITY_USE,
    FURTHER_FUNDING,
    SKILLS_AND_PEOPLE,
)
from services.research.domain.details.practice import (
    INFLUENCE_ON_POLICY_OR_PRACTICE,
    INTELLECTUAL_PROPERTY,
    MEDICAL_PRODUCT_OR_TRIAL,
    OTHER,
    SPIN_OUT,
)
from services.research.domain.details.unfit import Unfit
from services.research.domain.refusals import DetailInvalid, DetailMissing, DetailNotOfType

Details = Mapping[str, Any]
"""By field, each in its kind's normal form; plain JSON values."""

FIELDS_OF: Mapping[str, Fields] = {
    "publication": PUBLICATION,
    "collaboration": COLLABORATION,
    "further-funding": FURTHER_FUNDING,
    "engagement": ENGAGEMENT,
    "influence-on-policy-or-practice": INFLUENCE_ON_POLICY_OR_PRACTICE,
    "research-tool": RESEARCH_TOOL,
    "dataset-or-model": DATASET_OR_MODEL,
    "intellectual-property": INTELLECTUAL_PROPERTY,
    "medical-product-or-trial": MEDICAL_PRODUCT_OR_TRIAL,
    "software": SOFTWARE,
    "spin-out": SPIN_OUT,
    "award": AWARD,
    "facility-use": FACILITY_USE,
    "skills-and-people": SKILLS_AND_PEOPLE,
    "creative-work": CREATIVE_WORK,
    "other": OTHER,
}
MOST_NAMED = 20
"""Foreign fields that a refusal names."""


def details_of(outcome_type: str, told: Details, decimals: Decimals) -> Details:
    """What is told, each field in its normal form and in the order of the type; null is not told.

    Raises `DetailNotOfType`, `DetailMissing`, `DetailInvalid`.
    """
    given = _given(outcome_type, told)
    if missing := [name for name, field in FIELDS_OF[outcome_type].items() if field.is_needed and name not in given]:
        raise DetailMissing(type=outcome_type, fields=missing)
    return _all_read(outcome_type, given, decimals)


def details_in_part(outcome_type: str, told: Details, decimals: Decimals) -> Details:
    """The same where what the type needs may be missing still. Raises `DetailNotOfType`, `DetailInvalid`."""
    return _all_read(outcome_type, _given(outcome_type, told), decimals)


def _given(outcome_type: str, told: Details) -> Details:
    fields = FIELDS_OF[outcome_type]
    given = {name: value for name, value in told.items() if value is not None}
    if foreign := sorted(given.keys() - fields.keys()):
        raise DetailNotOfType(type=outcome_type, fields=foreign[:MOST_NAMED], takes=list(fields))
    return given


def _all_read(outcome_type: str, given: Details, decimals: Decimals) -> Details:
    fields, read = FIELDS_OF[outcome_type], dict[str, Any]()
    for name in (name for name in fields if name in given):
        try:
            read[name] = _read(fields[name], given[name], read, decimals)
        except Unfit as unfit:
            raise DetailInvalid(type=outcome_type, field=name, why=unfit.why, **unfit.facts) from None
    return read


def _read(field: Field, value: Any, read: Details, decimals: Decimals) -> Any:
    """Days are compared as ISO 8601 text, which sorts as they do."""
    normal = field.kind.read(value, decimals)
    if (earliest := read.get(field.not_before)) and normal < earliest:
        raise Unfit("TooEarly", not_before=field.not_before, earliest=earliest)
    return normal
