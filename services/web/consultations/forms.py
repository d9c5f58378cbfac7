"""Forms that move a consultation on. A field is named as the command's field is, or `fields` says what it becomes."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from services.web.asking import today_at
from services.web.consultations.reading import ConsultationPage, View
from services.web.consultations.timed import TYPED, TimedForm
from services.web.forms import ChangeForm, at_most, choices, needed
from services.web.times import End, moments, read_instant
from services.web.words import WORDS


class ConsultationForm(ChangeForm):
    """`offer` says what may be chosen, `start` what stands in a fresh one; `about`: the participant or task, if any."""

    @classmethod
    def shaped(cls, page: ConsultationPage) -> type[Self]:  # noqa: ARG003 (most look the same on every page)
        """The form as this page needs it."""
        return cls

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        return {}

    def offer(self, page: ConsultationPage, about: str) -> None:
        """Fills in what may be chosen."""


class PlainChange(ConsultationForm):
    """Nothing is asked but whether."""


class ReasonForm(ConsultationForm):
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])


class NoteForm(ConsultationForm):
    text = TextAreaField(_l("Note for everybody who takes part"), validators=[needed, at_most(2000)])


class CounterForm(ConsultationForm):
    """The other time that was shown is taken; `slot`: of which session."""

    slot = HiddenField()

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:
        return {"slot": page.asks_for(about)[1] or ""}

    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "slot": self.slot.data or None}


class DeclineCounterForm(CounterForm):
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])


class SessionForm(ConsultationForm):
    """About one of the sessions that are to come; there is a choice where there are several."""

    slot = SelectField(_l("Which session"))

    def offer(self, page: ConsultationPage, about: str) -> None:  # noqa: ARG002
        self.slot.choices = choices(self.slots(page) or [("", "")])

    def slots(self, page: ConsultationPage) -> list[tuple[str, str]]:
        """Those that have not begun; none where there is only one session anyway, which needs no name."""
        if len(page.planned) < 2:
            return []
        return [(each["slot"], _written(each["begins"], page.ends)) for each in page.to_come]

    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "slot": self.slot.data or None}


class CancelSessionForm(SessionForm):
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])


class ReplyForm(TimedForm, SessionForm):
    """A participant's answer: its buttons carry the status; another time goes with a tentative one."""

    status = SelectField(
        _l("Reply"), choices=choices((code, WORDS["reply"][code]) for code in ("accepted", "tentative", "declined"))
    )
    reason = TextAreaField(_l("Reason or remark"), validators=[Optional(), at_most(2000)])
    deputy = SelectField(_l("Who comes"))

    def offer(self, page: ConsultationPage, about: str) -> None:
        super().offer(page, about)
        self.offer_zones(page.ends)
        taking_part = next((each for each in page.consultation["participants"] if each["person"] == about), None)
        deputies = taking_part["deputies"] if taking_part else []
        self.deputy.choices = choices(
            [("", page.people.get(about, about)), *((each["person"], each["name"]) for each in deputies)]
        )

    def slots(self, page: ConsultationPage) -> list[tuple[str, str]]:
        found = super().slots(page)
        return [("", _("All sessions")), *found] if found else []

    def fields(self) -> dict[str, Any]:
        given = {name: value for name, value in super().fields().items() if name not in TYPED}
        return {**given, "deputy": self.deputy.data or None, "begins": self.begins}


class MoveForm(TimedForm, SessionForm):
    minutes = SelectField(_l("Length"), coerce=int, validators=[needed])
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        return {"minutes": minutes_of(page.planned[0]) if page.planned else 60}

    def offer(self, page: ConsultationPage, about: str) -> None:
        super().offer(page, about)
        self.offer_zones(page.ends)
        self.minutes.choices = lengths()

    def validate(self, extra_validators: Any = None) -> bool:
        is_filled = super().validate(extra_validators)
        if self.on.data is None and not self.on.errors:
            self.on.errors = self.at.errors = [str(needed.message)]
        return is_filled and not self.on.errors

    def fields(self) -> dict[str, Any]:
        given = {name: value for name, value in super().fields().items() if name not in TYPED}
        return {**given, "begins": self.begins}


class AttendanceForm(ConsultationForm):
    """Who is there; of the session that the page showed."""

    slot = HiddenField(validators=[needed])
    attended = SelectMultipleField(_l("Who was there"))

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        session = page.begun
        if session is None:
            return {}
        there = session["attended"] if session["attended"] is not None else session["comes"]
        return {"slot": session["slot"], "attended": there}

    def offer(self, page: ConsultationPage, about: str) -> None:  # noqa: ARG002
        self.attended.choices = choices(page.people.items())


class MissedForm(ReasonForm):
    slot = HiddenField(validators=[needed])

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        return {"slot": page.begun["slot"]} if page.begun else {}


class CompleteForm(ConsultationForm):
    done_on = DateField(_l("Done on"), validators=[needed])
    note = StringField(_l("Note"), validators=[Optional(), at_most(2000)])

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        return {"done_on": today_at(page.consultation["zone"])}


def lengths() -> list[Any]:
    """A quarter of an hour to eight hours."""
    return choices((str(quarter * 15), _duration(quarter * 15)) for quarter in range(1, 33))


def minutes_of(session: View) -> int:
    """How long a session takes."""
    takes = read_instant(session["ends"]) - read_instant(session["begins"])
    return int(takes.total_seconds() // 60)


def _duration(minutes: int) -> str:
    return str(_("%(hours)d:%(minutes)02d h", hours=minutes // 60, minutes=minutes % 60))


def _written(instant: str, ends: tuple[End, ...]) -> str:
    return " · ".join(f"{at.text} {at.label}" for at in moments(instant, ends))
