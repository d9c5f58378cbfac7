"""Research's ports in memory, and research put together on them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded, Transaction
from contracts.envelope import CloudEvent
from services.research.adapters.catalogue_files import CATALOGUE_WRITERS
from services.research.adapters.oai import OaiAnswers
from services.research.adapters.references.files import ReferenceFormats
from services.research.adapters.references.outcome_files import reference_writers
from services.research.application.ports.harvesting import Stamped
from services.research.application.ports.outcomes import Come, Owing, Sought
from services.research.bootstrap import Research
from services.research.bootstrap.stores import Stores
from services.research.domain.duplicates.commonness import COMMON, place_of
from services.research.domain.duplicates.described import described, found_by
from services.research.domain.duplicates.scoring import Described
from services.research.domain.harvesting.tokens import Mark
from services.research.domain.importing.importing import BEING_APPLIED
from services.research.domain.outcome import EXPECTED, Outcome
from services.research.domain.permissions import may_see
from tests.fakes.documents import InMemoryDocuments, Kept
from tests.fakes.memory import Memory
from tests.fakes.research_attribution import FakeDelegations, FakeOccurrences
from tests.fakes.research_imports import FakeImportFiles, FakeImportRecords, FakeImports
from tests.fakes.research_legal import FakeAgreementTracks, FakeRequirements, FakeSites
from tests.fakes.research_measures import FakeMeasures, FakePromises
from tests.fakes.research_names import FakePublicNames


class FakeOutcomes(InMemoryDocuments[Outcome]):
    """`Outcomes` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "outcome", lambda outcome: outcome.state)
        self.looked_at = 0
        """Outcomes that were found by keys, all searches together."""

    def page(self, seen_by: Actor, sought: Sought, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        if after is not None:
            self.load(after)
        newest_first = sorted(self.kept, key=self._place, reverse=True)
        behind = newest_first[newest_first.index(after) + 1 :] if after else newest_first
        found = [self.load(outcome_id) for outcome_id in behind]
        seen = [each for each in found if may_see(seen_by, each.state) and _fits(each.state, sought)]
        return [each for each in seen if self._shows(each.state)][:limit]

    def owed(self, seen_by: Actor, owing: Owing, *, after: str | None, limit: int) -> list[Loaded[Outcome]]:
        def place(outcome: Loaded[Outcome]) -> tuple[date, str]:
            return outcome.state.due_on, outcome.id

        first_due = sorted((self.load(each) for each in self.kept), key=place)
        behind = [each for each in first_due if after is None or place(each) > place(self.load(after))]
        return [each for each in behind if may_see(seen_by, each.state) and _is_owed(each.state, owing)][:limit]

    def described_by_each(self, keys: Sequence[Sequence[str]], *, limit: int) -> list[dict[str, Described]]:
        return [self._described_by(each, limit) for each in keys]

    def _described_by(self, keys: Sequence[str], limit: int) -> dict[str, Described]:
        found = [each.state for each in self.kept.values() if set(found_by(each.state)) & set(keys)]
        self.looked_at += len(found)
        return {each.id: described(each) for each in found[:limit] if self._shows(each)}

    def come_since(self, moment: datetime, *, brought_until: datetime) -> dict[str, Come]:
        come = [each for each in self.kept.values() if _has_come(each, moment, brought_until)]
        return {
            each.state.id: Come(described(each.state), frozenset(found_by(each.state)))
            for each in come
            if self._shows(each.state)
        }

    def add_read(self, read: Sequence[tuple[Decision[Outcome], Context]], within: Transaction) -> None:
        for decision, context in read:
            self.add(decision.state.id, decision, context, within)

    def common(self, keys: Sequence[str]) -> dict[str, int]:
        """As they stand now: it is counted each time."""
        many = Counter(key for each in self.kept.values() for key in found_by(each.state) if place_of(key))
        return {key: many[key] for key in keys if many[key] >= COMMON}

    def _shows(self, outcome: Outcome) -> bool:
        brought_by = self.memory.shelf("import").get(outcome.read_by)
        return brought_by is None or not brought_by.holds & set(BEING_APPLIED)

    def _place(self, outcome_id: str) -> tuple[float, str]:
        return self.kept[outcome_id].history[0].at.timestamp(), outcome_id


def _has_come(kept: Kept[Outcome], since: datetime, brought_until: datetime) -> bool:
    is_as_read = kept.state.read_by and kept.version == 1
    return since <= kept.history[0].at < brought_until if is_as_read else kept.history[-1].at >= since


def _fits(outcome: Outcome, sought: Sought) -> bool:
    of_it = sought.origin is None or sought.origin in {each.id for each in outcome.came_of}
    wanted = ("stage", "state", "type", "responsible")
    return of_it and all(getattr(sought, each) in (None, getattr(outcome, each)) for each in wanted)


def _is_owed(outcome: Outcome, owing: Owing) -> bool:
    in_time = (owing.since or date.min) <= outcome.due_on <= (owing.until or date.max)
    return outcome.state == EXPECTED and in_time and owing.responsible in (None, outcome.responsible)


MINOR_UNITS = {"CNY": 2, "PKR": 2, "JPY": 0, "KWD": 3}


class FakeCurrencies:
    """`Currencies`: the few that tests are funded in."""

    def decimals(self, code: str) -> int | None:
        return MINOR_UNITS.get(code)


class FakePeople:
    """`People` in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, str, frozenset[str]]] = {}

    def keep(self, event: CloudEvent, *, passport_name: str, sites: Iterable[str] = ()) -> bool:
        if event.sequence <= self._kept.get(event.subject_id, ("",))[0]:
            return False
        self._kept[event.subject_id] = event.sequence, passport_name, frozenset(sites)
        return True

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        return {person: self._kept[person][1] for person in ids if person in self._kept}

    def sites(self, person: str) -> frozenset[str] | None:
        return self._kept[person][2] if person in self._kept else None


class FakeMistakes:
    """`Mistakes` in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def note(self, event: CloudEvent, *, reason: str) -> None:
        self._kept[event.subject_id] = reason

    def reason(self, origin: str) -> str | None:
        return self._kept.get(origin)


class FakePublicOutcomes:
    """`PublicOutcomes` in memory, on the same shelf as the outcomes."""

    def __init__(self, outcomes: FakeOutcomes) -> None:
        self._outcomes = outcomes

    def page(
        self,
        types: Sequence[str] | None,
        *,
        since: datetime | None,
        before: datetime | None,
        after: Mark | None,
        limit: int,
    ) -> list[Stamped]:
        found = [each for each in map(self.one, self._outcomes.kept) if each]
        fits = [
            each
            for each in found
            if (types is None or each.what.type in types)
            and (since is None or each.changed_at >= since)
            and (before is None or each.changed_at < before)
            and (after is None or each.mark > after)
        ]
        return sorted(fits, key=attrgetter("mark"))[:limit]

    def one(self, outcome_id: str) -> Stamped | None:
        kept = self._outcomes.kept.get(outcome_id)
        return None if kept is None or kept.state.public is None else Stamped(kept.state, kept.history[-1].at)

    def earliest(self) -> datetime | None:
        return min((each.changed_at for each in map(self.one, self._outcomes.kept) if each), default=None)


class ResearchInMemory(Research):
    """Research on fakes: everything that it can be asked, without a database."""

    def __init__(self, clock: Clock) -> None:
        memory = Memory()
        self.fake_outcomes = FakeOutcomes(memory)
        self.fake_occurrences = FakeOccurrences(memory)
        self.fake_delegations = FakeDelegations(memory)
        self.fake_imports = FakeImports(memory)
        self.fake_people = FakePeople()
        self.fake_mistakes = FakeMistakes()
        files = ReferenceFormats(MINOR_UNITS.get)
        self.fake_requirements = FakeRequirements(Memory())
        self.fake_tracks = FakeAgreementTracks(Memory())
        self.fake_sites = FakeSites()
        self.fake_promises = FakePromises()
        stores = Stores(
            outcomes=self.fake_outcomes,
            people=self.fake_people,
            mistakes=self.fake_mistakes,
            occurrences=self.fake_occurrences,
            delegations=self.fake_delegations,
            currencies=FakeCurrencies(),
            reference_files=files,
            writers={**reference_writers(files), **CATALOGUE_WRITERS},
            imports=self.fake_imports,
            import_files=FakeImportFiles(memory),
            import_records=FakeImportRecords(memory),
            requirements=self.fake_requirements,
            tracks=self.fake_tracks,
            sites=self.fake_sites,
            public_outcomes=FakePublicOutcomes(self.fake_outcomes),
            public_names=FakePublicNames(self.fake_outcomes),
            harvest_answers=OaiAnswers(),
            measures=FakeMeasures(self.fake_outcomes),
            promises=self.fake_promises,
        )
        self.put_together(stores, clock)
