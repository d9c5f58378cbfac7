"""A reply that somebody's calendar program wrote, brought as a file."""

import base64
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, ValidationError

from services.web.asking import now, panel
from services.web.command_ids import new_form_id
from services.web.commands import Command, give
from services.web.directory import site_ends
from services.web.forms import CommandForm, needed
from services.web.refusals import Known, Refusal
from services.web.security import takes

calendar_replies = Blueprint("calendar_replies", __name__, template_folder="templates")

MOST_KIB = 256
MOST_SIGNS = 4 * (MOST_KIB * 1024 // 3 + 1)
"""Of the largest file in base64."""
MOST_SENT = MOST_SIGNS + 64 * 1024
"""Bytes: the file, also where it is sent again in base64 with its signs escaped, and the form around it."""


class CalendarReplyForm(CommandForm):
    """`content` is the file in base64: a page that offers to send the same again brings it so, as no page can fill in
    a file."""

    file = FileField(_l("The file"), render_kw={"accept": ".ics,text/calendar", "required": True})
    content = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.file.data:
            self.content.data = base64.b64encode(self.file.data.read()).decode()

    def validate_file(self, _field: Field) -> None:
        """A file that holds something, and not too much; what it says is for the exchange to read."""
        content = self.content.data or ""
        if not content:
            raise ValidationError(str(needed.message))
        if len(content) > MOST_SIGNS:
            raise ValidationError(_("This file is too large: at most %(most)d KiB.", most=MOST_KIB))

    def fields(self) -> dict[str, Any]:
        return {"content": self.content.data}

    def typed(self) -> list[tuple[str, str]]:
        return [(str(self.file.label.text), self.file.data.filename)] if self.file.data else []

    def hidden(self) -> Iterable[tuple[str, str]]:
        return [(field.name, field.data) for field in (self.command_id, self.content)]


@calendar_replies.get("/consultations/replies")
def form() -> str:
    return _page(CalendarReplyForm(formdata=None, data={"command_id": new_form_id(now())}))


@calendar_replies.post("/consultations/replies")
@takes(MOST_SENT)
def bring() -> ResponseReturnValue:
    """Hands the file on; the exchange finds out whose reply it is, and to what."""
    sent = CalendarReplyForm()
    command = Command(
        sent,
        "exchange",
        "receive_calendar_reply",
        done=_("The reply is recorded."),
        back=url_for(".form"),
        known=_known,
    )
    return give(
        command,
        then=lambda receipt: url_for("consultations.one", consultation_id=receipt["id"]),
        again=lambda refusal: _page(sent, refusal),
    )


def _known() -> Known:
    """Whom and whose clocks a refusal may name: which consultation the file is about is not known here."""
    people = (panel("exchange", "people").content or {"items": []})["items"]
    return Known({person["id"]: person["passport_name"] for person in people}, site_ends())


def _page(shown: CalendarReplyForm, refusal: Refusal | None = None) -> str:
    return render_template("consultations/replies.html", form=shown, refusal=refusal, most=MOST_KIB)
