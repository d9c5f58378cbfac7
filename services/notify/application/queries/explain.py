"""Why a person was told of something, or was not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from contracts.words import PersonId
from services.notify.application.gate import Breakers, Channels
from services.notify.application.ports import Notifications
from services.notify.application.queries.channels import standing, stopped
from services.notify.application.queries.deliveries import item
from services.notify.application.queries.views import About, View
from services.notify.application.searching import SoughtNotifications
from services.notify.domain.admin.explaining import NOT_TOLD, TOLD, sentence_about, why_not_told
from services.notify.domain.admin.permissions import may_explain
from services.notify.domain.delivery import WAITING, Delivery
from services.notify.domain.notification import Notification

MOST_LOOKED_AT = 200
"""The newest notifications about the thing, to whomever: what happened longer ago is asked of `deliveries`."""

EventId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")]
Found = Sequence[Loaded[Notification]]


class AskExplain(Command):
    """`about`: the thing, or with `event` one thing that happened to it, by the event's id."""

    person: PersonId
    about: About
    event: EventId | None = None


def explain(
    asked: AskExplain, actor: Actor, now: datetime, notifications: Notifications, kept: Channels, breakers: Breakers
) -> View:
    """`{person, about, whole, items}`: what happened, the latest first, each with whether and why the person was told.

    `whole` is false where more was told than is looked at. Only what anybody was told of is known to have happened.
    Raises `NotAllowed`.
    """
    may_explain(actor)
    found = notifications.search(SoughtNotifications(about=asked.about), after=None, limit=MOST_LOOKED_AT)
    stopped_now = {name: stopped(each, breakers.of(name), now) for name, each in standing(kept).items()}
    by_event: dict[str, list[Loaded[Notification]]] = {}
    for each in found:
        by_event.setdefault(each.state.cause.event, []).append(each)
    wanted = [told for event, told in by_event.items() if asked.event in (None, event)]
    latest_first = sorted(wanted, key=lambda told: told[0].state.cause.happened_at, reverse=True)
    return {
        "person": asked.person,
        "about": asked.about,
        "whole": len(found) < MOST_LOOKED_AT,
        "items": [_happening(asked.person, told, stopped_now) for told in latest_first],
    }


def _happening(person: str, told: Found, stopped_now: Mapping[str, str]) -> View:
    cause = told[0].state.cause
    own = [each for each in told if each.state.recipient == person]
    why = TOLD if own else why_not_told(person, cause.facts)
    return {
        "event": cause.event,
        "at": cause.happened_at.isoformat(),
        "told": len(told),
        "why": why,
        "sentence": "" if own else NOT_TOLD[why],
        "notifications": [_explained(each, stopped_now) for each in own],
    }


def _explained(found: Loaded[Notification], stopped_now: Mapping[str, str]) -> View:
    shown = item(found)
    sentences = [_sentence(each, stopped_now[each.channel]) for each in found.state.deliveries]
    deliveries = [each | {"sentence": said} for each, said in zip(shown["deliveries"], sentences, strict=True)]
    return shown | {"deliveries": deliveries}


def _sentence(delivery: Delivery, stopped_now: str) -> str:
    waits = delivery.state in WAITING and stopped_now
    return f"{sentence_about(delivery)} {stopped_now}" if waits else sentence_about(delivery)
