"""Announcements that were made: all of them, and how far one has come."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.announcements.audience import directory
from services.web.announcements.forms import WithdrawForm
from services.web.asking import ask
from services.web.commands import Command, give
from services.web.directory import site_ends
from services.web.refusals import Known, Refusal

announcements = Blueprint("announcements", __name__, template_folder="templates", url_prefix="/announcements")

MOST = 100
"""The newest that are listed; there is no question for those before them."""


@announcements.get("")
def listing() -> str:
    found = ask("notify", "announcements", limit=MOST)["items"]
    return render_template("announcements/list.html", found=found, most=MOST, there=directory())


@announcements.get("/<id(ann):announcement_id>")
def one(announcement_id: str) -> str:
    return _shown(announcement_id, WithdrawForm.fresh(), None)


@announcements.get("/<id(ann):announcement_id>/withdraw")
def form_is_there(announcement_id: str) -> ResponseReturnValue:
    return redirect(url_for(".one", announcement_id=announcement_id))


@announcements.post("/<id(ann):announcement_id>/withdraw")
def withdraw(announcement_id: str) -> ResponseReturnValue:
    form, back = WithdrawForm(), url_for(".one", announcement_id=announcement_id)
    command = Command(
        form,
        "notify",
        "withdraw_announcement",
        _("It is withdrawn. Whoever was not told yet is told nothing."),
        back,
        {"announcement_id": announcement_id},
        known=lambda: Known(ends=site_ends()),
    )
    return give(command, then=lambda _receipt: back, again=lambda refusal: _shown(announcement_id, form, refusal))


def _shown(announcement_id: str, form: WithdrawForm, refusal: Refusal | None) -> str:
    said = ask("notify", "announcement", announcement_id=announcement_id)
    return render_template("announcements/one.html", said=said, there=directory(), form=form, refusal=refusal)
