"""What judges XML for harvesters: the published schemas of OAI-PMH, Dublin Core in it and OpenAIRE's CERIF profile.

Nothing is asked of the network: what one schema takes from another is found among the vendored files by its name.
"""

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from tests.architecture.tree import ROOT

VENDOR = ROOT / "tests/contract/vendor"
CERIF = "https://www.openaire.eu/cerif-profile/1.2/"
OAI = "http://www.openarchives.org/OAI/2.0/"
DUBLIN_CORE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
PARTS = {
    OAI: "oai/OAI-PMH.xsd",
    DUBLIN_CORE: "oai/oai_dc.xsd",
    "http://www.openarchives.org/OAI/2.0/oai-identifier": "oai/oai-identifier.xsd",
    CERIF: "cerif/openaire-cerif-profile.xsd",
}


class _Vendored(etree.Resolver):
    def resolve(self, address: str, _public_id: str | None, context: Any) -> Any:
        name = address.rpartition("/")[2]
        if address.startswith(("http://", "https://")):
            return self.resolve_filename(str(VENDOR / "oai" / name), context)
        return None


@cache
def schema() -> etree.XMLSchema:
    """All of them together, as a harvester holds them against what it gets."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Vendored())
    imports = "".join(f'<import namespace="{each}" schemaLocation="{VENDOR / path}"/>' for each, path in PARTS.items())
    whole = f'<schema xmlns="http://www.w3.org/2001/XMLSchema">{imports}</schema>'
    return etree.XMLSchema(etree.fromstring(whole, parser, base_url=str(Path(VENDOR) / "whole.xsd")))


def judged(text: str) -> Any:
    """The document. Fails with what the schemas say against it."""
    document = etree.fromstring(text.encode())
    schema().assertValid(document)
    return document
