"""One file per question."""

from services.exchange.application.queries.agreement_texts import (
    AskDifference,
    AskVersions,
    agreement_difference,
    agreement_versions,
)
from services.exchange.application.queries.agreements import AskAgreement, agreement, agreements
from services.exchange.application.queries.calendar_addresses import AskCalendarAddresses, calendar_addresses
from services.exchange.application.queries.calendar_feed import (
    AskCalendarFeed,
    AskCalendarOwner,
    calendar_feed,
    calendar_owner,
)
from services.exchange.application.queries.consultation import AskConsultation, consultation
from services.exchange.application.queries.consultations import (
    AskConsultations,
    AskOpenActions,
    consultations,
    open_actions,
)
from services.exchange.application.queries.department import AskDepartment, department
from services.exchange.application.queries.directory import people, sites
from services.exchange.application.queries.exports import ExportCsv, ExportXlsx, export_csv, export_xlsx
from services.exchange.application.queries.fhir import AskFhirRead, AskFhirSearch, fhir_read, fhir_search
from services.exchange.application.queries.find_a_time import AskFindATime, find_a_time
from services.exchange.application.queries.imports import (
    AskImport,
    AskPreview,
    import_preview,
    import_progress,
    imports,
)
from services.exchange.application.queries.letters import (
    AskLetter,
    AskLetters,
    CheckLetter,
    check_letter,
    letter_pdf,
    letters,
)
from services.exchange.application.queries.money import (
    AskMoneyTotals,
    AskRates,
    AskVisitBudget,
    money_totals,
    rates,
    visit_budget,
)
from services.exchange.application.queries.passport_keys import AskPassportKeys, passport_keys
from services.exchange.application.queries.person import AskPerson, person
from services.exchange.application.queries.reports import AskReport, AskReportFile, annual_report, annual_report_file
from services.exchange.application.queries.scorecard import AskScorecard, scorecard
from services.exchange.application.queries.site import AskSite, site
from services.exchange.application.queries.tracks import AskOpenSteps, AskVisitTrack, open_steps, visit_track
from services.exchange.application.queries.visit import AskVisit, visit
from services.exchange.application.queries.visits import AskVisits, visits
from services.exchange.application.queries.why_not import AskWhyNot, why_not

__all__ = [
    "AskAgreement",
    "AskCalendarAddresses",
    "AskCalendarFeed",
    "AskCalendarOwner",
    "AskConsultation",
    "AskConsultations",
    "AskDepartment",
    "AskDifference",
    "AskFhirRead",
    "AskFhirSearch",
    "AskFindATime",
    "AskImport",
    "AskLetter",
    "AskLetters",
    "AskMoneyTotals",
    "AskOpenActions",
    "AskOpenSteps",
    "AskPassportKeys",
    "AskPerson",
    "AskPreview",
    "AskRates",
    "AskReport",
    "AskReportFile",
    "AskScorecard",
    "AskSite",
    "AskVersions",
    "AskVisit",
    "AskVisitBudget",
    "AskVisitTrack",
    "AskVisits",
    "AskWhyNot",
    "CheckLetter",
    "ExportCsv",
    "ExportXlsx",
    "agreement",
    "agreement_difference",
    "agreement_versions",
    "agreements",
    "annual_report",
    "annual_report_file",
    "calendar_addresses",
    "calendar_feed",
    "calendar_owner",
    "check_letter",
    "consultation",
    "consultations",
    "department",
    "export_csv",
    "export_xlsx",
    "fhir_read",
    "fhir_search",
    "find_a_time",
    "import_preview",
    "import_progress",
    "imports",
    "letter_pdf",
    "letters",
    "money_totals",
    "open_actions",
    "open_steps",
    "passport_keys",
    "people",
    "person",
    "rates",
    "scorecard",
    "site",
    "sites",
    "visit",
    "visit_budget",
    "visit_track",
    "visits",
    "why_not",
]
