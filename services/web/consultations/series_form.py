"""The part of a form in which it is said when a consultation meets: from when on, how long, and how often."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional

from services.web.consultations.timed import TimedForm
from services.web.forms import asked_for, at_most, choices, needed

REPEATS = (
    ("", _l("Once")),
    ("FREQ=DAILY", _l("Every day")),
    ("FREQ=WEEKLY", _l("Every week")),
    ("FREQ=WEEKLY;INTERVAL=2", _l("Every two weeks")),
    ("FREQ=MONTHLY", _l("Every month")),
)
"""RFC 5545 rules, to which how often is added."""


class SeriesForm(TimedForm):
    """`repeat` is a rule without its end, `times` the end."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {
        **TimedForm.REFUSED_AT,
        "FirstSessionElsewhere": "on",
        "SessionTooLong": "minutes",
        "SessionsOverlap": "repeat",
        "TooManySessions": "times",
        "RecurrenceTooLong": "times",
    }

    minutes = SelectField(_l("Length"), coerce=int, default=60, validators=[needed])
    repeat = SelectField(_l("Repeats"), choices=choices(REPEATS))
    times = IntegerField(
        _l("How many times"), validators=[Optional(), NumberRange(1, 60, _l("From %(min)s to %(max)s."))]
    )
    link = StringField(_l("Link to join"), validators=[Optional(), at_most(500)])

    def series(self) -> dict[str, Any]:
        """As the commands take it."""
        rule = self.repeat.data
        return {
            "begins": self.begins,
            "minutes": self.minutes.data,
            "zone": self.zone.data,
            "recurrence": f"{rule};COUNT={self.times.data}" if rule else "",
            "link": (self.link.data or "").strip(),
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Beside each field by itself: there is a time, and what repeats has an end."""
        is_filled = bool(super().validate(extra_validators))
        missing = [field for field in (self.on, self.at) if field.data is None and not field.errors]
        if self.repeat.data and self.times.data is None and not self.times.errors:
            missing.append(self.times)
        return not asked_for(missing) and is_filled

    def place_of(self, path: str) -> str:
        return "times" if path == "recurrence" else super().place_of(path)
