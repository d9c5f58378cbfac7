"""The form by which somebody subscribes to a calendar."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from services.web.asking import signed_in_actor
from services.web.calendars.subjects import Subjects
from services.web.forms import CommandForm, choices, needed
from services.web.languages import NAMES

KINDS = {"per": "person", "sit": "site", "dep": "department", "agr": "agreement"}
"""What each id begins with."""


class SubscribeForm(CommandForm):
    """Whose calendar, and in which language."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {"NotAllowed": "subject", "Unknown": "subject"}

    subject = SelectField(_l("Whose calendar"), validators=[needed])
    language = SelectField(_l("Language of its entries"), choices=choices(NAMES.items()))

    def offer(self, whose: Subjects) -> None:
        self.subject.choices = whose.offered(signed_in_actor())

    def fields(self) -> dict[str, Any]:
        subject = str(self.subject.data)
        return {"kind": KINDS[subject[:3]], "subject": subject, "language": self.language.data}
