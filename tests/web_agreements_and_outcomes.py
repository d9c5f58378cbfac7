"""The other half of `web_samples`: agreements, outcomes and the inbox, in the shapes of the services' RPC methods."""

from typing import Any

from tests.web_samples import (
    ADOPTED,
    AGREEMENT,
    ARRIVED,
    DRAFT,
    EXPECTED,
    FULFILLED,
    LAST_GATE,
    MEMORANDUM,
    PROPOSED,
    REPORTED,
    View,
    line,
    name,
)

PROTOCOL = MEMORANDUM["outcome"]


def agreements() -> dict[str, View]:
    """One in effect, one still a draft, by id."""
    taken = {
        "id": AGREEMENT,
        "version": 4,
        "state": "in-effect",
        "approval": "both-approved",
        "names": MEMORANDUM["agreement"]["names"],
        "partners": [partner(key, "2026-01-12T03:15:00+00:00") for key in MEMORANDUM["agreement"]["partners"]],
        "in_effect_from": "2026-01-01",
        "in_effect_until": "2030-12-31",
        "last_day": "2030-12-31",
        "fields": MEMORANDUM["agreement"]["fields"],
        "text_hash": "9f2c" * 16,
        "text_number": 1,
        "in_force_since": "2026-01-12T03:15:00+00:00",
        "amendment": None,
        "termination": None,
        "booked_after_end": [],
        "note": MEMORANDUM["agreement"]["note"],
        "conditions": [condition(number, each) for number, each in enumerate(MEMORANDUM["agreement"]["conditions"])],
        "history": [
            line("2026-01-05T06:00:00+00:00", "ali", "drafted", 1),
            line("2026-01-08T06:00:00+00:00", "ali", "approved", 2, "sit_gilgit"),
            line("2026-01-09T02:00:00+00:00", "gulnar", "approved", 3, "sit_kashgar"),
            line("2026-01-12T03:15:00+00:00", "li", "took effect", 4),
        ],
        "may": [],
    }
    draft = taken | {
        "id": DRAFT,
        "version": 2,
        "state": "draft",
        "approval": "waiting-for-us",
        "in_force_since": None,
        "names": {
            "en": "Addendum on telemedicine",
            "zh": "远程医疗补充协议",
            "ur": "ٹیلی میڈیسن سے متعلق ضمیمہ",
        },
        "partners": [partner("kashgar", None), partner("gilgit", "2026-11-20T06:00:00+00:00")],
        "fields": ["telemedicine"],
        "conditions": [taken["conditions"][0] | {"balance": [], "field": "telemedicine"}],
        "history": [line("2026-11-19T06:00:00+00:00", "ali", "drafted", 1)],
        "note": "",
        "may": ["approve_agreement"],
    }
    return {AGREEMENT: taken, DRAFT: draft}


def partner(key: str, approved_at: str | None) -> View:
    return {"id": f"sit_{key}", "names": MEMORANDUM["sites"][key]["names"], "approved_at": approved_at}


def condition(number: int, each: View) -> View:
    used, held = (5, 2, 1, 9)[number], (2, 0, 1, 2)[number]
    days = {"promised": each["visitor_days_per_year"], "used": used * 12, "held": held * 14}
    visits = {"promised": each["visits_per_year"], "used": used, "held": held}
    balance = {
        "year": 2026,
        "visits": visits | {"left": visits["promised"] - used - held},
        "visitor_days": days | {"left": days["promised"] - days["used"] - days["held"]},
        "outcomes": {"promised": each["outcomes_per_year"], "reported": number},
        "closed": False,
    }
    terms: View = {"rules": {}, "minimum_gap_days": 0, "cost_sharing": {}}
    places = {"sending_site": f"sit_{each['sending_site']}", "host_site": f"sit_{each['host_site']}"}
    return each | places | terms | {"id": f"cnd_{number}", "balance": [balance]}


SUMMARY = ("id", "version", "state", "approval", "names", "partners", "in_effect_from", "in_effect_until", "last_day")


def outcome(identity: str, state: str, stage: str | None, **changes: Any) -> View:
    """One outcome as `research.outcome` answers it; `changes` replace fields."""
    view = {
        "id": identity,
        "version": 2,
        "state": state,
        "overdue": False,
        "questioned": "",
        "type": "influence-on-policy-or-practice",
        "title": PROTOCOL["title"],
        "field": "liver echinococcosis",
        "agreement": AGREEMENT,
        "condition": "cnd_0",
        "origin": of_visit(FULFILLED),
        "also_of": [],
        "sites": ["sit_gilgit", "sit_kashgar"],
        "responsible": "per_bano",
        "responsible_name": name("bano"),
        "due_on": "2026-09-11",
        "transfers": True,
        "stage": stage,
        "gate_due": False,
        "summary": PROTOCOL["summary"],
        "doi": "",
        "details": None,
        "contributors": [],
        "organisations": [],
        "attachments": [],
        "label": "",
        "also": {},
        "public": False,
        "next_gate": None,
        "gate_needs": [],
        "gate_warnings": [],
        "readiness": {"clinical": 0, "technology": 0, "regulatory": 0, "business": 0},
        "ratings": [],
        "adopting_site": None,
        "adopted_on": None,
        "adoptions": [],
        "gates": [],
        "directions": [
            {"from_site": "sit_gilgit", "to_site": "sit_kashgar"},
            {"from_site": "sit_kashgar", "to_site": "sit_gilgit"},
        ],
        "clearances": [],
        "read_by": None,
        "merged_into": None,
        "history": [
            line("2026-06-13T09:30:02+00:00", None, "expected", 1),
            line("2026-07-20T10:00:00+00:00", "bano", "reported", 2),
        ],
        "may": [],
    }
    view |= changes
    return view | {"history": [each | {"for": None, "for_name": None} for each in view["history"]]}


def of_visit(identity: str) -> View:
    return {"kind": "visit", "id": identity, "slot": None, "title": "Ultrasound staging"}


OF_CONSULTATION = {"kind": "consultation", "id": "con_1", "slot": "2026-05-12T06:00:00+00:00", "title": "Cyst, staged"}


def gate(stage: str, decision: str, at: str, reason: str = "", evidence: list[View] | None = None) -> View:
    given = {"gate": stage, "decision": decision, "reason": reason, "evidence": evidence or []}
    when: View = {"body": "", "decided_on": at[:10], "back_on": None, "warned": []}
    return given | when | {"by": "per_ali", "by_name": name("ali"), "at": at}


EVALUATION = {
    "kind": "evaluation-report",
    "title": "Minutes of the research office, 21 August 2026",
    "reference": "https://files.gilgit.example/evaluation.pdf",
    "sha256": "",
}
USED = {
    "site": "sit_gilgit",
    "adopted_on": "2026-11-02",
    "patients": 12,
    "procedures": None,
    "guideline": "",
    "note": "",
    "by": "per_hussain",
    "by_name": name("hussain"),
    "at": "2026-11-02T05:00:00+00:00",
    "ended_on": None,
    "end_reason": "",
    "follow_ups": [
        {"months": 6, "due_on": "2027-05-02", "awaited": False, "said": None, "covered_by": None},
        {"months": 12, "due_on": "2027-11-02", "awaited": False, "said": None, "covered_by": None},
    ],
}

PASSED = [
    gate(
        "evaluation",
        "accepted",
        "2026-08-21T05:00:00+00:00",
        "Sensitivity 96% against surgery in 84 patients.",
        [EVALUATION],
    ),
    gate("protection", "not-applicable", "2026-09-01T05:00:00+00:00", "A protocol; nothing to protect."),
]


def outcomes() -> dict[str, View]:
    """Outcomes at several stages, by id."""
    expected = [
        line("2026-10-02T09:30:02+00:00", None, "expected", 1),
        line("2026-11-20T00:00:10+00:00", None, "overdue", 2),
    ]
    advanced = line(
        "2026-08-21T05:00:00+00:00", "ali", "advanced", 3, "evaluation: Sensitivity 96% against surgery in 84 patients."
    )
    made = [
        outcome(
            EXPECTED,
            "expected",
            None,
            title="Infection control rounds and laboratory practice",
            summary="",
            type="publication",
            field="medical imaging",
            overdue=True,
            due_on="2026-11-19",
            origin=of_visit(ARRIVED),
            history=expected,
            may=["report_outcome", "attribute_outcome", "waive_outcome"],
        ),
        outcome(
            REPORTED,
            "reported",
            "protection",
            version=4,
            gates=PASSED,
            may=[
                "correct_outcome",
                "attribute_outcome",
                "decide_gate",
                "rate_readiness",
                "merge_outcomes",
                "state_directions",
                "open_track",
            ],
            next_gate="terms",
            gate_needs=[["draft-terms", "open-licence"]],
            history=[*outcome("", "", None)["history"], advanced],
        ),
        outcome(
            LAST_GATE,
            "reported",
            "adoption",
            version=7,
            gates=PASSED,
            may=["rate_readiness", "confirm_adoption"],
            type="software",
            title="Image archive viewer for the Gilgit wards",
            origin=OF_CONSULTATION,
            field="telemedicine",
        ),
        outcome(
            ADOPTED,
            "adopted",
            "adoption",
            version=8,
            gates=PASSED,
            adopting_site="sit_gilgit",
            adopted_on="2026-11-02",
            adoptions=[USED],
            type="skills-and-people",
            title="Two surgeons certified in echinococcosis ultrasound",
            contributors=[
                {"name": name("bano"), "role": "trainee", "person": "per_bano", "orcid": ""},
                {"name": name("chen"), "role": "trainer", "person": "per_chen", "orcid": ""},
            ],
            organisations=[{"name": "California Digital Library", "ror": "https://ror.org/03yrm5c26"}],
            doi="10.5555/12345678",
        ),
    ]
    return {view["id"]: view for view in made}


OUTCOME_LINE = (
    "id",
    "version",
    "state",
    "overdue",
    "questioned",
    "type",
    "title",
    "field",
    "agreement",
    "condition",
    "origin",
    "also_of",
    "sites",
    "responsible",
    "responsible_name",
    "due_on",
    "transfers",
    "stage",
    "gate_due",
)


def messages() -> list[View]:
    return [
        message(
            "ntf_3",
            "visit-cancelled-for-you",
            PROPOSED,
            "Your visit is cancelled: ultrasound staging of liver echinococcosis",
            "Zhang Min cancelled your visit to Hepatobiliary Surgery, 7–18 Dec 2026. Reason: “The pass is closed.”",
            "2026-11-21T03:40:00+00:00",
            read_at="2026-11-21T04:00:00+00:00",
            acknowledge_by="2026-11-21T19:00:00+00:00",
        ),
        message(
            "ntf_2",
            "visit-proposed",
            PROPOSED,
            "A visit awaits your reply: ultrasound staging of liver echinococcosis",
            "Imran Ali proposes a visit of two surgeons to Hepatobiliary Surgery.\nPlease reply by 4 December.",
            "2026-11-20T08:12:03+00:00",
        ),
        message(
            "ntf_1",
            "outcome-advanced",
            REPORTED,
            "Passed: evaluation of the ultrasound screening protocol",
            "The protocol stands at “protection” now.",
            "2026-08-21T05:00:04+00:00",
            read_at="2026-08-21T07:00:00+00:00",
        ),
    ]


def message(
    identity: str,
    purpose: str,
    about: str,
    subject: str,
    text: str,
    at: str,
    read_at: str | None = None,
    acknowledge_by: str | None = None,
) -> View:
    page = f"/visits/{about}" if about.startswith("vis_") else f"/outcomes/{about}"
    told = {"id": identity, "purpose": purpose, "about": about, "subject": subject, "text": text, "leads_to": page}
    known = {"acknowledged_at": None, "acknowledge_by": acknowledge_by}
    return (
        told
        | {"at": at, "read_at": read_at, "seen": read_at is not None}
        | known
        | {"deliveries": [{"channel": "email", "state": "sent"}]}
    )
