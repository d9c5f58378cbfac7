"""What became of messages: whom they were for, every attempt to bring them, and sending one once more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.asking import ask
from services.web.clients import Refused
from services.web.commands import Command, give
from services.web.deliveries.forms import LogForm, ResendForm
from services.web.directory import people_names, site_ends
from services.web.refusals import Known, Refusal

deliveries = Blueprint("deliveries", __name__, template_folder="templates", url_prefix="/deliveries")

NOTHING: Mapping[str, Any] = {"items": [], "next": None}


@dataclass(frozen=True)
class Sent:
    """The form to send a notification once more as it came back, and why it was refused."""

    notification: str
    form: ResendForm
    refusal: Refusal | None


@deliveries.get("")
def listing() -> ResponseReturnValue:
    form = LogForm.asked()
    try:
        return _shown(form, _found(form))
    except Refused as refused:
        refusal = form.complaint(refused)
        return _shown(form, NOTHING, refusal), refusal.status


@deliveries.get("/<id(ntf):notification_id>/resend")
def form_is_there(notification_id: str) -> ResponseReturnValue:
    return redirect(_back(notification_id))


@deliveries.post("/<id(ntf):notification_id>/resend")
def resend(notification_id: str) -> ResponseReturnValue:
    form, back = ResendForm(), _back(notification_id)
    done, fields = _("It is sent once more."), {"notification": notification_id}
    command = Command(form, "notify", "resend", done, back, fields, known=_known)
    return give(command, then=lambda _receipt: back, again=lambda refusal: _again(Sent(notification_id, form, refusal)))


def _back(notification_id: str) -> str:
    return url_for(".listing", _anchor=notification_id, **_here(LogForm.asked()))


def _here(form: LogForm) -> dict[str, Any]:
    """What brings the same page of the log back."""
    after = request.args.get("after")
    return form.given() | ({"after": after} if after else {})


def _known() -> Known:
    return Known(people_names(), site_ends())


def _found(form: LogForm) -> Mapping[str, Any]:
    found: Mapping[str, Any] = ask("notify", "deliveries", limit=25, **_here(form))
    return found


def _again(sent: Sent) -> str:
    form = LogForm.asked()
    return _shown(form, _found(form), sent.refusal, sent)


def _shown(form: LogForm, found: Mapping[str, Any], refusal: Refusal | None = None, sent: Sent | None = None) -> str:
    forms = {each["id"]: ResendForm.fresh() for each in found["items"]}
    if sent:
        forms[sent.notification] = sent.form
    return render_template(
        "deliveries/list.html",
        form=form,
        found=found,
        here=_here(form),
        forms=forms,
        sent=sent,
        refusal=refusal,
        names=people_names(),
        ends=site_ends(),
    )
