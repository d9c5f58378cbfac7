"""A catalogue harvests: one request of OAI-PMH, answered with a document whatever it asks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.commands import Command, EmailAddress
from services.research.application.ports.harvesting import (
    Answer,
    Body,
    HarvestAnswers,
    PublicNames,
    PublicOutcomes,
    Site,
)
from services.research.application.queries.harvested import Harvest
from services.research.application.queries.views import View
from services.research.domain.harvesting import arguments
from services.research.domain.harvesting.wrong import BAD_ARGUMENT, Wrong

Said = Annotated[str, StringConstraints(max_length=300_000)]
RepositoryName = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9-]*(\.[a-zA-Z0-9][a-zA-Z0-9-]*)+$")]
"""The name of a host. Source: the schema of OAI identifiers."""


class AskHarvest(Command):
    """`arguments`: names and values in the order of the request, whatever they are. The rest: see `Site`."""

    arguments: Annotated[tuple[tuple[Said, Said], ...], Field(max_length=100_000)]
    repository: RepositoryName
    address: Annotated[str, StringConstraints(pattern=r"^https?://[!-~]{1,300}$")]
    admin_email: EmailAddress


def harvest(
    asked: AskHarvest, now: datetime, public: PublicOutcomes, names: PublicNames, answers: HarvestAnswers
) -> View:
    """`{xml}`. What is public is told to whoever asks; errors are the protocol's own."""
    site = Site(asked.repository, asked.address, asked.admin_email)
    try:
        request = arguments.asked(asked.arguments)
    except Wrong as wrong:
        return {"xml": answers.written(Answer(site, now, None, wrong))}
    try:
        body: Body = _ANSWERED[request.verb](Harvest(request, site, now, public, names))
    except Wrong as wrong:
        body = wrong
    is_understood = not (isinstance(body, Wrong) and body.code == BAD_ARGUMENT)
    return {"xml": answers.written(Answer(site, now, request if is_understood else None, body))}


_ANSWERED: Mapping[str, Callable[[Harvest], Body]] = {
    arguments.IDENTIFY: Harvest.identity,
    arguments.LIST_FORMATS: Harvest.formats,
    arguments.LIST_SETS: Harvest.sets,
    arguments.GET_RECORD: Harvest.one,
    arguments.LIST_IDENTIFIERS: Harvest.listed,
    arguments.LIST_RECORDS: Harvest.listed,
}
