"""What the verbs of OAI-PMH answer."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from services.research.application.ports.harvesting import (
    Formats,
    Identity,
    Listed,
    Next,
    One,
    PublicNames,
    PublicOutcomes,
    Record,
    Sets,
    Site,
    Stamped,
)
from services.research.domain.harvesting.arguments import LIST_RECORDS, TOKEN, Asked
from services.research.domain.harvesting.formats import (
    FORMATS,
    SETS,
    formats_of,
    is_told_in,
    named_types_of,
    sets_of,
    types_of,
)
from services.research.domain.harvesting.named import Named
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
    names: PublicNames

    def identity(self) -> Identity:
        firsts = [each for each in (self.public.earliest(), self.names.earliest()) if each]
        return Identity(self.site, min(firsts, default=self.now))

    def sets(self) -> Sets:
        if TOKEN in self.asked.arguments:
            raise Wrong(BAD_TOKEN, "The list of sets has no further page")
        return Sets(list(SETS))

    def formats(self) -> Formats:
        """Of everything, or of one record; of one that is gone there are none any more."""
        if "identifier" not in self.asked.arguments:
            return Formats(FORMATS)
        found = self._found()
        if not _is_told(found):
            raise Wrong(NO_FORMATS, "The record is deleted")
        return Formats(formats_of(found.what.type))

    def one(self) -> One:
        must_be_known(self.asked["metadataPrefix"])
        found, wanted = self._found(), self.asked["metadataPrefix"]
        if wanted not in formats_of(found.what.type):
            raise Wrong(NO_SUCH_FORMAT, "The record is not told in this format")
        return One(self._record(found, wanted), wanted)

    def listed(self) -> Listed:
        place = self._place()
        found = self._behind(place)
        if not found:
            raise Wrong(NOTHING, "Nothing that is told fits")
        page, wanted = found[: _that_fit(found)], place.selection.format
        records = [self._record(each, wanted) for each in page]
        is_whole = self.asked.verb == LIST_RECORDS
        return Listed(records, wanted, is_whole, self._next(place, page, is_last=len(page) == len(found)))

    def _behind(self, place: Place) -> list[Stamped]:
        """One more than a page has."""
        chosen = place.selection
        types, named_types = types_of(chosen.format, chosen.set), named_types_of(chosen.format, chosen.set)
        edges = {"since": chosen.begins, "before": chosen.ends}
        outcomes = self.public.page(types, **edges, after=place.after, limit=AT_ONCE + 1)
        names = self.names.page(named_types, **edges, after=place.after, limit=AT_ONCE + 1)
        return sorted([*outcomes, *names], key=attrgetter("mark"))[: AT_ONCE + 1]

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
        start, identifier = self.site.identifier(""), self.asked["identifier"]
        record_id = identifier.removeprefix(start)
        found = (self.public.one(record_id) or self.names.one(record_id)) if identifier.startswith(start) else None
        if found is None:
            raise Wrong(NO_SUCH_ID, "There is no such record")
        return found

    def _record(self, found: Stamped, wanted: str) -> Record:
        told = found.what if _is_told(found, wanted) else None
        return Record(self.site.identifier(found.what.id), found.changed_at, sets_of(found.what.type), told)


def _is_told(found: Stamped, wanted: str = "") -> bool:
    """In any format, or in the one that is wanted."""
    if isinstance(found.what, Named):
        return bool(found.what.names)
    return is_told_in(wanted, found.what) if wanted else is_told(found.what)


def _that_fit(found: list[Stamped]) -> int:
    """How many of the first: one at least."""
    people = 0
    for number, each in enumerate(found[:AT_ONCE]):
        people += 1 if isinstance(each.what, Named) else len(each.what.contributors)
        if number and people > MOST_PEOPLE:
            return number
    return min(len(found), AT_ONCE)
