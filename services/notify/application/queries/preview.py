"""A message before anybody gets it: any purpose in any language, with invented people and a sample event."""

from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from contracts.words import Language
from services.notify.application.ports import Message, Offer, Writer
from services.notify.application.queries.views import View
from services.notify.application.samples import Samples
from services.notify.domain.asking import question_of
from services.notify.domain.notification import Notification
from services.notify.domain.permissions import may_preview

Word = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=80)]


class AskPreview(Command):
    """`because`: what its reader is in the matter; without it, the first of those whom it goes to."""

    purpose: Word
    language: Language = "en"
    because: Word | None = None


class AskPurposes(Command):
    """Nothing is asked but which there are."""


def preview(asked: AskPreview, actor: Actor, samples: Samples, writer: Writer) -> View:
    """`{purpose, because, language, subject, text, html}`. Raises `NotAllowed`, `Unknown`."""
    may_preview(actor)
    found = samples.of(asked.purpose)
    if not found:
        raise Unknown(kind="purpose", id=asked.purpose)
    because = asked.because or next(iter(found))
    if because not in found:
        raise Unknown(kind="reader", id=because)
    reader, people = samples.read_by(found[because], asked.language)
    letter = writer.letter(Message(found[because], reader, people, offer=_offer(found[because])))
    return {
        "purpose": asked.purpose,
        "because": because,
        "language": asked.language,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
    }


def _offer(notification: Notification) -> Offer | None:
    """The links that the mail would have; those of a preview lead nowhere."""
    question = question_of(notification)
    return Offer("preview", question.answers) if question else None


def purposes(asked: AskPurposes, actor: Actor, samples: Samples) -> View:  # noqa: ARG001 (every question has one)
    """`{items}`: every purpose with the parts that its readers have in the matter. Raises `NotAllowed`."""
    may_preview(actor)
    return {"items": [{"purpose": each, "because": list(samples.of(each))} for each in samples.purposes()]}
