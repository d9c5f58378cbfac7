"""Every command that a page can give: where its form is, where it goes, what is typed, what the service is asked."""

from dataclasses import dataclass, field
from typing import Any

from tests import web_samples as samples


@dataclass(frozen=True)
class Act:
    """`typed` is what a person types; `asks` is what the service must then be asked, beside the version shown."""

    method: str
    page: str
    action: str
    typed: dict[str, Any]
    asks: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.method

    @property
    def service(self) -> str:
        return self.method.partition(".")[0]


PROPOSAL = f"/agreements/{samples.AGREEMENT}/cnd_0/propose"
ACTS = [
    Act(
        "exchange.propose_visit",
        PROPOSAL,
        PROPOSAL,
        {
            "purpose": "Ultrasound training for liver echinococcosis",
            "host_department": "dep_kashgar-0",
            "visitors": ["per_bano", "per_karim"],
            "leader": "per_bano",
            "planned_arrival": "2027-03-01",
            "planned_departure": "2027-03-12",
        },
        {"agreement_id": samples.AGREEMENT, "condition_id": "cnd_0"},
    ),
    Act(
        "exchange.reply_to_visit",
        f"/visits/{samples.PROPOSED}",
        f"/visits/{samples.PROPOSED}/reply/host-department",
        {"status": "accepted", "reason": "Two places on the ward."},
        {"visit_id": samples.PROPOSED, "party": "host-department", "expected_version": 1},
    ),
    Act(
        "exchange.cancel_visit",
        f"/visits/{samples.BOOKED}",
        f"/visits/{samples.BOOKED}/cancel",
        {"reason": "The pass is snowed in."},
        {"visit_id": samples.BOOKED, "expected_version": 3},
    ),
    Act(
        "exchange.record_arrival",
        f"/visits/{samples.BOOKED}",
        f"/visits/{samples.BOOKED}/arrival",
        {"arrived_on": "2026-11-23"},
        {"visit_id": samples.BOOKED, "expected_version": 3},
    ),
    Act(
        "exchange.fulfil_visit",
        f"/visits/{samples.ARRIVED}",
        f"/visits/{samples.ARRIVED}/fulfil",
        {"departed_on": "2026-11-23", "report": "Nine operations followed."},
        {"visit_id": samples.ARRIVED, "expected_version": 3},
    ),
    Act(
        "exchange.approve_agreement",
        f"/agreements/{samples.DRAFT}",
        f"/agreements/{samples.DRAFT}/approve",
        {},
        {"agreement_id": samples.DRAFT, "text_hash": "9f2c" * 16, "expected_version": 2},
    ),
    Act(
        "research.report_outcome",
        f"/outcomes/{samples.EXPECTED}",
        f"/outcomes/{samples.EXPECTED}/report",
        {"title": "A screening protocol", "summary": "Staging by ultrasound.", "doi": "10.5555/12345678"},
        {"outcome_id": samples.EXPECTED, "expected_version": 2},
    ),
    Act(
        "research.decide_gate",
        f"/outcomes/{samples.REPORTED}",
        f"/outcomes/{samples.REPORTED}/gate",
        {"decision": "deferred", "reason": "The ethics committee meets in March.", "evidence": "Minutes of 4 October"},
        {"outcome_id": samples.REPORTED, "gate": "terms", "expected_version": 4},
    ),
    Act(
        "research.confirm_adoption",
        f"/outcomes/{samples.LAST_GATE}",
        f"/outcomes/{samples.LAST_GATE}/adoption",
        {"adopting_site": "sit_gilgit", "adopted_on": "2026-11-02", "note": "On every ward."},
        {"outcome_id": samples.LAST_GATE, "expected_version": 7},
    ),
    Act("notify.mark_read", "/inbox", "/inbox/ntf_2/read", {}, {"notification_id": "ntf_2"}),
]
WITH_TEXT = [act for act in ACTS if act.typed]
"""Those in which a person types something that may be lost."""
