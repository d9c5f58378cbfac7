"""Something that was held for others: a workshop, an open day, an exhibition."""

from xml.etree.ElementTree import Element

from services.research.adapters.cerif.parts import entity, organisation, worded
from services.research.adapters.telling import detail
from services.research.adapters.xml import maybe
from services.research.domain.outcome import Outcome


def event(outcome: Outcome) -> Element:
    """CERIF has no place for those who held it; who took part beside the sites are partners."""
    return entity(
        "Event",
        outcome.id,
        worded("Name", outcome.title),
        maybe("StartDate", detail(outcome, "held_on")),
        worded("Description", outcome.summary),
        worded("Keyword", outcome.field),
        *(organisation("Partner", {"name": each.name, "ror": each.ror}) for each in outcome.organisations),
    )
