"""The fields in which a case is brought."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from services.web.forms import at_most, choices, needed
from services.web.words import WORDS

CASE = ("reference", "question", "urgency", "presenter", "consent")


def case_fields(*, has_to_be: bool) -> dict[str, Field]:
    """By the names in `CASE`. `has_to_be`: whether they have to be filled in."""
    asked = needed if has_to_be else Optional()
    return {
        "reference": StringField(_l("Reference"), validators=[asked, at_most(200)]),
        "question": TextAreaField(_l("Question"), validators=[asked, at_most(2000)]),
        "urgency": SelectField(_l("Urgency"), choices=choices(WORDS["urgency"].items())),
        "presenter": SelectField(_l("Who presents it"), validators=[needed] if has_to_be else []),
        "consent": BooleanField(_l("The patient has agreed that the case is discussed")),
    }


def brought(reference: Field, question: Field, urgency: Field, presenter: Field, consent: Field) -> dict[str, Any]:
    """The case as the commands take it."""
    return {
        "reference": reference.data.strip(),
        "question": question.data.strip(),
        "urgency": urgency.data,
        "presenter": presenter.data,
        "consent_confirmed": consent.data,
    }
