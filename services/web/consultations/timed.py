"""The part of a form in which a day and a time are typed by the clock of one of the places that meet."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, TimeField
from wtforms.validators import Optional

from services.web.asking import now
from services.web.forms import CommandForm, choices, needed
from services.web.local_times import NeverThere, NotATime, instant
from services.web.times import End, offset

QUARTER_OF_AN_HOUR = {"step": 900}
"""Seconds: what the browser's own control offers; whether a time is possible the service decides."""
TYPED = ("on", "at", "zone")


class TimedForm(CommandForm):
    """`begins` is the instant that was typed; none where neither day nor time was."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {
        "NotOnTheQuarter": "at",
        "AtNight": "at",
        "OutsideHours": "at",
        "SlotGone": "at",
        "SessionInThePast": "on",
        "TooShortNoticeForConsultation": "on",
        "SiteOnHoliday": "on",
        "SiteDayOff": "on",
        "UnknownZone": "zone",
    }

    on = DateField(_l("Day"), validators=[Optional()])
    at = TimeField(_l("Time"), validators=[Optional()], render_kw=QUARTER_OF_AN_HOUR)
    zone = SelectField(_l("By the clock of"), validators=[needed])

    def offer_zones(self, ends: Iterable[End]) -> None:
        """One choice for each clock that those who meet go by."""
        self.zone.choices = choices((end.zone, _place(end)) for end in ends)

    @property
    def begins(self) -> str | None:
        if not (self.on.data and self.at.data):
            return None
        return instant(self.on.data, self.at.data, str(self.zone.data)).isoformat()

    def validate(self, extra_validators: Any = None) -> bool:
        """Beside each field by itself: day and time go together, and are one instant there."""
        is_filled = super().validate(extra_validators)
        return self._is_an_instant() and is_filled

    def place_of(self, path: str) -> str:
        return "at" if path == "begins" else super().place_of(path)

    def _is_an_instant(self) -> bool:
        if self.zone.errors or self.on.errors or self.at.errors:
            return False
        for field, other in ((self.on, self.at), (self.at, self.on)):
            if other.data is not None and field.data is None:
                field.errors = [str(needed.message)]
                return False
        try:
            return self.begins is not None or self.on.data is None
        except NotATime as wrong:
            self.at.errors = [_never() if isinstance(wrong, NeverThere) else _twice()]
            return False


def _place(end: End) -> str:
    """`Pakistan UTC+5 · Provincial Hospital, Gilgit`."""
    clock = f"{end.label} {offset(end.zone, now())}"
    return clock if end.name == end.label else f"{clock} · {end.name}"


def _never() -> str:
    return str(_("There is no such time on that day there: the clocks are put forward over it."))


def _twice() -> str:
    return str(_("This time comes twice on that day there: the clocks are put back. Please choose another one."))
