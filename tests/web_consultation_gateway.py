"""The part of `web_gateway` that stands in for the exchange where consultations are concerned."""

import copy
from typing import Any, TypeVar

from chassis.rpc.client import Refused
from services.exchange.application import queries as ask_exchange
from services.exchange.application.commands import consultations as commands
from services.exchange.application.commands.calendars import ReceiveCalendarReply
from tests import web_consultations as meetings

View = dict[str, Any]
Kept = TypeVar("Kept")
MODELS: dict[str, Any] = {
    "exchange.consultation": ask_exchange.AskConsultation,
    "exchange.consultations": ask_exchange.AskConsultations,
    "exchange.open_actions": ask_exchange.AskOpenActions,
    "exchange.find_a_time": ask_exchange.AskFindATime,
    "exchange.propose_consultation": commands.ProposeConsultation,
    "exchange.reply_to_consultation": commands.ReplyToConsultation,
    "exchange.accept_counter_time": commands.AcceptCounterTime,
    "exchange.decline_counter_time": commands.DeclineCounterTime,
    "exchange.move_session": commands.MoveSession,
    "exchange.reschedule_consultation": commands.RescheduleConsultation,
    "exchange.change_participants": commands.ChangeParticipants,
    "exchange.bring_case": commands.BringCase,
    "exchange.withdraw_case": commands.WithdrawCase,
    "exchange.cancel_consultation": commands.CancelConsultation,
    "exchange.cancel_session": commands.CancelSession,
    "exchange.record_attendance": commands.RecordAttendance,
    "exchange.close_session": commands.CloseSession,
    "exchange.mark_session_missed": commands.MarkSessionMissed,
    "exchange.complete_action": commands.CompleteAction,
    "exchange.drop_action": commands.DropAction,
    "exchange.add_consultation_note": commands.AddConsultationNote,
    "exchange.mark_consultation_entered_in_error": commands.MarkConsultationEnteredInError,
    "exchange.receive_calendar_reply": ReceiveCalendarReply,
}


class ConsultationAnswers:
    """What the exchange answers about `consultations`, which are by id. `times`: the answer to who looks for one."""

    consultations: dict[str, View]
    times: View = meetings.TIMES

    def exchange_consultation(self, asked: View) -> View:
        return known(self.consultations, "consultation", asked["consultation_id"])

    def exchange_consultations(self, asked: View) -> View:
        found = [each for each in self.consultations.values() if asked["state"] in (None, each["state"])]
        lines = [meetings.consultation_line(each) for each in found]
        return {"items": lines[: asked["limit"]], "next": None}

    def exchange_open_actions(self, asked: View) -> View:
        waiting = [
            {"consultation": each["id"], "title": each["title"], **action}
            for each in self.consultations.values()
            for action in each["actions"]
            if action["state"] == "open"
        ]
        return {"items": waiting[: asked["limit"]], "next": None}

    def exchange_find_a_time(self, _asked: View) -> View:
        return self.times

    def exchange_propose_consultation(self, asked: View) -> View:
        made = meetings.consultation("con_new", "proposed", asked["title"], may=["cancel_consultation"])
        return kept(self.consultations, made)

    def exchange_reply_to_consultation(self, asked: View) -> View:
        view = changed(self.consultations, asked)
        if (seen := asked["announcement"]) is not None and seen < view["answerable_from"]:
            raise Refused("StaleReply", {"sequence": seen, "current_sequence": view["announcement"]})
        for each in view["participants"]:
            if each["person"] == asked["participant"]:
                each |= {"status": asked["status"], "reason": asked["reason"], "deputy": asked["deputy"]}
        return kept(self.consultations, view)

    def exchange_accept_counter_time(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked) | {"may": []})

    def exchange_decline_counter_time(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked) | {"may": []})

    def exchange_move_session(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked) | {"state": "pending"})

    def exchange_reschedule_consultation(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked) | {"state": "pending"})

    def exchange_change_participants(self, asked: View) -> View:
        view, who = changed(self.consultations, asked), {each["person_id"] for each in asked["participants"]}
        view["participants"] = [each for each in view["participants"] if each["person"] in who]
        return kept(self.consultations, view)

    def exchange_bring_case(self, asked: View) -> View:
        view, case = changed(self.consultations, asked), asked["case"]
        slot = case["slot"] or view["sessions"][0]["slot"]
        view["cases"].append(meetings.case("cas_new", case["reference"], case["question"], slot))
        return kept(self.consultations, view)

    def exchange_withdraw_case(self, asked: View) -> View:
        view = changed(self.consultations, asked)
        for each in view["cases"]:
            each["withdrawn"] = each["withdrawn"] or each["id"] == asked["case_id"]
        view["may"].remove(f"withdraw_case:{asked['case_id']}")
        return kept(self.consultations, view)

    def exchange_mark_consultation_entered_in_error(self, asked: View) -> View:
        wrong = {"state": "entered-in-error", "may": ["add_consultation_note"]}
        return kept(self.consultations, changed(self.consultations, asked) | wrong)

    def exchange_cancel_consultation(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked) | {"state": "cancelled", "may": []})

    def exchange_cancel_session(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked))

    def exchange_record_attendance(self, asked: View) -> View:
        view = changed(self.consultations, asked) | {"state": "arrived"}
        view["sessions"][0]["attended"] = asked["attended"]
        return kept(self.consultations, view)

    def exchange_close_session(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked) | {"state": "fulfilled", "may": []})

    def exchange_mark_session_missed(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked) | {"state": "noshow", "may": []})

    def exchange_complete_action(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked) | {"may": []})

    def exchange_drop_action(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked) | {"may": []})

    def exchange_add_consultation_note(self, asked: View) -> View:
        return kept(self.consultations, changed(self.consultations, asked))

    def exchange_receive_calendar_reply(self, _asked: View) -> View:
        return kept(self.consultations, known(self.consultations, "consultation", meetings.ASKED))


def changed(documents: dict[str, View], asked: View) -> View:
    """A copy of the document that is meant, one version on. Refuses a version that is not the one that stands."""
    named = ("visit_id", "consultation_id", "agreement_id", "outcome_id", "address_id", "webhook_id")
    identity = next(asked[key] for key in named if key in asked)
    view = copy.deepcopy(known(documents, "document", identity))
    if view["version"] != asked["expected_version"]:
        seen = {"id": identity, "expected": asked["expected_version"], "actual": view["version"]}
        raise Refused("StaleVersion", seen)
    return view | {"version": view["version"] + 1}


def kept(documents: dict[str, View], view: View) -> View:
    documents[view["id"]] = view
    return {key: view[key] for key in ("id", "version", "state")}


def known(documents: dict[str, Kept], kind: str, identity: str) -> Kept:
    if identity not in documents:
        raise Refused("Unknown", {"kind": kind, "id": identity})
    return documents[identity]
