"""A person says from a mail how soon they want mails of its kind."""

from dataclasses import replace
from typing import Literal

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
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
    try:
        found = preferences.load(preferences_id(person))
    except Unknown:
        return preferences.add(preferences_id(person), mail_at(usual(person), category, command.pace), context)
    if answer := found.answered(context):
        return answer
    return preferences.save(found, mail_at(found.state, category, command.pace), context)
