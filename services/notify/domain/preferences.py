"""What a person wants to hear of, by which channel, how soon and at what hours. Unsaid: all of it, by mail, at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any

from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived, document_id
from services.notify.domain.channels import CHANNELS, EMAIL, RINGING
from services.notify.domain.hours import Hours

AT_ONCE, DAILY, WEEKLY, NEVER = "at-once", "daily", "weekly", "never"
IF_OTHERS_FAIL = "if-others-fail"
PACES = (AT_ONCE, DAILY, WEEKLY, IF_OTHERS_FAIL, NEVER)

Wanted = Mapping[str, str]
"""Channel -> pace."""

_BY_MAIL: Wanted = {EMAIL: AT_ONCE}
WAKING = Hours()
"""When telephones may ring where nobody has said anything about their hours."""


@dataclass(frozen=True)
class Preferences:
    """`wanted`: category -> channel -> pace; what is not said of a category holds as `otherwise` says.

    `hours`: kept by all channels; where there are none, those that ring keep `WAKING` and mail comes at any hour.
    `digest_at`: when, by the person's clocks, a digest is put together; a weekly one on the ISO weekday `digest_on`.
    """

    id: str
    person: str
    wanted: Mapping[str, Wanted] = field(default_factory=dict)
    otherwise: Wanted = field(default_factory=lambda: dict(_BY_MAIL))
    hours: Hours | None = None
    digest_at: time = time(8)
    digest_on: int = 1

    def paces(self, category: str) -> Wanted:
        """Channel -> pace, of the channels by which the person wants to hear of a category in the first place."""
        return {channel: pace for channel, pace in self.said_of(category).items() if pace in (AT_ONCE, DAILY, WEEKLY)}

    def hours_of(self, channel: str) -> Hours | None:
        """The hours that a channel keeps; nothing where it may come at any hour."""
        return self.hours or (WAKING if channel in RINGING else None)

    def fallbacks(self, category: str) -> tuple[str, ...]:
        """The channels by which the person may be told of a category where others failed, in order: what they said,
        and mail unless they ruled it out.
        """
        said = {EMAIL: IF_OTHERS_FAIL} | dict(self.said_of(category))
        return tuple(channel for channel in CHANNELS if said.get(channel, NEVER) != NEVER)

    def said_of(self, category: str) -> Wanted:
        """Channel -> pace, as the person said."""
        return self.wanted.get(category, self.otherwise)


def preferences_id(person: str) -> str:
    """A person has one document of them."""
    return document_id("prf", derived(person, "preferences"))


def usual(person: str) -> Preferences:
    """What holds for somebody who has said nothing."""
    return Preferences(preferences_id(person), person)


def prefer(standing: Preferences, **said: Any) -> Decision[Preferences]:
    """The person says how they want to be told, all of it."""
    return Decision(replace(standing, **said), what="preferred")


def mail_at(standing: Preferences, category: str, pace: str) -> Decision[Preferences]:
    """Mails of a category come at that pace from now on, or all mails where it is empty; nothing else changes."""
    if category:
        wanted = {**standing.wanted, category: {**standing.said_of(category), EMAIL: pace}}
        return prefer(standing, wanted=wanted)
    each = {name: {**said, EMAIL: pace} for name, said in standing.wanted.items()}
    return prefer(standing, wanted=each, otherwise={**standing.otherwise, EMAIL: pace})
