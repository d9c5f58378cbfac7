"""Forms about who stands in for somebody."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Optional

from services.web.asking import signed_in_actor
from services.web.forms import ChangeForm, CommandForm, at_most, needed


class NameForm(CommandForm):
    """Both days are left out where the person is not away."""

    REFUSED_AT: ClassVar[dict[str, str]] = {
        "OfNoSiteOfTheirs": "deputy_id",
        "AbsenceReversed": "last",
        "AbsenceOver": "last",
    }

    deputy_id = SelectField(_l("Who stands in for you"), validators=[needed])
    first = DateField(_l("First day away"), validators=[Optional()])
    last = DateField(_l("Last day away"), validators=[Optional()])

    def offer(self, colleagues: Iterable[SelectChoice]) -> "NameForm":
        self.deputy_id.choices = [SelectChoice("", "—"), *colleagues]
        return self

    def fields(self) -> dict[str, Any]:
        return super().fields() | {"person_id": signed_in_actor().person}


class WithdrawForm(ChangeForm):
    reason = TextAreaField(_l("Reason or remark"), validators=[Optional(), at_most(2000)])

    def fields(self) -> dict[str, Any]:
        return super().fields() | {"person_id": signed_in_actor().person}
