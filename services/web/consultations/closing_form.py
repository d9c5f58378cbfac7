"""The form that closes a session: who was there, opinions on its cases, what is to be done, what was found."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from services.web.consultations.reading import ConsultationPage
from services.web.consultations.session_forms import AttendanceForm
from services.web.forms import at_most, choices, needed
from services.web.words import WORDS

TASKS = 3
OPINION, WHAT, OWNER, DUE = "opinion-", "what-", "owner-", "due-"


class CloseForm(AttendanceForm):
    """Opinions are named by their cases, tasks by their numbers from 1 on."""

    summary = TextAreaField(_l("What was found together"), validators=[Optional(), at_most(2000)])
    outcome_type = SelectField(_l("Expected outcome"), choices=choices(WORDS["outcome"].items()), default="publication")
    due_days = IntegerField(_l("Due in so many days"), validators=[Optional()], default=90)

    @classmethod
    def shaped(cls, page: ConsultationPage) -> type[Self]:
        """With an opinion for each case that the session has not settled yet."""
        cases = page.open_cases(page.begun["slot"]) if page.begun else []
        named: dict[str, Any] = {
            f"{OPINION}{case['id']}": TextAreaField(
                _l("Opinion on %(case)s", case=case["reference"]), validators=[Optional(), at_most(2000)]
            )
            for case in cases
        }
        return type(cls.__name__, (cls,), named)

    def offer(self, page: ConsultationPage, about: str) -> None:
        super().offer(page, about)
        for number in range(1, TASKS + 1):
            self[f"{OWNER}{number}"].choices = choices([("", "—"), *page.people.items()])

    def validate(self, extra_validators: Any = None) -> bool:
        """A task that is begun is written to its end."""
        is_filled = bool(super().validate(extra_validators))
        for number in self._tasks():
            for field in self._task(number):
                if not field.data and not field.errors:
                    field.errors, is_filled = [str(needed.message)], False
        return is_filled

    def fields(self) -> dict[str, Any]:
        return {
            "slot": self.slot.data,
            "attended": self.attended.data,
            "opinions": {
                field.name.removeprefix(OPINION): text
                for field in self
                if field.name.startswith(OPINION) and (text := (field.data or "").strip())
            },
            "actions": [
                {"what": what.data.strip(), "owner": owner.data, "due_on": due.data.isoformat()}
                for what, owner, due in map(self._task, self._tasks())
            ],
            "finding": self._finding(),
            "expected_version": self.expected_version.data,
        }

    def place_of(self, path: str) -> str:
        """`actions.0.due_on` is the first task's day, `opinions.cas_…` the opinion on that case."""
        whole, *within = path.split(".")
        if whole == "actions" and len(within) > 1 and within[0].isdigit():
            number = int(within[0])
            begun = self._tasks()
            prefix = {"what": WHAT, "owner": OWNER, "due_on": DUE}.get(within[1], WHAT)
            return f"{prefix}{begun[number]}" if number < len(begun) else ""
        if whole == "opinions" and within:
            return f"{OPINION}{within[0]}"
        return (within[0] if within else "summary") if whole == "finding" else whole

    def _task(self, number: int) -> tuple[Any, Any, Any]:
        return self[f"{WHAT}{number}"], self[f"{OWNER}{number}"], self[f"{DUE}{number}"]

    def _tasks(self) -> list[int]:
        """The numbers of those that are begun."""
        return [number for number in range(1, TASKS + 1) if any(field.data for field in self._task(number))]

    def _finding(self) -> dict[str, Any] | None:
        if not (self.summary.data or "").strip():
            return None
        return {
            "summary": self.summary.data.strip(),
            "outcome_type": self.outcome_type.data,
            "due_days": self.due_days.data or 90,
        }


for _number in range(1, TASKS + 1):
    setattr(CloseForm, f"{WHAT}{_number}", StringField(_l("Task"), validators=[Optional(), at_most(200)]))
    setattr(CloseForm, f"{OWNER}{_number}", SelectField(_l("Whose")))
    setattr(CloseForm, f"{DUE}{_number}", DateField(_l("Due"), validators=[Optional()]))
