"""The form by which others take part from now on."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from services.web.consultations.forms import ConsultationForm
from services.web.consultations.reading import ConsultationPage, View
from services.web.consultations.rows_form import RowsForm, deputy_names, row_fields
from services.web.forms import at_most, needed

SPARE, MOST_ROWS, MOST_DEPUTIES = 2, 60, 5
"""Rows for people to come beside those who take part; the others are the most that the command takes."""


class ParticipantsForm(RowsForm, ConsultationForm):
    """A row for everybody who takes part now, and some more; whoever's row is emptied takes part no longer.

    `row_of`: the row in which each of them stands at first.
    """

    row_of: ClassVar[Mapping[str, int]] = {}

    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])

    @classmethod
    def shaped(cls, page: ConsultationPage) -> type[Self]:
        """Room for all who take part, and for all that was filled in while they were more."""
        taking_part = page.consultation["participants"]
        rows = min(max(len(taking_part) + SPARE, _last(r"person-(\d{1,2})")), MOST_ROWS)
        named = max(len(each["deputies"]) for each in taking_part)
        deputies = min(max(1, named, _last(r"deputy-\d+-(\d)")), MOST_DEPUTIES)
        row_of = {each["person"]: number for number, each in enumerate(taking_part, 1)}
        room: dict[str, Any] = {"rows": rows, "deputies": deputies, "row_of": row_of}
        return type(cls.__name__, (cls,), room | row_fields(rows, deputies))

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        data: dict[str, Any] = {}
        for number, each in enumerate(page.consultation["participants"], 1):
            data |= _row(number, each)
        return data

    def refused_at(self, name: str, facts: Mapping[str, Any]) -> str:
        """Who has to stay is asked for in the row that was theirs."""
        if name == "StillPresents":
            row = self.row_of.get(str(facts.get("person")))
            return f"person-{row}" if row else ""
        return super().refused_at(name, facts)

    def fields(self) -> dict[str, Any]:
        return {
            "participants": self.participants(),
            "reason": (self.reason.data or "").strip(),
            "expected_version": self.expected_version.data,
        }


def _row(number: int, participant: View) -> dict[str, Any]:
    deputies = [each["person"] for each in participant["deputies"]]
    return {
        f"person-{number}": f"{participant['person']}@{participant['site']}",
        f"role-{number}": participant["role"],
        f"comes-{number}": "required" if participant["required"] else "optional",
        f"languages-{number}": " ".join(sorted(participant["languages"])),
        **dict(zip(deputy_names(number, len(deputies)), deputies, strict=False)),
    }


def _last(name: str) -> int:
    """The highest number among the fields of such a name that were sent; 0 for none."""
    found = (re.fullmatch(name, each) for each in request.form)
    return max((int(each[1]) for each in found if each), default=0)
