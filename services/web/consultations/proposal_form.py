"""The form by which a consultation is proposed: under what, who, when, over which cases."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from services.web.consultations.case_fields import CASE, case_fields
from services.web.consultations.rows_form import RowsForm, row_fields
from services.web.consultations.series_form import SeriesForm
from services.web.forms import asked_for, at_most, needed

ROWS, CASES = 8, 2
USUAL_ROLES = ("chair", "presenter", "interpreter")
"""Of the first rows."""


class ProposalForm(RowsForm, SeriesForm):
    """Beside who takes part and when: cases, in rows as well (`reference-1` …).

    `first` and `last`: the days among which a time is looked for.
    """

    rows: ClassVar[int] = ROWS
    REFUSED_AT: ClassVar[Mapping[str, str]] = {
        **SeriesForm.REFUSED_AT,
        "RoomNotNeeded": "rooms",
        "RoomTooSmall": "rooms",
        "NotUrgent": "urgent",
        "WaiverNeedsReason": "reason",
    }

    under = SelectField(_l("Cooperation condition"), validators=[needed])
    title = StringField(_l("Title"), validators=[needed, at_most(200)])
    first = DateField(_l("From day"), validators=[Optional()])
    last = DateField(_l("To day"), validators=[Optional()])
    rooms = SelectMultipleField(_l("Rooms"))
    urgent = BooleanField(_l("It is urgent"))
    reason = TextAreaField(_l("Why is it urgent?"), validators=[Optional(), at_most(2000)])
    waived = SelectMultipleField(_l("Also set aside"))
    wait = BooleanField(_l("If somebody is busy then, put it on the waiting list"))

    def case(self, number: int) -> tuple[Any, ...]:
        """Reference, question, urgency, presenter and consent of a case, from 1 on."""
        return tuple(self[f"{name}-{number}"] for name in CASE)

    def begun_cases(self) -> list[int]:
        return [
            number
            for number in range(1, CASES + 1)
            if self[f"reference-{number}"].data or self[f"question-{number}"].data
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Beside who and when: cases that are begun are written to their end."""
        is_filled = bool(super().validate(extra_validators))
        missing = []
        for number in self.begun_cases():
            reference, question, _urgency, presenter, _consent = self.case(number)
            missing += [field for field in (reference, question, presenter) if not field.data]
        return not asked_for(missing) and is_filled

    def validate_window(self) -> bool:
        """What is needed to look for a time."""
        window = (self.first, self.last, self.zone, self.minutes)
        asked_for(field for field in window if not field.data and not field.errors)
        return not any(field.errors for field in window)

    def place_of(self, path: str) -> str:
        """`cases.0.question` is the first case's text."""
        whole, *within = path.split(".")
        if whole != "cases":
            return "reason" if whole == "waive" else super().place_of(path)
        number, begun = int(within[0]) if within and within[0].isdigit() else 0, self.begun_cases()
        name = within[1] if len(within) > 1 and within[1] in CASE else "reference"
        return f"{name}-{begun[number] if number < len(begun) else 1}"


for _name, _field in row_fields(ROWS, usual_roles=USUAL_ROLES).items():
    setattr(ProposalForm, _name, _field)
for _number in range(1, CASES + 1):
    for _name, _field in case_fields(has_to_be=False).items():
        setattr(ProposalForm, f"{_name}-{_number}", _field)
