"""What a link says by which a person sets how soon they want mails of a kind."""

from chassis.commands import Command
from services.notify.application.pace_links import PaceToken, PaceTokens, named_by
from services.notify.application.ports import People, PreferencesOfPeople
from services.notify.application.queries.views import View
from services.notify.domain.channels import EMAIL
from services.notify.domain.person import stranger
from services.notify.domain.preferences import AT_ONCE


class AskPaceLink(Command):
    """Whoever has the token may ask."""

    token: PaceToken


def pace_link(asked: AskPaceLink, tokens: PaceTokens, people: People, preferences: PreferencesOfPeople) -> View:
    """`{category, pace, language}`: `category` null for all of them; `language` the person's. Raises `Unknown`."""
    person, category = named_by(asked.token, tokens)
    said = preferences.of([person])[person]
    wanted = said.said_of(category) if category else said.otherwise
    reader = people.named([person]).get(person) or stranger(person)
    return {"category": category or None, "pace": wanted.get(EMAIL, AT_ONCE), "language": reader.language}
