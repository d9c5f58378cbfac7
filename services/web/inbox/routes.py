"""The inbox: what the person signed in was told, and marking it read."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.asking import ask, now
from services.web.command_ids import new_form_id
from services.web.commands import Command, give
from services.web.directory import site_ends
from services.web.forms import CommandForm
from services.web.refusals import Refusal
from services.web.security import local_address

inbox = Blueprint("inbox", __name__, template_folder="templates", url_prefix="/inbox")


@inbox.get("")
def listing() -> ResponseReturnValue:
    return _show(None)


@inbox.get("/<id(ntf):_notification_id>/read")
def form_is_there(_notification_id: str) -> ResponseReturnValue:
    return _show(None)


@inbox.post("/<id(ntf):notification_id>/read")
def mark_read(notification_id: str) -> ResponseReturnValue:
    back = url_for(".listing")
    fields = {"notification_id": notification_id}
    command = Command(CommandForm(), "notify", "mark_read", _("Marked as read."), back, fields)
    on = local_address(request.args.get("next")) if "next" in request.args else back
    return give(command, then=lambda _receipt: on, again=_show)


def _show(refusal: Refusal | None) -> str:
    after = request.args.get("after") or None
    box = ask("notify", "inbox", after=after, limit=25)
    forms = {
        item["id"]: CommandForm(formdata=None, data={"command_id": new_form_id(now())})
        for item in box["items"]
        if not item["read_at"]
    }
    return render_template("inbox/list.html", box=box, forms=forms, refusal=refusal, after=after, ends=site_ends())
