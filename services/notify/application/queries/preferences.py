"""How a person wants to be told."""

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from contracts.words import PersonId
from services.notify.application.ports import PreferencesOfPeople
from services.notify.application.queries.views import View
from services.notify.domain.hours import Hours
from services.notify.domain.permissions import may_prefer
from services.notify.domain.preferences import Preferences, preferences_id, usual
from services.notify.domain.purposes import CATEGORIES


class AskPreferences(Command):
    """`person`: the actor, where it is left out."""

    person: PersonId | None = None


def preferences(asked: AskPreferences, actor: Actor, kept: PreferencesOfPeople) -> View:
    """All of them, and the categories they may be said about; `version` null where nothing was said. `NotAllowed`."""
    person = may_prefer(actor, asked.person)
    version, said = _standing(person, kept)
    return {
        "person": person,
        "version": version,
        "categories": list(CATEGORIES),
        "wanted": {category: dict(wanted) for category, wanted in said.wanted.items()},
        "otherwise": dict(said.otherwise),
        "hours": _hours(said.hours),
        "digest_at": f"{said.digest_at:%H:%M}",
        "digest_on": said.digest_on,
    }


def _standing(person: str, kept: PreferencesOfPeople) -> tuple[int | None, Preferences]:
    try:
        found = kept.load(preferences_id(person))
    except Unknown:
        return None, usual(person)
    return found.version, found.state


def _hours(hours: Hours | None) -> View | None:
    if hours is None:
        return None
    return {
        "quiet_from": f"{hours.quiet_from:%H:%M}",
        "quiet_until": f"{hours.quiet_until:%H:%M}",
        "working_days": list(hours.working_days),
    }
