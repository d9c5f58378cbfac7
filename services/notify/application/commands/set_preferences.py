"""A person says how they want to be told."""

from datetime import time
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from chassis.commands import Command, Version
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import StaleVersion
from contracts.words import PersonId
from services.notify.application.chat import Addresses, must_have_addresses
from services.notify.application.deciding import keep, standing
from services.notify.application.ports import PreferencesOfPeople
from services.notify.domain.hours import EVERY_DAY, Hours
from services.notify.domain.permissions import may_prefer
from services.notify.domain.preferences import NEVER, prefer, preferences_id, usual

Category = Literal["visits", "consultations", "agreements", "outcomes", "imports", "webhooks", "announcements"]
ReachedBy = Literal["email", "wecom", "dingtalk", "feishu", "whatsapp", "sms"]
Pace = Literal["at-once", "daily", "weekly", "if-others-fail", "never"]
Weekday = Annotated[int, Field(ge=1, le=7, strict=True)]


class HoursGiven(Command):
    """`working_days`: ISO weekdays, 1 for Monday."""

    quiet_from: time
    quiet_until: time
    working_days: tuple[Weekday, ...] = Field(default=EVERY_DAY, min_length=1, max_length=7)

    @model_validator(mode="after")
    def _leaves_time(self) -> Self:
        if len(set(self.working_days)) < len(self.working_days):
            raise ValueError("a weekday stands twice")
        return self

    def hours(self) -> Hours:
        return Hours(self.quiet_from, self.quiet_until, tuple(sorted(self.working_days)))


class SetPreferences(Command):
    """Everything at once: what is left out is as if nobody had said anything.

    `person`: the actor, where it is left out. `expected_version`: the one seen before; none where there was nothing.
    """

    person: PersonId | None = None
    wanted: dict[Category, dict[ReachedBy, Pace]] = Field(default_factory=dict)
    otherwise: dict[ReachedBy, Pace] = Field(default={"email": "at-once"})
    hours: HoursGiven | None = None
    digest_at: time = time(8)
    digest_on: Weekday = 1
    expected_version: Version | None = None

    def channels(self) -> set[str]:
        """Those by which the person may be told of anything."""
        said = (self.otherwise, *self.wanted.values())
        return {channel for wanted in said for channel, pace in wanted.items() if pace != NEVER}


def set_preferences(
    command: SetPreferences, context: Context, preferences: PreferencesOfPeople, addresses: Addresses
) -> Receipt:
    """Keeps them whole. Raises `NotAllowed`, `NoSuchAddress`, `StaleVersion`."""
    person = may_prefer(context.actor, command.person)
    must_have_addresses(person, command.channels(), addresses)
    said = {
        "wanted": dict(command.wanted),
        "otherwise": dict(command.otherwise),
        "hours": command.hours.hours() if command.hours else None,
        "digest_at": command.digest_at,
        "digest_on": command.digest_on,
    }
    found = standing(preferences, preferences_id(person), usual(person))
    if answer := found.answered(context):
        return answer
    seen = command.expected_version or 0
    if seen != found.version:
        raise StaleVersion(id=found.id, expected=seen, actual=found.version)
    return keep(preferences, found, prefer(found.state, **said), context)
