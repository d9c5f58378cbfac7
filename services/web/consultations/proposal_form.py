"""The form by which a consultation is proposed: under what, who, when, over which cases."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Optional

from services.web.consultations.timed import TimedForm
from services.web.forms import at_most, choices, needed
from services.web.words import WORDS

ROWS, CASES = 8, 2
USUAL_ROLES = ("chair", "presenter", "interpreter")
"""Of the first rows; all others are specialists until somebody says otherwise."""
REPEATS = (
    ("", _l("Once")),
    ("FREQ=DAILY", _l("Every day")),
    ("FREQ=WEEKLY", _l("Every week")),
    ("FREQ=WEEKLY;INTERVAL=2", _l("Every two weeks")),
    ("FREQ=MONTHLY", _l("Every month")),
)
"""RFC 5545 rules, to which how often is added."""


class ProposalForm(TimedForm):
    """Who takes part stands in rows (`person-1`, `role-1` …), so do cases (`reference-1` …).

    A person is chosen for a site: `per_…@sit_…`. `first` and `last`: the days among which a time is looked for.
    """

    under = SelectField(_l("Cooperation condition"), validators=[needed])
    title = StringField(_l("Title"), validators=[needed, at_most(200)])
    minutes = SelectField(_l("Length"), coerce=int, default=60, validators=[needed])
    first = DateField(_l("From day"), validators=[Optional()])
    last = DateField(_l("To day"), validators=[Optional()])
    repeat = SelectField(_l("Repeats"), choices=choices(REPEATS))
    times = IntegerField(
        _l("How many times"), validators=[Optional(), NumberRange(1, 60, _l("From %(min)s to %(max)s."))]
    )
    link = StringField(_l("Link to join"), validators=[Optional(), at_most(500)])
    rooms = SelectMultipleField(_l("Rooms"))
    urgent = BooleanField(_l("It is urgent"))
    reason = TextAreaField(_l("Why is it urgent?"), validators=[Optional(), at_most(2000)])
    waived = SelectMultipleField(_l("Also set aside"))
    wait = BooleanField(_l("If somebody is busy then, put it on the waiting list"))

    def rows_of(self, number: int) -> tuple[Any, ...]:
        """Person, role, whether they have to come, languages and deputy of a row, from 1 on."""
        return tuple(self[f"{name}-{number}"] for name in ("person", "role", "comes", "languages", "deputy"))

    def case(self, number: int) -> tuple[Any, ...]:
        """Reference, question, urgency, presenter and consent of a case, from 1 on."""
        return tuple(self[f"{name}-{number}"] for name in ("reference", "question", "urgency", "presenter", "consent"))

    def taken_rows(self) -> list[int]:
        """The rows in which somebody is named."""
        return [number for number in range(1, ROWS + 1) if self[f"person-{number}"].data]

    def open_rows(self) -> list[int]:
        """The rows in which only a pair of languages is named: any interpreter will do."""
        return [
            number
            for number in range(1, ROWS + 1)
            if self[f"languages-{number}"].data and not self[f"person-{number}"].data
        ]

    def begun_cases(self) -> list[int]:
        return [
            number
            for number in range(1, CASES + 1)
            if self[f"reference-{number}"].data or self[f"question-{number}"].data
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Beside each field by itself: a time, whoever is to interpret, and cases that are begun to their end."""
        is_filled = super().validate(extra_validators)
        missing = [self[f"person-{number}"] for number in self.open_rows()]
        for number in self.begun_cases():
            reference, question, _urgency, presenter, _consent = self.case(number)
            missing += [field for field in (reference, question, presenter) if not field.data]
        if self.repeat.data and not self.times.data:
            missing.append(self.times)
        missing += [field for field in (self.on, self.at) if field.data is None and not field.errors]
        for field in missing:
            field.errors = [*field.errors, str(needed.message)]
        return is_filled and not missing

    def validate_window(self) -> bool:
        """What is needed to look for a time."""
        for field in (self.first, self.last, self.zone, self.minutes):
            if not field.data and not field.errors:
                field.errors = [str(needed.message)]
        return not any(field.errors for field in (self.first, self.last, self.zone, self.minutes))

    def place_of(self, path: str) -> str:
        """`participants.0.person_id` is the first row that is filled in, `cases.0.question` the first case's text."""
        whole, *within = path.split(".")
        number = int(within[0]) if within and within[0].isdigit() else 0
        if whole == "participants":
            taken = self.taken_rows()
            return f"person-{taken[number] if number < len(taken) else 1}"
        if whole == "cases":
            begun = self.begun_cases()
            name = within[1] if len(within) > 1 and f"{within[1]}-1" in self else "reference"
            return f"{name}-{begun[number] if number < len(begun) else 1}"
        return {"waive": "reason", "recurrence": "times"}.get(whole, super().place_of(path))


def _add_rows() -> None:
    roles, comes = WORDS["consulting-role"], (("required", _l("Has to come")), ("optional", _l("If possible")))
    for number in range(1, ROWS + 1):
        usual = USUAL_ROLES[number - 1] if number <= len(USUAL_ROLES) else "specialist"
        fields = {
            "person": SelectField(_l("Who")),
            "role": SelectField(_l("Role"), choices=choices(roles.items()), default=usual),
            "comes": SelectField(_l("Attendance"), choices=choices(comes), default="required"),
            "languages": SelectField(_l("Interprets")),
            "deputy": SelectField(_l("Deputy")),
        }
        for name, field in fields.items():
            setattr(ProposalForm, f"{name}-{number}", field)


def _add_cases() -> None:
    for number in range(1, CASES + 1):
        fields = {
            "reference": StringField(_l("Reference"), validators=[Optional(), at_most(200)]),
            "question": TextAreaField(_l("Question"), validators=[Optional(), at_most(2000)]),
            "urgency": SelectField(_l("Urgency"), choices=choices(WORDS["urgency"].items())),
            "presenter": SelectField(_l("Who presents it")),
            "consent": BooleanField(_l("The patient has agreed that the case is discussed")),
        }
        for name, field in fields.items():
            setattr(ProposalForm, f"{name}-{number}", field)


_add_rows()
_add_cases()
