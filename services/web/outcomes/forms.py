"""Forms of the outcome pages. A field is named as the command's field is."""

from collections.abc import Mapping
from typing import Any, ClassVar

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
    """The decision at the gate that was shown; its buttons carry it. One piece of evidence, of a kind that it needs."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {
        "ReasonNeeded": "reason",
        "EvidenceMissing": "evidence",
        "EvidenceInvalid": "reference",
        "BackOnNeeded": "back_on",
        "BackOnNotInFuture": "back_on",
    }

    gate = HiddenField(validators=[needed])
    decision = SelectField(_l("Decision"), choices=choices(WORDS["gate"].items()))
    reason = TextAreaField(_l("Reason"), validators=[Optional(), at_most(2000)])
    evidence_kind = SelectField(_l("Kind of evidence"), choices=choices(WORDS["evidence"].items()))
    evidence = StringField(_l("Evidence (document, minutes)"), validators=[Optional(), at_most(200)])
    reference = StringField(_l("Where it is (link, file number)"), validators=[Optional(), at_most(500)])
    back_on = DateField(_l("Comes back on"), validators=[Optional()])

    def fields(self) -> dict[str, Any]:
        """What was typed of evidence as a list, and the day only of what comes back."""
        fields = super().fields()
        kind, title, reference = (fields.pop(name) for name in ("evidence_kind", "evidence", "reference"))
        evidence = [{"kind": kind, "title": title, "reference": reference}] if title or reference else []
        back_on = fields.pop("back_on") if fields["decision"] == "deferred" else None
        return fields | {"evidence": evidence, "back_on": back_on}

    def place_of(self, path: str) -> str:
        """`reference` for `evidence.0.reference`."""
        return "reference" if path == "evidence.0.reference" else super().place_of(path)


class AdoptionForm(ChangeForm):
    adopting_site = SelectField(_l("Hospital that adopts it"), validators=[needed])
    adopted_on = DateField(_l("In use since"), validators=[needed])
    note = TextAreaField(_l("Note"), validators=[Optional(), at_most(2000)])
