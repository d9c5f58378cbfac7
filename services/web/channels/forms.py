"""The form by which somebody says why a channel is paused, or goes on."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from services.web.asking import now
from services.web.command_ids import new_form_id
from services.web.forms import CommandForm, at_most, needed


class ReasonForm(CommandForm):
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])

    @classmethod
    def fresh(cls) -> Self:
        return cls(formdata=None, data={"command_id": new_form_id(now())})

    def fields(self) -> dict[str, Any]:
        return {"reason": str(self.reason.data).strip()}
