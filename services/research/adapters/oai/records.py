"""A record: its header, and the outcome in the format that was asked for, unless it is told as deleted."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from services.research.adapters.cerif import cerif
from services.research.adapters.dublin_core import dublin_core
from services.research.adapters.oai.parts import part
from services.research.application.ports.harvesting import Record
from services.research.domain.harvesting.formats import CERIF, DUBLIN_CORE
from services.research.domain.harvesting.selecting import stamp
from services.research.domain.outcome import Outcome

_WRITERS: Mapping[str, Callable[[Outcome], Element]] = {DUBLIN_CORE: dublin_core, CERIF: cerif}


def header(told: Record) -> Element:
    deleted = {} if told.outcome else {"status": "deleted"}
    return part(
        "header",
        part("identifier", told.id),
        part("datestamp", stamp(told.changed_at)),
        *(part("setSpec", each) for each in told.sets),
        **deleted,
    )


def record(told: Record, format_name: str) -> Element:
    metadata = part("metadata", _WRITERS[format_name](told.outcome)) if told.outcome else None
    return part("record", header(told), metadata)
