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


PIECES = (("evidence_kind", "evidence", "reference"), ("further_kind", "further", "further_reference"))
"""The fields of each piece of evidence. No gate needs more kinds than these are."""


class GateForm(ChangeForm):
    """The decision at the gate that was shown; its buttons carry it. Evidence of the kinds that the gate needs."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {
        "ReasonNeeded": "reason",
        "EvidenceMissing": "evidence",
        "BackOnNeeded": "back_on",
        "BackOnNotInFuture": "back_on",
    }

    gate = HiddenField(validators=[needed])
    decision = SelectField(_l("Decision"), choices=choices(WORDS["gate"].items()))
    reason = TextAreaField(_l("Reason"), validators=[Optional(), at_most(2000)])
    evidence_kind = SelectField(_l("Kind of evidence"), choices=choices(WORDS["evidence"].items()))
    evidence = StringField(_l("Evidence (document, minutes)"), validators=[Optional(), at_most(200)])
    reference = StringField(_l("Where it is (link, file number)"), validators=[Optional(), at_most(500)])
    further_kind = SelectField(_l("Kind of further evidence"), choices=choices(WORDS["evidence"].items()))
    further = StringField(_l("Further evidence"), validators=[Optional(), at_most(200)])
    further_reference = StringField(_l("Where that is (link, file number)"), validators=[Optional(), at_most(500)])
    back_on = DateField(_l("Comes back on"), validators=[Optional()])

    def fields(self) -> dict[str, Any]:
        """What was typed of evidence as a list, and the day only of what comes back."""
        fields = super().fields()
        named = ("kind", "title", "reference")
        evidence = [dict(zip(named, map(fields.get, piece), strict=True)) for piece in self._told()]
        back_on = fields["back_on"] if fields["decision"] == "deferred" else None
        others = {name: value for name, value in fields.items() if name not in {*PIECES[0], *PIECES[1]}}
        return others | {"evidence": evidence, "back_on": back_on}

    def place_of(self, path: str) -> str:
        """`reference` for `evidence.0.reference`, or `further_reference` where nothing else was typed."""
        name, _, rest = path.partition(".")
        number, _, field = rest.partition(".")
        if name != "evidence" or field != "reference":
            return super().place_of(path)
        return self._told()[int(number)][2]

    def refused_at(self, name: str, facts: Mapping[str, Any]) -> str:
        """What is wrong with evidence stands beside the piece of that number."""
        if name == "EvidenceInvalid":
            return self.place_of(f"evidence.{facts['evidence'] - 1}.reference")
        return super().refused_at(name, facts)

    def _told(self) -> list[tuple[str, str, str]]:
        """The pieces of which anything was typed."""
        return [piece for piece in PIECES if self[piece[1]].data or self[piece[2]].data]


class AdoptionForm(ChangeForm):
    adopting_site = SelectField(_l("Hospital that adopts it"), validators=[needed])
    adopted_on = DateField(_l("In use since"), validators=[needed])
    note = TextAreaField(_l("Note"), validators=[Optional(), at_most(2000)])
