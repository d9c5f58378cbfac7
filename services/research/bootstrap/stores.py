"""What research keeps, opened on a database."""

from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from services.research.adapters.agreement_track_store import AgreementTrackStore
from services.research.adapters.catalogue_files import CATALOGUE_WRITERS
from services.research.adapters.currencies import IsoCurrencies
from services.research.adapters.delegations import DELEGATION_SHAPE, DelegationStore
from services.research.adapters.import_store import ImportFileStore, ImportRecordStore, ImportStore
from services.research.adapters.legal_shapes import AGREEMENT_TRACK_SHAPE, REQUIREMENT_SHAPE
from services.research.adapters.legal_stores import RequirementStore, SiteCopies
from services.research.adapters.oai import OaiAnswers
from services.research.adapters.occurrences import OccurrenceCopies
from services.research.adapters.promise_copies import PromiseCopies
from services.research.adapters.public_names import PublicNameStore
from services.research.adapters.public_outcomes import PublicOutcomeStore
from services.research.adapters.references.files import ReferenceFormats
from services.research.adapters.references.outcome_files import reference_writers
from services.research.adapters.repositories import MistakeCopies, PeopleCopies
from services.research.adapters.shapes import IMPORT_SHAPE, OUTCOME_SHAPE
from services.research.application.answering import Answering
from services.research.application.law import Law
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.application.ports.copies import Mistakes, People
from services.research.application.ports.delegations import Delegations
from services.research.application.ports.exports import Writers
from services.research.application.ports.harvesting import HarvestAnswers, PublicNames, PublicOutcomes
from services.research.application.ports.imports import ImportFiles, ImportRecords, Imports
from services.research.application.ports.legal import Requirements, Sites
from services.research.application.ports.measures import Measures
from services.research.application.ports.occurrences import Occurrences
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.application.ports.promises import Promises
from services.research.application.ports.references import ReferenceFiles
from services.research.bootstrap.measured import measures_on, outcomes_on


@dataclass(frozen=True)
class Stores:
    """Every kind of document and copy, behind its port."""

    outcomes: Outcomes
    people: People
    mistakes: Mistakes
    occurrences: Occurrences
    delegations: Delegations
    currencies: Currencies
    reference_files: ReferenceFiles
    imports: Imports
    import_files: ImportFiles
    import_records: ImportRecords
    public_outcomes: PublicOutcomes
    public_names: PublicNames
    harvest_answers: HarvestAnswers
    writers: Writers
    requirements: Requirements
    tracks: AgreementTracks
    sites: Sites
    measures: Measures
    promises: Promises

    @property
    def law(self) -> Law:
        return Law(self.requirements, self.tracks, self.sites)

    @property
    def answering(self) -> Answering:
        """Those that commands need in which somebody answers for an outcome."""
        return Answering(self.outcomes, self.occurrences, self.delegations, self.people, self.currencies)


def stores_on(database: Database[dict[str, Any]], clock: Clock) -> Stores:
    currencies = IsoCurrencies()
    files = ReferenceFormats(currencies.decimals)
    return Stores(
        outcomes=outcomes_on(database, clock),
        people=PeopleCopies(database["people"]),
        mistakes=MistakeCopies(database["mistakes"]),
        occurrences=OccurrenceCopies(database["occurrences"]),
        delegations=DelegationStore(database["delegations"], DELEGATION_SHAPE),
        currencies=currencies,
        imports=ImportStore(database["imports"], IMPORT_SHAPE),
        import_files=ImportFileStore(database["import_files"]),
        import_records=ImportRecordStore(database["import_records"]),
        public_outcomes=PublicOutcomeStore(database["outcomes"], OUTCOME_SHAPE),
        public_names=PublicNameStore(database["named"]),
        harvest_answers=OaiAnswers(),
        reference_files=files,
        writers={**reference_writers(files), **CATALOGUE_WRITERS},
        requirements=RequirementStore(database["requirements"], REQUIREMENT_SHAPE),
        tracks=AgreementTrackStore(database["agreement_tracks"], AGREEMENT_TRACK_SHAPE, clock),
        sites=SiteCopies(database["sites"]),
        measures=measures_on(database, clock),
        promises=PromiseCopies(database["promises"]),
    )
