"""The form that closes a session: who was there, opinions on its cases, what is to be done, what was found."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from services.web.consultations.reading import ConsultationPage, View
from services.web.consultations.session_forms import AttendanceForm, sessions_to_choose
from services.web.forms import asked_for, at_most, choices, needed
from services.web.words import WORDS

TASKS = 3
OPINION, LATER, WHAT, OWNER, DUE, ABOUT = "opinion-", "later-", "what-", "owner-", "due-", "about-"
ABOUT_A_CASE = ("CaseSettled", "NoSuchCase")


class CloseForm(AttendanceForm):
    """Opinions are named by their cases, as are sessions that take a case on; tasks by their numbers from 1 on."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {"AttendanceMissing": "attended", "NotExpectedThere": "attended"}

    summary = TextAreaField(_l("What was found together"), validators=[Optional(), at_most(2000)])
    outcome_type = SelectField(_l("Expected outcome"), choices=choices(WORDS["outcome"].items()), default="publication")
    due_days = IntegerField(_l("Due in so many days"), validators=[Optional()], default=90)

    @classmethod
    def shaped(cls, page: ConsultationPage) -> type[Self]:
        """With an opinion for each case that the session has not settled yet, or the later session that takes it on.

        And room for all that was said of cases while they were open.
        """
        named: dict[str, Any] = {}
        waiting = page.open_cases(page.begun["slot"]) if page.begun else []
        for case in page.consultation["cases"]:
            opinion, later = _l("Opinion on %(case)s", case=case["reference"]), _l("Or a later session takes it on")
            if case in waiting or _said(OPINION, case):
                named[f"{OPINION}{case['id']}"] = TextAreaField(opinion, validators=[Optional(), at_most(2000)])
            if (case in waiting and page.after_this) or _said(LATER, case):
                named[f"{LATER}{case['id']}"] = SelectField(later)
        return type(cls.__name__, (cls,), named)

    def offer(self, page: ConsultationPage, about: str) -> None:
        super().offer(page, about)
        cases = [(case["id"], case["reference"]) for case in page.consultation["cases"]]
        for number in range(1, TASKS + 1):
            self[f"{OWNER}{number}"].choices = choices([("", "—"), *page.people.items()])
            self[f"{ABOUT}{number}"].choices = choices([("", "—"), *cases])
        for field in self._of_cases(LATER).values():
            # What was chosen is for the service to refuse where it is no later session any more.
            sessions = page.consultation["sessions"]
            offered = [each for each in sessions if each in page.after_this or each["slot"] == field.data]
            field.choices = choices([("", "—"), *sessions_to_choose(page, offered)])

    def validate(self, extra_validators: Any = None) -> bool:
        """A task that is begun is written to its end; a case has an opinion, or waits."""
        is_filled = bool(super().validate(extra_validators))
        begun = [field for number in self._tasks() for field in self._task(number)]
        is_whole = not asked_for(field for field in begun if not field.data and not field.errors)
        return self._is_told_once() and is_whole and is_filled

    def _is_told_once(self) -> bool:
        both = [later for case, later in self._of_cases(LATER).items() if later.data and self._opinions().get(case)]
        for field in both:
            field.errors = [_("Either an opinion is given now, or a later session takes the case on.")]
        return not both

    def fields(self) -> dict[str, Any]:
        return {
            "slot": self.slot.data,
            "attended": self.attended.data,
            "opinions": self._opinions(),
            "postponed": {case: field.data for case, field in self._of_cases(LATER).items() if field.data},
            "actions": [self._action(number) for number in self._tasks()],
            "finding": self._finding(),
            "expected_version": self.expected_version.data,
        }

    def place_of(self, path: str) -> str:
        """`actions.0.due_on` is the first task's day, `opinions.cas_…` the opinion on that case."""
        whole, *within = path.split(".")
        if whole == "actions" and len(within) > 1 and within[0].isdigit():
            number = int(within[0])
            begun = self._tasks()
            prefix = {"what": WHAT, "owner": OWNER, "due_on": DUE, "case_id": ABOUT}.get(within[1], WHAT)
            return f"{prefix}{begun[number]}" if number < len(begun) else ""
        if whole in ("opinions", "postponed") and within:
            return f"{OPINION if whole == 'opinions' else LATER}{within[0]}"
        return (within[0] if within else "summary") if whole == "finding" else whole

    def mark_refused(self, name: str, facts: Mapping[str, Any], message: str) -> None:
        """Of several cases that nothing is said of, or tasks that are due on such a day, each is marked."""
        super().mark_refused(name, facts, message)
        for due in (self[f"{DUE}{number}"] for number in self._tasks()):
            if name == "DueInThePast" and str(due.data) == facts["due_on"]:
                due.errors = [*due.errors, message]
        for case, field in self._of_cases(OPINION).items():
            if name == "OpinionMissing" and case in facts["cases"]:
                field.errors = [*field.errors, str(needed.message)]

    def refused_at(self, name: str, facts: Mapping[str, Any]) -> str:
        """Of a case that is settled by now, whatever was said of it."""
        case = facts.get("case")
        if name in ABOUT_A_CASE and case in {**self._of_cases(LATER), **self._of_cases(OPINION)}:
            return f"{OPINION if case in self._opinions() else LATER}{case}"
        return super().refused_at(name, facts)

    def _of_cases(self, prefix: str) -> dict[str, Any]:
        """The fields by the ids of their cases."""
        return {field.name.removeprefix(prefix): field for field in self if field.name.startswith(prefix)}

    def _opinions(self) -> dict[str, str]:
        """Those that are given."""
        texts = {case: (field.data or "").strip() for case, field in self._of_cases(OPINION).items()}
        return {case: text for case, text in texts.items() if text}

    def _task(self, number: int) -> tuple[Any, Any, Any]:
        return self[f"{WHAT}{number}"], self[f"{OWNER}{number}"], self[f"{DUE}{number}"]

    def _tasks(self) -> list[int]:
        """The numbers of those that are begun."""
        return [number for number in range(1, TASKS + 1) if any(field.data for field in self._task(number))]

    def _action(self, number: int) -> dict[str, Any]:
        what, owner, due = (field.data for field in self._task(number))
        about = self[f"{ABOUT}{number}"].data or None
        return {"what": what.strip(), "owner": owner, "due_on": due.isoformat(), "case_id": about}

    def _finding(self) -> dict[str, Any] | None:
        if not (self.summary.data or "").strip():
            return None
        return {
            "summary": self.summary.data.strip(),
            "outcome_type": self.outcome_type.data,
            "due_days": self.due_days.data or 90,
        }


def _said(of: str, case: View) -> bool:
    """Whether anything was sent in this field of the case."""
    return bool(request.form.get(f"{of}{case['id']}", "").strip())


for _number in range(1, TASKS + 1):
    setattr(CloseForm, f"{WHAT}{_number}", StringField(_l("Task"), validators=[Optional(), at_most(200)]))
    setattr(CloseForm, f"{OWNER}{_number}", SelectField(_l("Whose")))
    setattr(CloseForm, f"{DUE}{_number}", DateField(_l("Due"), validators=[Optional()]))
    setattr(CloseForm, f"{ABOUT}{_number}", SelectField(_l("Case")))
