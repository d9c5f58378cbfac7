"""The part of `web_gateway` that stands in for notify where somebody tells many people something."""

from typing import Any

from chassis.rpc.client import Refused
from services.notify.application import commands as notify
from services.notify.application import queries as ask_notify

View = dict[str, Any]
MODELS: dict[str, Any] = {
    "notify.announcements": ask_notify.AskAnnouncements,
    "notify.announcement": ask_notify.AskAnnouncement,
    "notify.preview_announcement": ask_notify.AskAnnouncementPreview,
    "notify.announce": notify.Announce,
    "notify.withdraw_announcement": notify.WithdrawAnnouncement,
}
GOING_OUT, TOLD, WITHDRAWN = "ann_goingout", "ann_told", "ann_withdrawn"
LATER = "2026-11-23T04:31:00+00:00"
REACH = ("deliveries", "read")
"""What one announcement says beyond a line of the list."""


def announcement(identity: str, state: str, **changes: Any) -> View:
    """One as `notify.announcement` answers it; `changes` replace fields."""
    view = {
        "id": identity,
        "version": 2,
        "state": state,
        "title": {"en": "The pass is closed until Monday", "zh": "山口因降雪关闭至下周一", "ur": "درہ پیر تک بند ہے"},
        "text": {
            "en": "No buses between Tashkurgan and Sost.\n\nWhoever travels this week stays where they are.",
            "zh": "塔什库尔干与苏斯特之间的班车停运。\n\n本周出行的人员请留在原地。",
            "ur": "تاشقرغان اور سوست کے درمیان بسیں نہیں چل رہیں۔\n\nجو اس ہفتے سفر میں ہیں وہیں رہیں۔",
        },
        "urgent": False,
        "link": "/visits",
        "sites": ["sit_kashgar", "sit_gilgit"],
        "fields": ["liver echinococcosis"],
        "by": "per_zhang",
        "at": "2026-11-22T02:14:10+00:00",
        "people": 1200,
        "told": 1200,
        "withdrawn_at": None,
        "withdrawn_why": "",
        "deliveries": {"sent": 1100, "delivery_attempted": 40, "undelivered": 60},
        "read": 730,
    }
    return view | changes


def announced() -> dict[str, View]:
    """One in each state, the newest first."""
    withdrawn = {"withdrawn_at": "2026-11-20T08:00:00+00:00", "withdrawn_why": "It is open again."}
    everybody: View = {"sites": [], "fields": []}
    made = [
        announcement(GOING_OUT, "going-out", told=500, deliveries={"queued": 480, "sent": 20}, read=3, urgent=True),
        announcement(TOLD, "told", **everybody, link=None),
        announcement(WITHDRAWN, "withdrawn", told=500, **withdrawn, deliveries={"sent": 470, "not_sent": 30}, read=12),
    ]
    return {each["id"]: each for each in made}


def preview() -> View:
    """As `notify.preview_announcement` answers, but for what it is asked of."""
    return {"people": 34, "languages": {"en": 2, "zh": 21, "ur": 11}}


class AnnouncementAnswers:
    """What notify answers about `announced`."""

    announced: dict[str, View]
    preview: View

    def notify_announcements(self, asked: View) -> View:
        lines = [{key: value for key, value in each.items() if key not in REACH} for each in self.announced.values()]
        return {"items": lines[: asked["limit"]]}

    def notify_announcement(self, asked: View) -> View:
        identity = asked["announcement_id"]
        if identity not in self.announced:
            raise Refused("Unknown", {"kind": "announcement", "id": identity})
        return self.announced[identity]

    def notify_preview_announcement(self, asked: View) -> View:
        letters = {
            language: {
                "subject": asked["title"][language] or asked["title"]["en"],
                "text": f"Khunjerab\n\n{asked['text'][language] or asked['text']['en']}",
                "html": "<p>The mail as mail programs show it.</p>",
            }
            for language in self.preview["languages"]
        }
        return self.preview | {"letters": letters}

    def notify_announce(self, asked: View) -> View:
        said = {each: {code: words for code, words in asked[each].items() if words} for each in ("title", "text")}
        taken = {each: asked[each] for each in ("urgent", "link", "sites", "fields")}
        made = announcement("ann_new", "going-out", **said, **taken, at=LATER, told=0, deliveries={}, read=0)
        self.announced = {"ann_new": made} | self.announced
        return {"id": "ann_new", "version": 1, "state": "going-out"}

    def notify_withdraw_announcement(self, asked: View) -> View:
        found = self.notify_announcement(asked)
        if found["withdrawn_at"]:
            raise Refused("WithdrawnAlready", {"at": found["withdrawn_at"]})
        found |= {"state": "withdrawn", "withdrawn_at": LATER, "withdrawn_why": asked["reason"]}
        return {"id": found["id"], "version": 3, "state": "withdrawn"}
