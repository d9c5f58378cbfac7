"""What stands below the request: one element for each verb, or an error."""

from functools import singledispatch
from typing import Any
from xml.etree.ElementTree import Element

from services.research.adapters import dublin_core
from services.research.adapters.cerif import NAMESPACE as CERIF_NAMESPACE
from services.research.adapters.cerif import SCHEMA as CERIF_SCHEMA
from services.research.adapters.oai.identity import descriptions
from services.research.adapters.oai.parts import part
from services.research.adapters.oai.records import header, record
from services.research.application.ports.harvesting import Formats, Identity, Listed, Next, One, Sets
from services.research.domain.harvesting.formats import CERIF, DUBLIN_CORE
from services.research.domain.harvesting.selecting import stamp
from services.research.domain.harvesting.wrong import Wrong

_FORMATS = {
    DUBLIN_CORE: (dublin_core.SCHEMA, dublin_core.NAMESPACE),
    CERIF: (CERIF_SCHEMA, CERIF_NAMESPACE),
}


@singledispatch
def body_of(body: Any) -> Element:
    raise TypeError(f"no element tells of {type(body).__name__}")


@body_of.register
def _(body: Wrong) -> Element:
    return part("error", body.says, code=body.code)


@body_of.register
def _(body: Identity) -> Element:
    site = body.site
    return part(
        "Identify",
        part("repositoryName", site.repository),
        part("baseURL", site.address),
        part("protocolVersion", "2.0"),
        part("adminEmail", site.admin_email),
        part("earliestDatestamp", stamp(body.earliest)),
        part("deletedRecord", "persistent"),
        part("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        *(part("description", each) for each in descriptions(site)),
    )


@body_of.register
def _(body: Formats) -> Element:
    return part("ListMetadataFormats", *(_format(name) for name in body.names))


def _format(name: str) -> Element:
    schema, namespace = _FORMATS[name]
    return part(
        "metadataFormat",
        part("metadataPrefix", name),
        part("schema", schema),
        part("metadataNamespace", namespace),
    )


@body_of.register
def _(body: Sets) -> Element:
    return part("ListSets", *(_set(name) for name in body.names))


def _set(name: str) -> Element:
    # The guidelines give each set its name to the letter.
    shown = name.replace("openaire_cris_", "OpenAIRE_CRIS_")
    return part("set", part("setSpec", name), part("setName", shown))


@body_of.register
def _(body: One) -> Element:
    return part("GetRecord", record(body.record, body.format))


@body_of.register
def _(body: Listed) -> Element:
    if body.whole:
        told = [record(each, body.format) for each in body.records]
        return part("ListRecords", *told, _next(body.next))
    return part("ListIdentifiers", *map(header, body.records), _next(body.next))


def _next(told: Next | None) -> Element | None:
    if told is None:
        return None
    expires = {"expirationDate": stamp(told.expires)} if told.expires else {}
    return part("resumptionToken", told.token, cursor=str(told.told), **expires)
