"""Forms that move a consultation on. A field is named as the command's field is, or `fields` says what it becomes."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import Optional

from services.web.asking import now, today_at
from services.web.command_ids import new_form_id
from services.web.consultations.reading import ConsultationPage
from services.web.forms import ChangeForm, at_most, needed


class ConsultationForm(ChangeForm):
    """`offer` says what may be chosen, `start` what stands in a fresh one; `about`: the participant or task, if any.

    `is_sent`: whether somebody filled it in, so that it is shown open when it comes back.
    """

    is_sent = False

    @classmethod
    def fresh(cls, page: ConsultationPage, about: str = "", key: str = "") -> Self:
        """As it stands on a page that is opened."""
        seen = {"command_id": new_form_id(now()), "expected_version": page.consultation["version"]}
        form = cls.shaped(page)(formdata=None, data={**seen, **cls.start(page, about)}, key=key)
        form.offer(page, about)
        return form

    @classmethod
    def sent(cls, page: ConsultationPage, about: str = "", key: str = "") -> Self:
        """As it was filled in; what may be chosen is what the consultation says now."""
        form = cls.shaped(page)(key=key)
        form.offer(page, about)
        form.is_sent = True
        return form

    @classmethod
    def shaped(cls, page: ConsultationPage) -> type[Self]:  # noqa: ARG003 (most look the same on every page)
        """The form as this page needs it."""
        return cls

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        return {}

    def offer(self, page: ConsultationPage, about: str) -> None:
        """Fills in what may be chosen."""


class ReasonForm(ConsultationForm):
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])


class NoteForm(ConsultationForm):
    text = TextAreaField(_l("Note for everybody who takes part"), validators=[needed, at_most(2000)])


class CounterForm(ConsultationForm):
    """The other time that was shown is taken; `slot`: of which session."""

    slot = HiddenField()

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:
        return {"slot": page.asks_for(about).slot or ""}

    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "slot": self.slot.data or None}


class DeclineCounterForm(CounterForm):
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])


class CompleteForm(ConsultationForm):
    REFUSED_AT: ClassVar[Mapping[str, str]] = {"DateInTheFuture": "done_on"}

    done_on = DateField(_l("Done on"), validators=[needed])
    note = StringField(_l("Note"), validators=[Optional(), at_most(2000)])

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        return {"done_on": today_at(page.consultation["zone"])}
