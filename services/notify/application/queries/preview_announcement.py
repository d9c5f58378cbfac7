"""An announcement before it is made: whom it would reach, and how it looks to them."""

from collections import Counter
from datetime import datetime

from chassis.kernel.actor import Actor
from services.notify.application.announcements import spelt_out
from services.notify.application.commands.announce import reached
from services.notify.application.commands.announcing import Announcing
from services.notify.application.ports import Message, People, Writer
from services.notify.application.queries.views import View
from services.notify.domain.announcement import ANNOUNCEMENT, Announcement
from services.notify.domain.announcing_permissions import may_announce
from services.notify.domain.notification import Notification, queue
from services.notify.domain.person import LANGUAGES, stranger
from services.notify.domain.telling import Telling


class AskAnnouncementPreview(Announcing):
    """Not announced, only asked: nobody hears of it."""


def preview_announcement(
    asked: AskAnnouncementPreview, actor: Actor, now: datetime, people: People, writer: Writer
) -> View:
    """`{people, languages, letters}`: how many it would reach now, in which languages, and the mail in each of the
    three (`subject`, `text`, `html`), to nobody by name. Raises `NotAllowed`.
    """
    may_announce(actor, asked.sites, urgent=asked.urgent)
    by = actor.person
    readers = reached(asked.audience(), by, people)
    languages = Counter(each.language for each in readers)
    shown = _shown(asked, by, now)
    known = people.named([by] if by else [])
    letters = {
        language: writer.letter(Message(shown, stranger("per_reader", language), known)) for language in LANGUAGES
    }
    return {
        "people": len(readers),
        "languages": {language: languages[language] for language in LANGUAGES},
        "letters": {
            language: {"subject": letter.subject, "text": letter.text, "html": letter.html}
            for language, letter in letters.items()
        },
    }


def _shown(asked: AskAnnouncementPreview, by: str | None, now: datetime) -> Notification:
    audience = asked.audience()
    announced = Announcement("ann_preview", asked.wording(), audience, by, now, 1, ("per_reader",), next_batch=now)
    telling = Telling("per_reader", ANNOUNCEMENT, audience.because)
    return spelt_out(queue(telling, announced.cause, now=now).state, {announced.id: announced})
