"""Forms about a webhook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from services.web.forms import ChangeForm, CommandForm, at_most, choices, needed
from services.web.words import word

ALLIANCE = ""
"""Whose it is that belongs to no site."""
MOST = 2000
"""Characters of an address, and of a text."""


@dataclass(frozen=True)
class Group:
    """What may be chosen about one kind of thing. `whole` stands for all of `each`, and is missing for leftovers."""

    name: str
    whole: str | None
    each: Sequence[str]

    def has_any(self, chosen: Iterable[str]) -> bool:
        """Whether one of the single events is among these."""
        return bool({*self.each} & {*chosen})


def grouped(offered: Iterable[str], standing: Iterable[str] = ()) -> list[Group]:
    """The event types by what they are about; what stands chosen and is not offered so comes last."""
    about: dict[str, list[str]] = {}
    for each in offered:
        about.setdefault(".".join(each.split(".")[:2]), []).append(each)
    groups = [Group(word(name, "events-of"), f"{name}.*", each) for name, each in about.items()]
    known = {value for group in groups for value in (group.whole, *group.each)}
    left = [each for each in standing if each not in known]
    return [*groups, Group(_("Others"), None, left)] if left else groups


class Wanting:
    """The fields of what somebody wants to be told, and where."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {
        "AddressNotAllowed": "url",
        "EventTypeNotOffered": "event_types",
        "TooManyWebhooks": "site_id",
        "NotAllowed": "site_id",
    }

    url = StringField(
        _l("Address"), validators=[needed, at_most(MOST)], render_kw={"inputmode": "url", "spellcheck": "false"}
    )
    event_types = SelectMultipleField(_l("Events"), validators=[needed])
    description = TextAreaField(_l("Which system it is"), validators=[Optional(), at_most(MOST)])

    groups: Sequence[Group] = ()

    def offer(self, groups: Sequence[Group]) -> None:
        """Fills in which events may be chosen."""
        self.groups = groups
        wholes = [(each.whole, _("All of: %(what)s", what=each.name)) for each in groups if each.whole]
        self.event_types.choices = choices([*wholes, *((each, each) for group in groups for each in group.each)])


class RegisterForm(Wanting, CommandForm):
    # Which sites there are may not be known just now; whether it may be this one, notify says.
    site_id = SelectField(_l("Whose it is"), validate_choice=False)

    def belong(self, owners: Iterable[tuple[str, str]]) -> None:
        """Fills in whose it may be: pairs of a site's id, or `ALLIANCE`, and its name."""
        self.site_id.choices = choices(owners)

    def fields(self) -> dict[str, Any]:
        return super().fields() | {"site_id": self.site_id.data or None}


class ChangeWebhookForm(Wanting, ChangeForm):
    pass


class RotateForm(ChangeForm):
    REFUSED_AT: ClassVar[Mapping[str, str]] = {"TooManySecrets": "overlap_hours"}

    overlap_hours = SelectField(
        _l("The old one goes on for"),
        coerce=int,
        choices=[
            SelectChoice(24, _l("One day")),
            SelectChoice(48, _l("Two days")),
            SelectChoice(168, _l("One week")),
            SelectChoice(0, _l("Not at all: somebody has seen it")),
        ],
    )


class DisableForm(ChangeForm):
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(MOST)])
