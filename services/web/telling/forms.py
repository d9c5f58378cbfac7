"""The form by which people say how they want to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Self

from babel.dates import get_day_names
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField, TimeField
from wtforms.validators import Optional

from services.web.asking import now
from services.web.command_ids import new_form_id
from services.web.forms import CommandForm, asked_for, choices, needed
from services.web.languages import format_locale
from services.web.words import word

PACES = ("at-once", "daily", "weekly", "if-others-fail", "never")
EMAIL = "email"
EVENING, MORNING, EVERY_DAY = "21:00", "08:00", (1, 2, 3, 4, 5, 6, 7)
"""What the fields hold before somebody asks for hours."""


@dataclass(frozen=True)
class Said:
    """What notify says of a person: their preferences, and the channels by which they can be reached beside mail."""

    view: Mapping[str, Any]
    reached_by: tuple[str, ...]

    @property
    def channels(self) -> tuple[str, ...]:
        return (EMAIL, *self.reached_by)

    def pace(self, category: str, channel: str) -> str:
        """How soon they want to hear of the category by the channel."""
        return str(self.of(category).get(channel, "if-others-fail" if channel == EMAIL else "never"))

    def of(self, category: str) -> Mapping[str, str]:
        """All that they said of the category."""
        said: Mapping[str, str] = self.view["wanted"].get(category, self.view["otherwise"])
        return said


class TellingForm(CommandForm):
    """One list for each category and channel, beside the fields that there always are. `seen`: the version shown."""

    seen = HiddenField()
    keeps_hours = BooleanField(_l("What can wait comes only at these hours"))
    quiet_until = TimeField(_l("From this time"), validators=[Optional()])
    quiet_from = TimeField(_l("Until this time"), validators=[Optional()])
    working_days = SelectMultipleField(_l("On these days"), coerce=int)
    digest_at = TimeField(_l("What is gathered comes at"), validators=[needed])
    digest_on = SelectField(_l("Once a week on"), coerce=int)

    said: Said

    @classmethod
    def fresh(cls, said: Said) -> Self:
        """As things stand."""
        hours = said.view["hours"] or {}
        form: Self = _shaped(cls, said)(
            formdata=None,
            data={
                "command_id": new_form_id(now()),
                "seen": str(said.view["version"] or ""),
                "keeps_hours": bool(hours),
                "quiet_from": time.fromisoformat(hours.get("quiet_from", EVENING)),
                "quiet_until": time.fromisoformat(hours.get("quiet_until", MORNING)),
                "working_days": list(hours.get("working_days", EVERY_DAY)),
                "digest_at": time.fromisoformat(said.view["digest_at"]),
                "digest_on": said.view["digest_on"],
                **{_name(channel, each): said.pace(each, channel) for each, channel in _cells(said)},
            },
        )
        return form.offer(said)

    @classmethod
    def sent(cls, said: Said) -> Self:
        """As it was filled in."""
        form: Self = _shaped(cls, said)()
        return form.offer(said)

    def offer(self, said: Said) -> Self:
        """Fills in what may be chosen, in the page's language."""
        self.said = said
        days = choices((number + 1, name) for number, name in sorted(get_day_names(locale=format_locale()).items()))
        self.working_days.choices, self.digest_on.choices = days, days
        return self

    def rows(self) -> Sequence[tuple[str, Sequence[Field]]]:
        """Each category with its lists, one for each channel."""
        channels = self.said.channels
        return [(each, [self[_name(channel, each)] for channel in channels]) for each in self.said.view["categories"]]

    def validate(self, extra_validators: Any = None) -> bool:
        whole = bool(super().validate(extra_validators))
        if not self.keeps_hours.data:
            return whole
        given = (self.quiet_from, self.quiet_until, self.working_days)
        return not asked_for(each for each in given if not each.data) and whole

    def fields(self) -> dict[str, Any]:
        """Everything at once, as notify takes it; what the page does not show stays as it was said."""
        wanted = {each: dict(self.said.of(each)) for each in self.said.view["categories"]}
        for category, channel in _cells(self.said):
            wanted[category][channel] = self[_name(channel, category)].data
        told = {"wanted": wanted, "otherwise": dict(self.said.view["otherwise"]), "hours": self._hours()}
        digests = {"digest_at": f"{self.digest_at.data:%H:%M}", "digest_on": self.digest_on.data}
        return told | digests | ({"expected_version": int(self.seen.data)} if self.seen.data else {})

    def _hours(self) -> dict[str, Any] | None:
        if not self.keeps_hours.data:
            return None
        return {
            "quiet_from": f"{self.quiet_from.data:%H:%M}",
            "quiet_until": f"{self.quiet_until.data:%H:%M}",
            "working_days": self.working_days.data,
        }


def _shaped(form: type[TellingForm], said: Said) -> Any:
    lists = {
        _name(channel, category): SelectField(word(channel, "channel"), choices=_paces())
        for category, channel in _cells(said)
    }
    return type("ShapedTellingForm", (form,), lists)


def _paces() -> list[Any]:
    return choices((each, word(each, "how-soon")) for each in PACES)


def _cells(said: Said) -> list[tuple[str, str]]:
    return [(category, channel) for category in said.view["categories"] for channel in said.channels]


def _name(channel: str, category: str) -> str:
    return f"{channel}-{category}"
