"""The part of `web_gateway` that stands in for notify where messages are answered by their links."""

from typing import Any

from chassis.rpc.client import Refused
from services.notify.application import commands as notify
from services.notify.application import queries as ask_notify
from tests.web_consultations import ASKED
from tests.web_samples import PROPOSED

View = dict[str, Any]
MODELS: dict[str, Any] = {
    "notify.reply_link": ask_notify.AskReplyLink,
    "notify.answer_by_link": notify.AnswerByLink,
    "notify.give_back_link": notify.GiveBackLink,
    "notify.pace_link": ask_notify.AskPaceLink,
    "notify.set_pace_by_link": notify.SetPaceByLink,
}
PACED = "token-of-how-soon"
OF_VISIT, OF_CONSULTATION, TO_KNOW = "token-of-a-visit", "token-of-a-consultation", "token-of-what-is-to-be-known"
ANSWERED_AT = "2026-11-23T04:30:00+00:00"


def link(identity: str, person: str, language: str, about: str, answers: list[str], **changes: Any) -> View:
    """A link as `notify.reply_link` answers it."""
    names = {"en": "Zhang Min", "zh": "张敏", "ur": "نادیہ حسین"}
    view = {
        "id": identity,
        "person": person,
        "name": names[language],
        "language": language,
        "zone": "Asia/Karachi" if language == "ur" else "Asia/Shanghai",
        "subject": "Please reply: a visit to Hepatobiliary Surgery, 7–18 Dec 2026",
        "text": "Imran Ali proposes that Shahida Bano and Asif Karim from Provincial Hospital, Gilgit visit "
        "Hepatobiliary Surgery, 7–18 Dec 2026.",
        "about": about,
        "version": 1,
        "state": "open",
        "answer": None,
        "answered_at": None,
        "answers": answers,
        "until": "2026-12-04T09:00:00+00:00",
        **dict.fromkeys(("party", "site", "participant", "slot", "announcement")),
    }
    return view | changes


def links() -> dict[str, View]:
    """By token: of a visit that is proposed, of a consultation, of what is only to be known, and of a pace."""
    of_host = {"party": "host-department", "site": "sit_kashgar"}
    of_chair = {"participant": "per_chen", "announcement": 0}
    return {
        OF_VISIT: link("lnk_1", "per_zhang", "en", PROPOSED, ["accepted", "declined"], **of_host),
        OF_CONSULTATION: link("lnk_2", "per_chen", "zh", ASKED, ["accepted", "tentative", "declined"], **of_chair),
        TO_KNOW: link("lnk_3", "per_bano", "ur", PROPOSED, ["acknowledged"]),
        PACED: {"category": "visits", "pace": "at-once", "language": "ur"},
    }


class ReplyAnswers:
    """What notify answers about `links`, by token."""

    links: dict[str, View]

    def notify_reply_link(self, asked: View) -> View:
        return self._link(asked)

    def notify_answer_by_link(self, asked: View) -> View:
        found, answer = self._link(asked), asked["answer"]
        if answer not in found["answers"]:
            raise Refused("NotAnAnswer", {"answer": answer, "answers": found["answers"]})
        if found["answer"] not in (None, answer):
            raise Refused("LinkUsed", {"answer": found["answer"]})
        if found["state"] == "expired":
            raise Refused("LinkExpired", {"until": found["until"]})
        found |= {"state": "used", "answer": answer, "answered_at": ANSWERED_AT}
        return {"id": found["id"], "version": 2, "state": "used"}

    def notify_give_back_link(self, asked: View) -> View:
        found = self._link(asked)
        if found["answer"] == asked["answer"]:
            found |= {"state": "open", "answer": None, "answered_at": None}
        return {"id": found["id"], "version": 3, "state": "open"}

    def notify_pace_link(self, asked: View) -> View:
        return self._paced(asked)

    def notify_set_pace_by_link(self, asked: View) -> View:
        self._paced(asked)["pace"] = asked["pace"]
        return {"id": "prf_1", "version": 2, "state": "kept"}

    def _paced(self, asked: View) -> View:
        if asked["token"] != PACED:
            raise Refused("Unknown", {"kind": "pace-link", "id": ""})
        return self.links[PACED]

    def _link(self, asked: View) -> View:
        if asked["token"] not in self.links:
            raise Refused("Unknown", {"kind": "reply-link", "id": ""})
        return self.links[asked["token"]]
