"""An organisation that is named by a ROR id."""

from xml.etree.ElementTree import Element

from services.research.adapters.cerif.parts import entity, worded
from services.research.adapters.xml import maybe
from services.research.domain.harvesting.named import Named


def org_unit(named: Named) -> Element:
    """With every name under which outcomes name it: none of them is known to be the one."""
    names = (worded("Name", each) for each in named.names)
    return entity("OrgUnit", named.id, *names, maybe("RORID", named.identifier))
