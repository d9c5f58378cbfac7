"""Stands in for the services: takes what they take, answers as they do from `web_samples`, and changes what pages show.

Fields go through the services' own models, so that a page cannot send what a service would refuse unread.
"""

import base64
import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Refusal
from chassis.rpc.client import Refused
from services.exchange.application import commands as exchange
from services.exchange.application import queries as ask_exchange
from services.notify.application import commands as notify
from services.notify.application import queries as ask_notify
from services.research.application import commands as research
from services.research.application import queries as ask_research
from tests import web_agreements_and_outcomes as more
from tests import web_consultations as meetings
from tests import web_samples as samples
from tests.web_announcement_gateway import MODELS as OF_ANNOUNCEMENTS
from tests.web_announcement_gateway import AnnouncementAnswers, announced, preview
from tests.web_calendar_gateway import LATER, SECRET, CalendarAnswers, addresses
from tests.web_calendar_gateway import MODELS as OF_CALENDARS
from tests.web_consultation_gateway import MODELS as OF_CONSULTATIONS
from tests.web_consultation_gateway import ConsultationAnswers, changed, kept, known
from tests.web_delivery_gateway import MODELS as OF_DELIVERIES
from tests.web_delivery_gateway import DeliveryAnswers, explained, log, standing
from tests.web_deputy_gateway import MODELS as OF_DEPUTIES
from tests.web_deputy_gateway import DeputyAnswers, deputation
from tests.web_reply_gateway import MODELS as OF_REPLIES
from tests.web_reply_gateway import ReplyAnswers, links
from tests.web_telling_gateway import MODELS as OF_TELLING
from tests.web_telling_gateway import TellingAnswers, preferences, reached_at
from tests.web_webhook_gateway import MODELS as OF_WEBHOOKS
from tests.web_webhook_gateway import WebhookAnswers, deliveries, webhooks

MODELS: dict[str, Any] = {
    "exchange.visit": ask_exchange.AskVisit,
    "exchange.visits": ask_exchange.AskVisits,
    "exchange.agreement": ask_exchange.AskAgreement,
    "exchange.agreements": None,
    "exchange.sites": None,
    "exchange.people": None,
    "exchange.propose_visit": exchange.ProposeVisit,
    "exchange.reply_to_visit": exchange.ReplyToVisit,
    "exchange.cancel_visit": exchange.CancelVisit,
    "exchange.record_arrival": exchange.RecordArrival,
    "exchange.fulfil_visit": exchange.FulfilVisit,
    "exchange.approve_agreement": exchange.ApproveAgreement,
    "exchange.letter_pdf": ask_exchange.AskLetter,
    "exchange.annual_report_file": ask_exchange.AskReportFile,
    "exchange.check_letter": ask_exchange.CheckLetter,
    "research.outcome": ask_research.AskOutcome,
    "research.outcomes": ask_research.AskOutcomes,
    "research.report_outcome": research.ReportOutcome,
    "research.decide_gate": research.DecideGate,
    "research.confirm_adoption": research.ConfirmAdoption,
    "notify.inbox": ask_notify.AskInbox,
    "notify.mark_read": notify.MarkRead,
    "notify.acknowledge": notify.Acknowledge,
    **OF_CALENDARS,
    **OF_CONSULTATIONS,
    **OF_REPLIES,
    **OF_TELLING,
    **OF_DEPUTIES,
    **OF_DELIVERIES,
    **OF_ANNOUNCEMENTS,
    **OF_WEBHOOKS,
}
"""What each method takes; nothing where it takes no fields."""

View = dict[str, Any]
LETTER = "ltr_1"


@dataclass(frozen=True)
class Asked:
    """One call as the gateway saw it."""

    method: str
    fields: dict[str, Any]
    actor: Actor
    command_id: str | None
    timeout: float


@dataclass
class FakeGateway(
    ConsultationAnswers,
    CalendarAnswers,
    ReplyAnswers,
    TellingAnswers,
    DeputyAnswers,
    DeliveryAnswers,
    AnnouncementAnswers,
    WebhookAnswers,
):
    """`failing` maps `service.method`, or `service`, to what calling it raises; `asked` are the calls so far."""

    failing: dict[str, Exception] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    language: str = "en"
    """The language in which whoever asks reads their messages."""

    def __post_init__(self) -> None:
        self.visits, self.agreements = copy.deepcopy(samples.visits()), copy.deepcopy(more.agreements())
        self.consultations = copy.deepcopy(meetings.consultations())
        self.addresses, self.told = addresses(), set()
        self.links = links()
        self.deputation = deputation()
        self.preferences, self.reached_at = preferences(), reached_at()
        self.log, self.next_of_log = log(), None
        self.announced, self.preview = announced(), preview()
        self.webhooks, self.deliveries = webhooks(), deliveries()
        self.explained, self.standing = explained(), standing()
        self.owners = {SECRET: "per_zhang", "of-who-has-no-account": "per_nobody"}
        self.outcomes, self.messages = copy.deepcopy(more.outcomes()), copy.deepcopy(more.messages())

    def call(
        self,
        service: str,
        method: str,
        fields: Mapping[str, Any],
        actor: Actor,
        command_id: str | None = None,
        timeout: float = 5.0,
    ) -> Any:
        name = f"{service}.{method}"
        self.asked.append(Asked(name, dict(fields), actor, command_id, timeout))
        if failure := self.failing.get(name) or self.failing.get(service):
            raise failure
        model = MODELS[name]
        try:
            taken = parsed(model, fields).model_dump(mode="json") if model else {}
        except Refusal as refusal:
            raise Refused(refusal.name, refusal.facts) from None
        return copy.deepcopy(getattr(self, f"{service}_{method}")(taken))

    def commands(self) -> list[Asked]:
        """The calls that were commands."""
        return [each for each in self.asked if each.command_id]

    def exchange_visit(self, asked: View) -> View:
        return known(self.visits, "visit", asked["visit_id"])

    def exchange_visits(self, asked: View) -> View:
        lines = [samples.visit_line(each) for each in self.visits.values() if asked["state"] in (None, each["state"])]
        return {"items": lines[: asked["limit"]], "next": None}

    def exchange_agreement(self, asked: View) -> View:
        return known(self.agreements, "agreement", asked["agreement_id"])

    def exchange_agreements(self, _asked: View) -> View:
        return {"items": [{key: each[key] for key in more.SUMMARY} for each in self.agreements.values()]}

    def exchange_letter_pdf(self, asked: View) -> View:
        if asked["letter_id"] != LETTER:
            raise Refused("Unknown", {"kind": "letter", "id": asked["letter_id"]})
        return {"id": LETTER, "name": "invitation-1.pdf", "pdf": base64.b64encode(b"%PDF-1.7").decode()}

    def exchange_annual_report_file(self, asked: View) -> View:
        if asked["report_id"] == "rep_2":
            raise Refused("ReportNotReady", {"report": "rep_2", "state": "requested"})
        if asked["report_id"] != "rep_1":
            raise Refused("Unknown", {"kind": "report", "id": asked["report_id"]})
        kind = asked["format"]
        content = base64.b64encode(f"a {kind}".encode()).decode()
        return {"id": "rep_1", "file": f"annual-report-2026.{kind}", "content": content}

    def exchange_check_letter(self, asked: View) -> View:
        stands = {"K7QM-2D4X-9RTP-WB3H": True, "0000-0000-0000-0000": False}
        if asked["code"] not in stands:
            raise Refused("Unknown", {"kind": "letter", "id": asked["code"]})
        return {
            "stands": stands[asked["code"]],
            "state": "issued",
            "number": 1,
            "passport_name": "BANO, SHAHIDA",
            "arrival": "2026-04-06",
            "departure": "2026-04-24",
            "host": samples.site("kashgar")["names"],
            "issued_at": LATER,
        }

    def exchange_sites(self, _asked: View) -> View:
        return samples.sites()

    def exchange_people(self, _asked: View) -> View:
        return samples.people()

    def exchange_propose_visit(self, asked: View) -> View:
        return kept(self.visits, samples.visit("vis_new", "proposed", asked["purpose"], may=["cancel_visit"]))

    def exchange_reply_to_visit(self, asked: View) -> View:
        view, party, status, reason = changed(self.visits, asked), asked["party"], asked["status"], asked["reason"]
        view["state"] = {"accepted": "booked", "declined": "cancelled"}.get(status, view["state"])
        view["replies"][party] = samples.reply(status, "zhang", LATER, reason)
        view["history"].append(samples.line(LATER, "zhang", f"{status} by {party}", view["version"], reason))
        may = ["cancel_visit"] if status == "accepted" else view["may"]
        return kept(self.visits, view | {"may": may})

    def exchange_cancel_visit(self, asked: View) -> View:
        return kept(self.visits, changed(self.visits, asked) | {"state": "cancelled", "may": []})

    def exchange_record_arrival(self, asked: View) -> View:
        arrived = {"state": "arrived", "actual_arrival": asked["arrived_on"], "may": ["fulfil_visit"]}
        return kept(self.visits, changed(self.visits, asked) | arrived)

    def exchange_fulfil_visit(self, asked: View) -> View:
        over = {"state": "fulfilled", "actual_departure": asked["departed_on"], "report": asked["report"], "may": []}
        return kept(self.visits, changed(self.visits, asked) | over)

    def exchange_approve_agreement(self, asked: View) -> View:
        return kept(self.agreements, changed(self.agreements, asked) | {"state": "in-effect", "may": []})

    def research_outcomes(self, asked: View) -> View:
        found = [
            {key: each[key] for key in more.OUTCOME_LINE}
            for each in self.outcomes.values()
            if (asked["visit_id"] or asked["consultation_id"]) in (None, (each["origin"] or {}).get("id"))
            and asked["stage"] in (None, each["stage"])
        ]
        return {"items": found[: asked["limit"]], "next": None}

    def research_outcome(self, asked: View) -> View:
        return known(self.outcomes, "outcome", asked["outcome_id"])

    def research_report_outcome(self, asked: View) -> View:
        told = {key: asked[key] for key in ("title", "summary", "doi")}
        return kept(
            self.outcomes,
            changed(self.outcomes, asked) | told | {"state": "reported", "stage": "disclosure", "may": []},
        )

    def research_decide_gate(self, asked: View) -> View:
        view = changed(self.outcomes, asked)
        view["gates"].append(more.gate(asked["gate"], asked["decision"], LATER, asked["reason"], asked["evidence"]))
        return kept(self.outcomes, view)

    def research_confirm_adoption(self, asked: View) -> View:
        adopted = {key: asked[key] for key in ("adopting_site", "adopted_on")} | {"state": "adopted", "may": []}
        return kept(self.outcomes, changed(self.outcomes, asked) | adopted)

    def notify_inbox(self, asked: View) -> View:
        waiting = sum(not each["read_at"] for each in self.messages)
        shown = self.messages[: asked["limit"]]
        return {"language": self.language, "unread": waiting, "unseen": waiting, "items": shown, "next": None}

    def notify_mark_read(self, asked: View) -> View:
        message = known({each["id"]: each for each in self.messages}, "notification", asked["notification_id"])
        message["read_at"] = LATER
        return {"id": message["id"], "version": 3, "state": "sent"}

    def notify_acknowledge(self, asked: View) -> View:
        message = known({each["id"]: each for each in self.messages}, "notification", asked["notification_id"])
        message |= {"read_at": LATER, "acknowledged_at": LATER}
        return {"id": message["id"], "version": 3, "state": "sent"}
