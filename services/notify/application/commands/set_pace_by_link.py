"""A person says from a mail how soon they want mails of its kind."""

from dataclasses import replace
from functools import partial
from typing import Literal

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.application.deciding import decided_on
from services.notify.application.pace_links import PaceToken, PaceTokens, named_by
from services.notify.application.ports import PreferencesOfPeople
from services.notify.domain.preferences import mail_at, preferences_id, usual


class SetPaceByLink(Command):
    """Whoever has the token says it in the person's name."""

    token: PaceToken
    pace: Literal["at-once", "daily", "weekly", "never"]


def set_pace_by_link(
    command: SetPaceByLink, context: Context, tokens: PaceTokens, preferences: PreferencesOfPeople
) -> Receipt:
    """Keeps it in the person's preferences; everything else they said stays. Raises `Unknown`."""
    person, category = named_by(command.token, tokens)
    context = replace(context, actor=Actor(person))
    decide = partial(mail_at, category=category, pace=command.pace)
    return decided_on(preferences, preferences_id(person), usual(person), decide, context)
