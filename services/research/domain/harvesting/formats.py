"""In which formats records are told, and the sets that OpenAIRE asks for: one for each of its entities."""

from collections.abc import Collection, Mapping

from services.research.domain.outcome import Outcome
from services.research.domain.publicity import is_told

DUBLIN_CORE, CERIF = "oai_dc", "oai_cerif_openaire"
FORMATS = (DUBLIN_CORE, CERIF)
PERSON, ORGANISATION = NAMED = ("person", "organisation")
"""Types of records beside those of outcomes: of whom and what these name."""

SETS: Mapping[str, tuple[str, ...]] = {
    "openaire_cris_publications": ("publication",),
    "openaire_cris_products": ("dataset-or-model", "software", "research-tool", "creative-work"),
    "openaire_cris_patents": ("intellectual-property",),
    "openaire_cris_persons": (PERSON,),
    "openaire_cris_orgunits": (ORGANISATION,),
    "openaire_cris_projects": (),
    "openaire_cris_funding": ("further-funding",),
    "openaire_cris_events": ("engagement",),
    "openaire_cris_equipments": (),
}
"""The types in each. All nine have to be there, populated or not."""

_KINDS: Mapping[str, Collection[str]] = {
    "intellectual-property": {"patent-application", "patent", "utility-model"},
    "engagement": {"workshop", "open-day", "exhibition"},
}
"""Of these types CERIF has something for some kinds alone: patents, and what happens at a place and a time."""


def sets_of(record_type: str) -> list[str]:
    return [name for name, types in SETS.items() if record_type in types]


def formats_of(record_type: str) -> list[str]:
    """Nobody is a work: people and organisations are CERIF's alone."""
    if record_type in NAMED:
        return [CERIF]
    return [DUBLIN_CORE, CERIF] if sets_of(record_type) else [DUBLIN_CORE]


def is_told_in(format_name: str, outcome: Outcome) -> bool:
    """Whether there is anything to be told of it in the format, now. What was told before is told as deleted."""
    return is_told(outcome) and in_format(format_name, outcome)


def in_format(format_name: str, outcome: Outcome) -> bool:
    """Whether the format has something for an outcome like this."""
    is_cerifs = outcome.type not in _KINDS or (outcome.details or {}).get("kind") in _KINDS[outcome.type]
    return format_name in formats_of(outcome.type) and (format_name == DUBLIN_CORE or is_cerifs)


def types_of(format_name: str, set_name: str) -> tuple[str, ...] | None:
    """The types of outcomes that are told so; `None` stands for all."""
    if not set_name and format_name == DUBLIN_CORE:
        return None
    return tuple(each for each in _within(set_name) if each not in NAMED)


def named_types_of(format_name: str, set_name: str) -> tuple[str, ...]:
    """Those of people and organisations that are told so."""
    return tuple(each for each in _within(set_name) if each in NAMED and format_name in formats_of(each))


def _within(set_name: str) -> list[str]:
    return [each for name, types in SETS.items() for each in types if set_name in ("", name)]
