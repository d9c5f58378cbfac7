"""Files of outcomes for catalogues: CERIF XML and DataCite's JSON. Outcomes that a format lacks are named there."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from services.research.adapters.cerif import cerif
from services.research.adapters.datacite import datacite, lacking
from services.research.adapters.xml import written
from services.research.domain.harvesting.formats import CERIF, in_format
from services.research.domain.harvesting.named import named_in
from services.research.domain.outcome import Outcome

_BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP file can tell: the same outcomes are the same bytes."""
LEFT_OUT = "left-out.json"


class CerifFile:
    """`OutcomeWriter`: a ZIP file with a document of each outcome, as the profile's schema has no root for several.

    Those to whose records these refer have one, too.
    """

    ending, media_type = ".zip", "application/zip"

    def write(self, outcomes: Sequence[Outcome], /) -> bytes:
        told = [each for each in outcomes if in_format(CERIF, each)]
        left_out = [_named(each, ["Entity"]) for each in outcomes if each not in told]
        members = {f"{each.id}.xml": written(cerif(each)) for each in told}
        members |= {f"{each.id}.xml": written(cerif(each)) for each in named_in(told)}
        return _zipped(members | {LEFT_OUT: _json(left_out)})


class DataciteFile:
    """`OutcomeWriter`: `{data, left_out}`, the records and the outcomes that lack something of one."""

    ending, media_type = ".json", "application/json"

    def write(self, outcomes: Sequence[Outcome], /) -> bytes:
        left_out = [_named(each, lacks) for each in outcomes if (lacks := lacking(each))]
        told = [datacite(each) for each in outcomes if not lacking(each)]
        return _json({"data": told, "left_out": left_out}).encode()


CATALOGUE_WRITERS: Mapping[str, CerifFile | DataciteFile] = {"cerif-xml": CerifFile(), "datacite-json": DataciteFile()}


def _named(outcome: Outcome, lacks: list[str]) -> dict[str, Any]:
    return {"outcome": outcome.id, "title": outcome.title, "lacks": lacks}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _zipped(members: Mapping[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(zipfile.ZipInfo(name, _BEGINNING_OF_TIME), text)
    return content.getvalue()
