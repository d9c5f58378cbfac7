"""A record: its header, and what it is of in the format that was asked for, unless it is told as deleted."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from services.research.adapters.cerif import cerif
from services.research.adapters.dublin_core import dublin_core
from services.research.adapters.oai.parts import part
from services.research.application.ports.harvesting import Record
from services.research.domain.harvesting.formats import CERIF, DUBLIN_CORE
from services.research.domain.harvesting.selecting import stamp

_WRITERS: Mapping[str, Callable[[Any], Element]] = {DUBLIN_CORE: dublin_core, CERIF: cerif}


def header(told: Record) -> Element:
    deleted = {} if told.told else {"status": "deleted"}
    return part(
        "header",
        part("identifier", told.id),
        part("datestamp", stamp(told.changed_at)),
        *(part("setSpec", each) for each in told.sets),
        **deleted,
    )


def record(told: Record, format_name: str) -> Element:
    metadata = part("metadata", _WRITERS[format_name](told.told)) if told.told else None
    return part("record", header(told), metadata)
