"""Outcomes as a file for another system."""

import base64
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.apart import apart
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from services.research.application.ports.exports import Writers
from services.research.application.ports.outcomes import Outcomes
from services.research.application.queries.outcomes import AskOutcomes, sought_by
from services.research.application.queries.views import View
from services.research.domain.exporting import TELLING
from services.research.domain.outcome import Outcome
from services.research.domain.references_refusals import UnknownFormat

MOST = 1_000
"""Outcomes of one file; what is beyond is in the next."""
MOST_CHARACTERS = 2_000_000
"""Of what they tell: what a format makes of it has to fit into one answer."""
_A_PERSON = 100
"""Characters beside the name: some papers name thousands."""
_AT_ONCE = 200


class ExportOutcomes(AskOutcomes):
    """Those that `outcomes` lists, by the same filters; `after` is the `next` of the file before."""

    format: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    limit: Annotated[int, Field(ge=1, le=MOST, strict=True)] = MOST


def export_outcomes(asked: ExportOutcomes, actor: Actor, kept: Outcomes, writers: Writers) -> View:
    """`{file, media_type, content, outcomes, next}`: a file in base64, and of how many of those that the actor may see.

    Those of which nothing was told yet, or nothing is to be told any more, are left out. Raises `UnknownFormat`.
    """
    if asked.format not in writers:
        raise UnknownFormat(format=asked.format, known=sorted(writers))
    found = _page(asked, actor, kept)
    page = found[: _that_fit(found)]
    told = [each.state for each in page if each.state.state in TELLING]
    writer = writers[asked.format]
    return {
        "file": f"outcomes{writer.ending}",
        "media_type": writer.media_type,
        "content": base64.b64encode(apart(writer.write, told)).decode(),
        "outcomes": len(told),
        "next": page[-1].id if len(page) == asked.limit or len(page) < len(found) else None,
    }


def _page(asked: ExportOutcomes, actor: Actor, kept: Outcomes) -> list[Loaded[Outcome]]:
    found: list[Loaded[Outcome]] = []
    after = asked.after
    while left := asked.limit - len(found):
        more = kept.page(actor, sought_by(asked), after=after, limit=min(left, _AT_ONCE))
        found += more
        if len(more) < min(left, _AT_ONCE):
            break
        after = more[-1].id
    return found


def _that_fit(found: Sequence[Loaded[Outcome]]) -> int:
    """How many of the first: one at least."""
    told = 0
    for number, each in enumerate(found):
        outcome = each.state
        told += len(outcome.title) + len(outcome.summary) + sum(len(text) for _, text in outcome.also)
        told += sum(_A_PERSON + len(person.name) for person in outcome.contributors)
        if number and told > MOST_CHARACTERS:
            return number
    return len(found)
