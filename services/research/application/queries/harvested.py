"""What the verbs of OAI-PMH answer."""

from dataclasses import dataclass
from datetime import datetime

from services.research.application.ports.harvesting import (
    Formats,
    Identity,
    Listed,
    Next,
    One,
    PublicOutcomes,
    Record,
    Sets,
    Site,
    Stamped,
)
from services.research.domain.harvesting.arguments import LIST_RECORDS, TOKEN, Asked
from services.research.domain.harvesting.formats import FORMATS, SETS, formats_of, is_told_in, sets_of, types_of
from services.research.domain.harvesting.selecting import must_be_known, selection_of
from services.research.domain.harvesting.tokens import GOOD_FOR, Place, place_of, token_of
from services.research.domain.harvesting.wrong import (
    BAD_TOKEN,
    NO_FORMATS,
    NO_SUCH_FORMAT,
    NO_SUCH_ID,
    NOTHING,
    Wrong,
)
from services.research.domain.publicity import is_told

AT_ONCE = 50
"""Records of a page: whole ones may have some hundred people each."""
MOST_PEOPLE = 10_000
"""Of a page of several records: some papers name thousands, and the page has to fit into one answer."""


@dataclass(frozen=True)
class Harvest:
    """One request that was understood. Every method raises `Wrong`."""

    asked: Asked
    site: Site
    now: datetime
    public: PublicOutcomes

    def identity(self) -> Identity:
        return Identity(self.site, self.public.earliest() or self.now)

    def sets(self) -> Sets:
        if TOKEN in self.asked.arguments:
            raise Wrong(BAD_TOKEN, "The list of sets has no further page")
        return Sets(list(SETS))

    def formats(self) -> Formats:
        """Of everything, or of one record; of one that is gone there are none any more."""
        if "identifier" not in self.asked.arguments:
            return Formats(FORMATS)
        found = self._found()
        if not is_told(found.outcome):
            raise Wrong(NO_FORMATS, "The record is deleted")
        return Formats(formats_of(found.outcome.type))

    def one(self) -> One:
        must_be_known(self.asked["metadataPrefix"])
        found, wanted = self._found(), self.asked["metadataPrefix"]
        if wanted not in formats_of(found.outcome.type):
            raise Wrong(NO_SUCH_FORMAT, "The record is not told in this format")
        return One(self._record(found, wanted), wanted)

    def listed(self) -> Listed:
        place = self._place()
        chosen = place.selection
        found = self.public.page(
            types_of(chosen.format, chosen.set),
            since=chosen.begins,
            before=chosen.ends,
            after=place.after,
            limit=AT_ONCE + 1,
        )
        if not found:
            raise Wrong(NOTHING, "Nothing that is told fits")
        page = found[: _that_fit(found)]
        records = [self._record(each, chosen.format) for each in page]
        is_whole = self.asked.verb == LIST_RECORDS
        return Listed(records, chosen.format, is_whole, self._next(place, page, is_last=len(page) == len(found)))

    def _place(self) -> Place:
        if TOKEN in self.asked.arguments:
            return place_of(self.asked[TOKEN], self.asked.verb, self.now)
        return Place(selection_of(self.asked))

    def _next(self, place: Place, page: list[Stamped], *, is_last: bool) -> Next | None:
        if not is_last:
            expires, told = self.now + GOOD_FOR, place.told + len(page)
            token = token_of(self.asked.verb, place.selection, page[-1].mark, told, expires)
            return Next(token, place.told, expires)
        return Next("", place.told) if place.after else None

    def _found(self) -> Stamped:
        start = self.site.identifier("")
        identifier = self.asked["identifier"]
        found = self.public.one(identifier.removeprefix(start)) if identifier.startswith(start) else None
        if found is None:
            raise Wrong(NO_SUCH_ID, "There is no such record")
        return found

    def _record(self, found: Stamped, wanted: str) -> Record:
        outcome = found.outcome
        told = outcome if is_told_in(wanted, outcome) else None
        return Record(self.site.identifier(outcome.id), found.changed_at, sets_of(outcome.type), told)


def _that_fit(found: list[Stamped]) -> int:
    """How many of the first: one at least."""
    people = 0
    for number, each in enumerate(found[:AT_ONCE]):
        people += len(each.outcome.contributors)
        if number and people > MOST_PEOPLE:
            return number
    return min(len(found), AT_ONCE)
