"""Every command that a page can give: where its form is, where it goes, what is typed, what the service is asked."""

import base64
from dataclasses import dataclass, field
from typing import Any

from tests import web_consultations as meetings
from tests import web_samples as samples
from tests.unit.web.browser import Upload
from tests.web_announcement_gateway import TOLD
from tests.web_calendar_gateway import OWN
from tests.web_delivery_gateway import BOUNCED
from tests.web_webhook_gateway import GONE, HIS


@dataclass(frozen=True)
class Act:
    """`typed` is what a person types; `asks` is what the service must then be asked beside it.

    `sends`: what becomes of what was typed, where that is not just the same. `done`: the HTTP status when it worked.
    """

    method: str
    page: str
    action: str
    typed: dict[str, Any]
    asks: dict[str, Any] = field(default_factory=dict)
    sends: dict[str, Any] | None = None
    done: int = 303

    @property
    def asked(self) -> dict[str, Any]:
        return (self.typed if self.sends is None else self.sends) | self.asks

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
        {"decision": "deferred", "reason": "The ethics committee meets in March.", "back_on": "2027-03-01"},
        {"outcome_id": samples.REPORTED, "gate": "terms", "evidence": [], "expected_version": 4},
    ),
    Act(
        "research.confirm_adoption",
        f"/outcomes/{samples.LAST_GATE}",
        f"/outcomes/{samples.LAST_GATE}/adoption",
        {"adopting_site": "sit_gilgit", "adopted_on": "2026-11-02", "note": "On every ward."},
        {"outcome_id": samples.LAST_GATE, "expected_version": 7},
    ),
    Act("notify.mark_read", "/inbox", "/inbox/ntf_2/read", {}, {"notification_id": "ntf_2"}),
    Act(
        "notify.withdraw_announcement",
        f"/announcements/{TOLD}",
        f"/announcements/{TOLD}/withdraw",
        {"reason": "It is open again."},
        {"announcement_id": TOLD},
    ),
    Act("notify.acknowledge", "/inbox", "/inbox/ntf_3/acknowledge", {}, {"notification_id": "ntf_3"}),
]


def on(identity: str, version: int, method: str, path: str, typed: dict[str, Any], **more: Any) -> Act:
    """A command from the page of a consultation; `about` are fields that the address gives."""
    about = more.pop("about", {})
    page = f"/consultations/{identity}"
    asks = {"consultation_id": identity, "expected_version": version} | about
    return Act(f"exchange.{method}", page, f"{page}/{path}", typed, asks, **more)


KASHGAR_AT_FOUR = {"on": "2026-11-25", "at": "16:00", "zone": "Asia/Shanghai"}
AT_FOUR = "2026-11-25T16:00:00+08:00"
THERE = ["per_chen", "per_bano", "per_maryam"]
PROPOSE_CONSULTATION = "/consultations/propose"
CONSULTATION: dict[str, Any] = {
    "title": "Cyst of the right lobe",
    "under": f"{samples.AGREEMENT}@cnd_3",
    "person-1": "per_chen@sit_kashgar",
    "person-2": "per_bano@sit_gilgit",
    "deputy-2": "per_karim",
    "person-3": "per_maryam@sit_kashgar",
    "languages-3": "ur zh",
    "person-4": "per_li@sit_commission",
    "comes-4": "optional",
    "rooms": ["sit_gilgit@rom_1"],
    **KASHGAR_AT_FOUR,
    "minutes": "45",
    "repeat": "FREQ=WEEKLY",
    "times": "3",
    "link": "https://meet.gilgit.example/cyst",
    "reference-1": "GLT-2026-014",
    "question-1": "Which stage is it?",
    "urgency-1": "urgent",
    "presenter-1": "per_bano",
    "consent-1": "y",
    "urgent": "y",
    "reason": "The cyst may rupture.",
    "waived": ["night:sit_gilgit"],
    "wait": "y",
}


def taking_part(person: str, role: str, at: str, **changes: Any) -> dict[str, Any]:
    usual = {"person_id": person, "role": role, "site_id": at, "required": True, "languages": [], "deputies": []}
    return usual | changes


CONSULTATION_SENT: dict[str, Any] = {
    "agreement_id": samples.AGREEMENT,
    "condition_id": "cnd_3",
    "title": "Cyst of the right lobe",
    "participants": [
        taking_part("per_chen", "chair", "sit_kashgar"),
        taking_part("per_bano", "presenter", "sit_gilgit", deputies=["per_karim"]),
        taking_part("per_maryam", "interpreter", "sit_kashgar", languages=["ur", "zh"]),
        taking_part("per_li", "specialist", "sit_commission", required=False),
    ],
    "rooms": {"sit_gilgit": "rom_1"},
    "begins": AT_FOUR,
    "minutes": 45,
    "zone": "Asia/Shanghai",
    "recurrence": "FREQ=WEEKLY;COUNT=3",
    "link": "https://meet.gilgit.example/cyst",
    "urgent": True,
    "waive": {"rules": ["lead", "night:sit_gilgit"], "reason": "The cyst may rupture."},
    "cases": [
        {
            "reference": "GLT-2026-014",
            "question": "Which stage is it?",
            "urgency": "urgent",
            "presenter": "per_bano",
            "consent_confirmed": True,
        }
    ],
    "wait": True,
}
REPLIED = {"slot": None, "status": "tentative", "reason": "At four.", "deputy": None, "begins": AT_FOUR, "minutes": 45}
CLOSING = {
    "attended": THERE,
    f"opinion-{meetings.CASE}": "CE2: surgery.",
    f"opinion-{meetings.OTHER_CASE}": "A vessel.",
    "what-2": "Reserve a bed",
    "owner-2": "per_chen",
    "due-2": "2026-12-01",
    "about-2": meetings.CASE,
    "summary": "We stage differently.",
    "outcome_type": "publication",
    "due_days": "60",
}
CLOSED = {
    "slot": meetings.NOW_ON,
    "attended": THERE,
    "opinions": {meetings.CASE: "CE2: surgery.", meetings.OTHER_CASE: "A vessel."},
    "actions": [{"what": "Reserve a bed", "owner": "per_chen", "due_on": "2026-12-01", "case_id": meetings.CASE}],
    "postponed": {},
    "finding": {"summary": "We stage differently.", "outcome_type": "publication", "due_days": 60},
}
NEW_CASE = {
    "reference": "KSH-40",
    "question": "Is the second shadow a cyst?",
    "urgency": "urgent",
    "presenter": "per_chen",
}
PLANNED_ANEW = {
    **KASHGAR_AT_FOUR,
    "minutes": "45",
    "repeat": "FREQ=WEEKLY;INTERVAL=2",
    "times": "3",
    "link": "https://meet.kashgar.example/2",
    "reason": "The scanner is serviced until then.",
}
SENT_ANEW = {
    "begins": AT_FOUR,
    "minutes": 45,
    "zone": "Asia/Shanghai",
    "recurrence": "FREQ=WEEKLY;INTERVAL=2;COUNT=3",
    "link": "https://meet.kashgar.example/2",
    "reason": "The scanner is serviced until then.",
}
PARTICIPANTS = f"/consultations/{meetings.ASKED}/participants"
OTHERS = {
    "person-1": "per_zhang@sit_kashgar",
    "deputy-1": "per_chen",
    "person-3": "",
    "languages-3": "",
    "comes-4": "required",
    "person-5": "per_karim@sit_gilgit",
    "comes-5": "optional",
    "deputy-2": "",
    "reason": "Who chaired is on a visit.",
}
WHO_FROM_NOW_ON = [
    taking_part("per_zhang", "chair", "sit_kashgar", deputies=["per_chen"]),
    taking_part("per_bano", "presenter", "sit_gilgit"),
    taking_part("per_li", "specialist", "sit_commission"),
    taking_part("per_karim", "specialist", "sit_gilgit", required=False),
]
BRING_REPLY = "/consultations/replies"
REPLY_FILE = Upload("reply.ics", b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n")
ACTS_ON_CONSULTATIONS = [
    Act(
        "exchange.propose_consultation",
        PROPOSE_CONSULTATION,
        PROPOSE_CONSULTATION,
        CONSULTATION,
        sends=CONSULTATION_SENT,
    ),
    Act(
        "exchange.receive_calendar_reply",
        BRING_REPLY,
        BRING_REPLY,
        {"file": REPLY_FILE},
        sends={"content": base64.b64encode(REPLY_FILE.content).decode()},
    ),
    on(
        meetings.ASKED,
        4,
        "reply_to_consultation",
        "reply/per_maryam",
        {"status": "tentative", "reason": "At four.", **KASHGAR_AT_FOUR, "minutes": "45"},
        sends=REPLIED,
        about={"participant": "per_maryam"},
    ),
    on(
        meetings.ASKED,
        4,
        "accept_counter_time",
        "accept-time/per_maryam",
        {},
        about={"participant": "per_maryam", "slot": None},
    ),
    on(
        meetings.ASKED,
        4,
        "decline_counter_time",
        "decline-time/per_maryam",
        {"reason": "It is late in Kashgar."},
        about={"participant": "per_maryam", "slot": None},
    ),
    on(
        meetings.ASKED,
        4,
        "move_session",
        "move",
        {**KASHGAR_AT_FOUR, "minutes": "45", "reason": "After the ward round."},
        sends={"slot": None, "begins": AT_FOUR, "minutes": 45, "reason": "After the ward round."},
    ),
    on(meetings.ASKED, 4, "reschedule_consultation", "reschedule", PLANNED_ANEW, sends=SENT_ANEW),
    Act(
        "exchange.change_participants",
        PARTICIPANTS,
        PARTICIPANTS,
        OTHERS,
        {"consultation_id": meetings.ASKED, "expected_version": 4},
        sends={"participants": WHO_FROM_NOW_ON, "reason": OTHERS["reason"]},
    ),
    on(
        meetings.ASKED,
        4,
        "bring_case",
        "bring",
        {**NEW_CASE, "consent": "y"},
        sends={"case": {**NEW_CASE, "consent_confirmed": True, "slot": None}},
    ),
    on(
        meetings.ASKED,
        4,
        "withdraw_case",
        f"withdraw/{meetings.CASE}",
        {"reason": "He was operated on at home."},
        about={"case_id": meetings.CASE},
    ),
    on(meetings.ASKED, 4, "mark_consultation_entered_in_error", "error", {"reason": "It was entered twice."}),
    on(meetings.ASKED, 4, "cancel_consultation", "cancel", {"reason": "The line is down."}),
    on(meetings.ASKED, 4, "add_consultation_note", "note", {"text": "The images are on the server."}),
    on(
        meetings.ROUND,
        3,
        "cancel_session",
        "cancel-session",
        {"slot": "2026-12-08T06:00:00+00:00", "reason": "The scanner is serviced."},
    ),
    on(meetings.BEGUN, 5, "record_attendance", "attendance", {"attended": THERE}, about={"slot": meetings.NOW_ON}),
    on(meetings.BEGUN, 5, "close_session", "close", CLOSING, sends=CLOSED),
    on(
        meetings.BEGUN,
        5,
        "mark_session_missed",
        "missed",
        {"reason": "The line was down."},
        about={"slot": meetings.NOW_ON},
    ),
    on(
        meetings.OVER,
        9,
        "complete_action",
        f"complete/{meetings.TASK}",
        {"done_on": "2026-11-22", "note": "By the secure line."},
        about={"action_id": meetings.TASK},
    ),
    on(
        meetings.OVER,
        9,
        "drop_action",
        f"drop/{meetings.TASK}",
        {"reason": "It is not needed now."},
        about={"action_id": meetings.TASK},
    ),
]
CALENDARS = "/calendars"
WEBHOOKS, REGISTER = "/webhooks", "/webhooks/register"
RECEIVER: dict[str, Any] = {
    "url": "https://his.gilgit.example/khunjerab",
    "event_types": ["exchange.visit.*", "research.outcome.adopted.v2"],
    "description": "Hospital information system",
}


def with_webhook(method: str, act: str, typed: dict[str, Any], identity: str = HIS, **more: Any) -> Act:
    """A command from the page of a webhook as it was shown."""
    page, seen = f"{WEBHOOKS}/{identity}", {"webhook_id": identity, "expected_version": 3}
    return Act(f"notify.{method}", page, f"{page}/{act}", typed, **({"asks": seen} | more))


ACTS += [
    Act(
        "notify.resend",
        "/deliveries",
        f"/deliveries/{BOUNCED}/resend",
        {"channel": "email", "reason": "The account is open again."},
        {"notification": BOUNCED},
    ),
    Act(
        "exchange.open_calendar_address",
        CALENDARS,
        CALENDARS,
        {"subject": "dep_kashgar-1", "language": "zh"},
        sends={"kind": "department", "subject": "dep_kashgar-1", "language": "zh"},
        done=200,
    ),
    Act(
        "exchange.revoke_calendar_address",
        CALENDARS,
        f"{CALENDARS}/{OWN}/revoke",
        {},
        {"address_id": OWN, "expected_version": 1},
    ),
    *ACTS_ON_CONSULTATIONS,
    Act("notify.register_webhook", REGISTER, REGISTER, RECEIVER | {"site_id": "sit_kashgar"}, done=200),
    with_webhook("change_webhook", "change", RECEIVER),
    with_webhook("rotate_webhook_secret", "rotate", {"overlap_hours": "0"}, sends={"overlap_hours": 0}, done=200),
    with_webhook("send_test_to_webhook", "test", {}, asks={"webhook_id": HIS}),
    with_webhook("disable_webhook", "disable", {"reason": "The system moves house."}),
    with_webhook("enable_webhook", "enable", {}, GONE),
    with_webhook("remove_webhook", "remove", {}),
]
WITH_TEXT = [act for act in ACTS if act.typed]
"""Those in which a person types something that may be lost."""
