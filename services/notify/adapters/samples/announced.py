"""A sample of what people announce: to everybody, to a site, to a field."""

from collections.abc import Iterator
from datetime import UTC, datetime

from services.notify.application.announcements import spelt_out
from services.notify.domain.announcement import Announcement, Wording, tellings
from services.notify.domain.audience import Audience
from services.notify.domain.notification import Notification, queue

NOW = datetime(2026, 2, 3, 2, 14, 10, tzinfo=UTC)
WORDING = Wording(
    title={"en": "The pass is closed until Monday", "zh": "山口因降雪关闭至下周一", "ur": "درہ پیر تک بند ہے"},
    text={
        "en": "Because of snow there are no buses between Tashkurgan and Sost.\n\nWhoever travels this week stays "
        "where they are. The road's state: https://roads.example/karakoram",
        "zh": "因降雪，塔什库尔干与苏斯特之间的班车停运。\n\n本周出行的人员请留在原地。路况：https://roads.example/karakoram",
        "ur": "برف باری کے باعث تاشقرغان اور سوست کے درمیان بسیں نہیں چل رہیں۔\n\nجو اس ہفتے سفر میں ہیں وہیں رہیں۔ "
        "سڑک کا حال: https://roads.example/karakoram",
    },
    link="/visits",
)
AUDIENCES = (Audience(), Audience(sites=("sit_gilgit",)), Audience(fields=("liver echinococcosis",)))


def announced() -> Iterator[Notification]:
    """One for each kind of audience, in its words."""
    for audience in AUDIENCES:
        made = Announcement("ann_sample", WORDING, audience, "per_manager", NOW, 1, ("per_reader",), next_batch=NOW)
        for telling in tellings(made):
            yield spelt_out(queue(telling, made.cause, now=NOW).state, {made.id: made})
