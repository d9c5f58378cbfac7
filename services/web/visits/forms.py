"""Forms of the visit pages. A field is named as the command's field is."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from services.web.forms import ChangeForm, CommandForm, at_most, choices, needed
from services.web.words import WORDS


class ProposeForm(CommandForm):
    """Who goes to which department, when and what for; agreement and condition stand in the address."""

    purpose = StringField(_l("Purpose of the visit"), validators=[needed, at_most(2000)])
    host_department = SelectField(_l("Host department"), validators=[needed])
    visitors = SelectMultipleField(_l("Visitors"), validators=[needed])
    leader = SelectField(_l("Leader of the group"), validators=[needed])
    planned_arrival = DateField(_l("First day"), validators=[needed])
    planned_departure = DateField(_l("Last day"), validators=[needed])


class ReplyForm(ChangeForm):
    """One party's answer: its buttons carry the status."""

    status = SelectField(
        _l("Reply"), choices=choices((code, WORDS["reply"][code]) for code in ("accepted", "tentative", "declined"))
    )
    reason = TextAreaField(_l("Reason or remark"), validators=[Optional(), at_most(2000)])


class CancelForm(ChangeForm):
    reason = TextAreaField(_l("Why is it cancelled?"), validators=[needed, at_most(2000)])


class ArrivalForm(ChangeForm):
    arrived_on = DateField(_l("Arrived on (day at the host)"), validators=[needed])


class FulfilForm(ChangeForm):
    departed_on = DateField(_l("Left on (day at the host)"), validators=[needed])
    report = TextAreaField(_l("Short report"), validators=[needed, at_most(2000)])
