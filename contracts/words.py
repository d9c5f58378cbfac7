"""The field's words that more than one service's events use."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints


def _id(prefix: str) -> StringConstraints:
    return StringConstraints(pattern=rf"^{prefix}_[0-9a-z-]{{1,60}}$")


ActionId = Annotated[str, _id("act")]
AgreementId = Annotated[str, _id("agr")]
AnnouncementId = Annotated[str, _id("ann")]
CaseId = Annotated[str, _id("cas")]
ConditionId = Annotated[str, _id("cnd")]
ConsultationId = Annotated[str, _id("con")]
DelegationId = Annotated[str, _id("dlg")]
DeputationId = Annotated[str, _id("dpt")]
DepartmentId = Annotated[str, _id("dep")]
EscalationId = Annotated[str, _id("esc")]
ImportId = Annotated[str, _id("imp")]
LetterId = Annotated[str, _id("ltr")]
CalendarAddressId = Annotated[str, _id("cal")]
NotificationId = Annotated[str, _id("ntf")]
OutcomeId = Annotated[str, _id("out")]
PersonId = Annotated[str, _id("per")]
ReportId = Annotated[str, _id("rep")]
RoomId = Annotated[str, _id("rom")]
SiteId = Annotated[str, _id("sit")]
RequirementId = Annotated[str, _id("req")]
TrackId = Annotated[str, _id("trk")]
AgreementTrackId = Annotated[str, _id("tra")]
"""An agreement between two sites on its way; `TrackId` is of what is to be done around a visit."""
VisitId = Annotated[str, _id("vis")]
WebhookId = Annotated[str, _id("whk")]
WebhookDeliveryId = Annotated[str, _id("whd")]

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
Language = Literal["en", "zh", "ur"]

VisitState = Literal["proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error"]
"""FHIR R4 appointment status, without those that a visit never has."""

ConsultationState = Literal[
    "waitlist", "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error"
]
"""FHIR R4 appointment status; `waitlist` waits for a time that is taken."""
ParticipantRole = Literal["chair", "presenter", "specialist", "interpreter"]
CaseUrgency = Literal["routine", "urgent", "emergency"]

VisitKind = Literal["teaching", "training", "clinical-work", "research"]
CooperationKind = Literal["teaching", "training", "clinical-work", "research", "consultation", "joint-outcome"]
"""What a condition of an agreement promises; only the first four are visits, and stand in their events."""
Party = Literal["sending-site", "host-department", "international-office", "authority"]
ReplyStatus = Literal["needs-action", "accepted", "tentative", "declined"]

OutcomeType = Literal[
    "publication",
    "collaboration",
    "further-funding",
    "engagement",
    "influence-on-policy-or-practice",
    "research-tool",
    "dataset-or-model",
    "intellectual-property",
    "medical-product-or-trial",
    "software",
    "spin-out",
    "award",
    "facility-use",
    "skills-and-people",
    "creative-work",
    "other",
]
"""Researchfish's common outcome types."""

OutcomeState = Literal["unclaimed", "rejected", "expected", "reported", "adopted", "waived", "withdrawn", "merged"]
TransferStage = Literal["disclosure", "evaluation", "protection", "terms", "pilot", "adoption"]
GateDecision = Literal["accepted", "deferred", "declined", "not-applicable"]
Channel = Literal["email", "wecom", "dingtalk", "feishu", "whatsapp", "sms"]


def _has_english(names: dict[Language, str]) -> dict[Language, str]:
    if "en" not in names:
        raise ValueError("a name in English is needed beside the others")
    return names


Names = Annotated[
    dict[Language, Annotated[str, StringConstraints(min_length=1, max_length=200)]],
    AfterValidator(_has_english),
    Field(json_schema_extra={"required": ["en"]}),
]
"""One name per language; English is always there to fall back on."""
