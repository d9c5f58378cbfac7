"""The inbox: what the person signed in was told, marking it read, and saying that they know of it."""

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
from services.web.words import word

inbox = Blueprint("inbox", __name__, template_folder="templates", url_prefix="/inbox")


@inbox.get("")
def listing() -> ResponseReturnValue:
    return _show(None)


@inbox.get("/<id(ntf):_notification_id>/<any(read, acknowledge):_act>")
def form_is_there(_notification_id: str, _act: str) -> ResponseReturnValue:
    return _show(None)


@inbox.post("/<id(ntf):notification_id>/read")
def mark_read(notification_id: str) -> ResponseReturnValue:
    return _say(notification_id, "mark_read", _("Marked as read."))


@inbox.post("/<id(ntf):notification_id>/acknowledge")
def acknowledge(notification_id: str) -> ResponseReturnValue:
    return _say(notification_id, "acknowledge", word("acknowledged", "answered"))


def _say(notification_id: str, method: str, done: str) -> ResponseReturnValue:
    back = url_for(".listing")
    command = Command(CommandForm(), "notify", method, done, back, {"notification_id": notification_id})
    on = local_address(request.args.get("next")) if "next" in request.args else back
    return give(command, then=lambda _receipt: on, again=_show)


def _show(refusal: Refusal | None) -> str:
    after = request.args.get("after") or None
    box = ask("notify", "inbox", after=after, limit=25)
    forms = {
        item["id"]: CommandForm(formdata=None, data={"command_id": new_form_id(now())})
        for item in box["items"]
        if not item["read_at"] or (item["acknowledge_by"] and not item["acknowledged_at"])
    }
    return render_template("inbox/list.html", box=box, forms=forms, refusal=refusal, after=after, ends=site_ends())
