"""Every refusal of the services has a sentence; one that nobody knows has a fallback."""

import importlib.util
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

import pytest

import services
from chassis.kernel import errors
from chassis.kernel.errors import Refusal
from services.exchange.domain.diary import refusals as diary
from services.web.fhir.outcomes import REFUSALS
from services.web.refusal_messages import MESSAGES
from services.web.refusals import readable, shown_fact
from tests.web_app import Web

OTHER_SYSTEMS_ONLY = {
    kind.__name__ for kind in vars(diary).values() if isinstance(kind, type) and issubclass(kind, Refusal)
} - {"Refusal"}
"""Refusals of those who read the diary: told as an OperationOutcome, never on a page."""
OFFICE_ONLY = {
    "ActualEntered",
    "AddressNotSuppressed",
    "AgreedByTheSame",
    "AlreadyClosed",
    "Ambiguous",
    "AmountTooLarge",
    "AnotherCondition",
    "AnotherText",
    "AsOfBeforeYear",
    "AsOfInTheFuture",
    "AttachmentInvalid",
    "AttachmentNamedTwice",
    "AttributedAlready",
    "AttributedToTooMany",
    "BirthDateImpossible",
    "BounceOfNothing",
    "BounceTooLarge",
    "CellsWithoutHeading",
    "ChangedMeanwhile",
    "ClearanceDaysReversed",
    "ClearedByTrack",
    "ClosureTooLarge",
    "ColumnTwice",
    "ConditionNamedTwice",
    "ContributorNamedTwice",
    "CorrectionNeedsReason",
    "CounterNeedsTentative",
    "DelegateOfOneself",
    "DelegationTooLong",
    "DelegationTooShort",
    "DetailInvalid",
    "DetailMissing",
    "DetailNotOfType",
    "DifferentTypes",
    "Differs",
    "EncodingUnclear",
    "EndedTooEarly",
    "EndsAnyway",
    "EnteredInError",
    "ExpiredAlready",
    "FileTooLarge",
    "FirstOriginStays",
    "FollowUpCovered",
    "FollowUpNotYetDue",
    "FollowUpRecorded",
    "ForbiddenMarkup",
    "FormulaInCell",
    "HiddenColumns",
    "HiddenRows",
    "HiddenSheets",
    "HolidayNamedTwice",
    "HoursOutOfOrder",
    "ImportRunning",
    "ImportedMeanwhile",
    "InvalidOrcid",
    "InvalidRor",
    "InvisibleCharacter",
    "KeepTheOther",
    "LeaderNeeded",
    "LeaderStays",
    "LetterNotReady",
    "LetterStands",
    "LetterUnreadable",
    "MergedAlready",
    "MergedCells",
    "MergedWithItself",
    "MissingColumns",
    "MissingForLetter",
    "NamedTwice",
    "NegativeAmount",
    "NeverTookPlace",
    "NoCounterProposal",
    "NoLedger",
    "NoPassport",
    "NoPassportNumber",
    "NoSignatureYet",
    "NoSuchClosure",
    "NoSuchHoliday",
    "NoSuchLine",
    "NoSuchRecord",
    "NoSuchStep",
    "NoSuchText",
    "NoSuchVariant",
    "NoSuchVisitor",
    "NoSuchYesOrNo",
    "NotABounce",
    "NotADay",
    "NotADepartmentOfTheirs",
    "NotAPair",
    "NotASpreadsheet",
    "NotAVisitor",
    "NotAnAmount",
    "NotAnEarlierStep",
    "NotAnExtension",
    "NotAttributed",
    "NotBase64",
    "NotForThePublic",
    "NotForVisits",
    "NotInUse",
    "NotMergeable",
    "NotPromisedByKind",
    "NotQuestioned",
    "NotReferences",
    "NotTheirSite",
    "NotYetPassed",
    "NothingAwaited",
    "NothingCorrected",
    "NothingToImport",
    "NothingToMergeInto",
    "NothingToRevoke",
    "OneEndOnly",
    "OrganisationNamedTwice",
    "OutcomeNotOfSides",
    "OwnDeputy",
    "PaperInvalid",
    "PartnerNamedTwice",
    "PassportColumn",
    "PassportExpired",
    "PassportUnreadable",
    "PayerNeedsReason",
    "PeriodTooLong",
    "PromiseBelowBooked",
    "ProposedAlready",
    "RateEntered",
    "RateNotPositive",
    "RateTooPrecise",
    "RecordNotReadable",
    "RecordUnfit",
    "ReportTooLarge",
    "RequirementEnded",
    "RequirementNotOfOutcome",
    "RequirementUnchanged",
    "RoomNamedTwice",
    "RowsDisagree",
    "SameCurrency",
    "SameSite",
    "SameText",
    "SeasonReversed",
    "SeasonsOverlap",
    "SeatsHeld",
    "ServedAlready",
    "ServesTooMany",
    "SignatureNeeded",
    "SignedAlready",
    "SignedByTheSame",
    "StepClosed",
    "StepNotAwaited",
    "StepNotWaivable",
    "StepOpen",
    "TermOver",
    "TerminationStands",
    "TextNeeded",
    "TextOfNoDraft",
    "TooLarge",
    "TooManyDecimals",
    "TooManyDeputies",
    "TooManyLines",
    "TooManyNotes",
    "TooManyRecords",
    "TooManyRows",
    "TooManyTexts",
    "TooManyToMerge",
    "TooManyYears",
    "TrackNotOpen",
    "UnknownColumns",
    "UnknownCurrency",
    "UnknownFormat",
    "UnknownLineKind",
    "UnknownPayer",
    "UnknownRule",
    "UnknownRuleLevel",
    "UnknownSheets",
    "UnknownSite",
    "WideningAwaited",
    "WideningNotProposed",
    "YearNotCovered",
}
"""Raised by commands that no page gives yet; the fallback tells them."""


def refusals_of_the_services() -> dict[str, type[Refusal]]:
    """Every named refusal of a service and of the kernel, wherever it is written."""
    return {kind.__name__: kind for kind in kinds_of_refusals()}


def kinds_of_refusals() -> set[type[Refusal]]:
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(services.__path__, "services.")
        if ".domain." in each.name or ".application." in each.name
    ]
    kinds = [kind for module in [errors, *modules] for kind in vars(module).values() if isinstance(kind, type)]
    return {kind for kind in kinds if issubclass(kind, Refusal) and kind is not Refusal}


def test_every_refusal_that_a_page_may_meet_has_its_sentence() -> None:
    assert set(refusals_of_the_services()) - OFFICE_ONLY - OTHER_SYSTEMS_ONLY - set(MESSAGES) == set()


def test_every_refusal_that_another_system_may_meet_has_its_code() -> None:
    assert set(REFUSALS) & set(refusals_of_the_services()) >= OTHER_SYSTEMS_ONLY


def test_no_sentence_stands_for_a_refusal_that_nobody_gives() -> None:
    assert set(MESSAGES) - set(refusals_of_the_services()) == set()


def test_no_two_refusals_of_one_service_go_by_the_same_name() -> None:
    named = Counter((kind.__module__.split(".")[1], kind.__name__) for kind in kinds_of_refusals())
    assert [name for name, times in named.items() if times > 1] == []


@pytest.fixture
def speaking(web: Web) -> Iterator[None]:
    with web.app.test_request_context("/"):
        yield


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize("name", MESSAGES)
def test_a_sentence_uses_only_facts_that_its_refusal_brings(name: str) -> None:
    promised = set(re.findall(r"`(\w+)`", refusals_of_the_services()[name].__doc__ or ""))
    assert set(re.findall(r"%\((\w+)\)s", str(MESSAGES[name]))) <= promised


@pytest.mark.usefixtures("speaking")
def test_facts_are_told_as_people_say_them() -> None:
    told = readable("WrongState", {"state": "booked", "command": "cancel_visit", "fits": ["proposed", "pending"]})
    assert told.message == (
        "This does not fit as things stand now: “Booked”. It fits only: Proposed, Awaiting replies."
    )
    assert told.status == 409


@pytest.mark.usefixtures("speaking")
def test_a_sentence_that_lacks_a_fact_gives_way_to_the_general_one() -> None:
    told = readable("HostFull", {"seats": 2})
    assert told.message == "The rules do not allow this: host full."
    assert told.facts == {"seats": "2"}


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-12-07", "7 Dec 2026"),
        ("9999-99-99", "9999-99-99"),
        ("host-department", "Host department"),
        (["visits", "2026-12-07"], "visits, 7 Dec 2026"),
        ({"en": "Gilgit", "zh": "吉尔吉特"}, "Gilgit"),
        ({"used": 3}, "used 3"),
        (12, "12"),
        (None, "None"),
    ],
)
def test_a_fact_of_any_kind_can_be_shown(value: object, shown: str) -> None:
    assert shown_fact(value) == shown
