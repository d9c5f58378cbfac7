"""Forms of the outcome pages. A field is named as the command's field is."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from services.web.forms import ChangeForm, at_most, choices, needed
from services.web.words import WORDS


class ReportForm(ChangeForm):
    title = StringField(_l("Title"), validators=[needed, at_most(300)])
    summary = TextAreaField(_l("Summary"), validators=[needed, at_most(2000)])
    doi = StringField(_l("DOI, if there is one"), validators=[Optional(), at_most(200)])


class GateForm(ChangeForm):
    """The decision at the gate that was shown; its buttons carry it."""

    gate = HiddenField(validators=[needed])
    decision = SelectField(_l("Decision"), choices=choices(WORDS["gate"].items()))
    reason = TextAreaField(_l("Reason"), validators=[Optional(), at_most(2000)])
    evidence = StringField(_l("Evidence (document, minutes, link)"), validators=[Optional(), at_most(500)])


class AdoptionForm(ChangeForm):
    adopting_site = SelectField(_l("Hospital that adopts it"), validators=[needed])
    adopted_on = DateField(_l("In use since"), validators=[needed])
    note = TextAreaField(_l("Note"), validators=[Optional(), at_most(2000)])
