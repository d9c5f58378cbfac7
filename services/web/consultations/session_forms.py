"""Forms about one session of a consultation, or its answers."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional

from services.web.consultations.forms import ConsultationForm, ReasonForm
from services.web.consultations.reading import ConsultationPage, View
from services.web.consultations.timed import TYPED, TimedForm
from services.web.forms import asked_for, at_most, choices, needed
from services.web.times import End, duration, moments
from services.web.words import WORDS


class SessionForm(ConsultationForm):
    """About one of the sessions that are to come; there is a choice where there are several."""

    slot = SelectField(_l("Which session"))

    def offer(self, page: ConsultationPage, about: str) -> None:  # noqa: ARG002
        self.slot.choices = choices(self.slots(page) or [("", "")])

    def slots(self, page: ConsultationPage) -> list[tuple[str, str]]:
        """Those that have not begun; none where there is only one session anyway, which needs no name."""
        return sessions_to_choose(page, page.to_come) if len(page.planned) > 1 else []

    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "slot": self.slot.data or None}


class CancelSessionForm(SessionForm):
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])


class OtherTimeForm(TimedForm, SessionForm):
    """Another time for a session, which stays as long as it is unless a length is chosen."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {**TimedForm.REFUSED_AT, "SessionTooLong": "minutes"}

    minutes = SelectField(_l("Length"), default="")

    def offer(self, page: ConsultationPage, about: str) -> None:
        super().offer(page, about)
        self.offer_zones(page.ends)
        self.minutes.choices = [*choices([("", _("As long as it is now"))]), *lengths()]

    def fields(self) -> dict[str, Any]:
        given = {name: value for name, value in super().fields().items() if name not in TYPED}
        return {**given, "begins": self.begins, "minutes": int(self.minutes.data) if self.minutes.data else None}


class ReplyForm(OtherTimeForm):
    """A participant's answer: its buttons carry the status; another time goes with a tentative one."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {
        **OtherTimeForm.REFUSED_AT,
        "CounterLengthNeedsTime": "on",
        "CounterTimeNeedsTentative": "at",
        "NotADeputy": "deputy",
    }

    status = SelectField(
        _l("Reply"), choices=choices((code, WORDS["reply"][code]) for code in ("accepted", "tentative", "declined"))
    )
    reason = TextAreaField(_l("Reason or remark"), validators=[Optional(), at_most(2000)])
    deputy = SelectField(_l("Who comes"))

    def offer(self, page: ConsultationPage, about: str) -> None:
        super().offer(page, about)
        taking_part = next((each for each in page.consultation["participants"] if each["person"] == about), None)
        deputies = taking_part["deputies"] if taking_part else []
        self.deputy.choices = choices(
            [("", page.people.get(about, about)), *((each["person"], each["name"]) for each in deputies)]
        )

    def slots(self, page: ConsultationPage) -> list[tuple[str, str]]:
        found = super().slots(page)
        return [("", _("All sessions")), *found] if found else []

    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "deputy": self.deputy.data or None}


class MoveForm(OtherTimeForm):
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])

    def validate(self, extra_validators: Any = None) -> bool:
        is_filled = super().validate(extra_validators)
        missing = [field for field in (self.on, self.at) if field.data is None and not field.errors]
        return not asked_for(missing) and is_filled


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


def lengths() -> list[Any]:
    """A quarter of an hour to eight hours."""
    return choices((str(quarter * 15), duration(quarter * 15)) for quarter in range(1, 33))


def sessions_to_choose(page: ConsultationPage, sessions: list[View]) -> list[tuple[str, str]]:
    """Each by its slot, told by when it begins at every end."""
    return [(each["slot"], _written(each["begins"], page.ends)) for each in sessions]


def _written(instant: str, ends: tuple[End, ...]) -> str:
    return " · ".join(f"{at.text} {at.label}" for at in moments(instant, ends))
