"""Writing an announcement: the form, a look at what it makes, and sending exactly that.

Everything typed goes from step to step with the page; nothing is kept before it is sent.
"""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from chassis.kernel.actor import ADMINISTRATOR
from services.web.announcements.audience import Directory, directory
from services.web.announcements.forms import AnnounceForm
from services.web.asking import signed_in_actor
from services.web.commands import Command, give
from services.web.looking import Looked, look
from services.web.refusals import Refusal

announcing = Blueprint("announcing", __name__, template_folder="templates", url_prefix="/announcements")


@announcing.get("/new")
def form() -> str:
    there = directory()
    return _page(AnnounceForm.fresh(there, signed_in_actor()), there)


@announcing.post("/new")
def change() -> str:
    """Back from the look at it."""
    return _page(*_sent())


@announcing.get("/<any(preview, send):_step>")
def form_is_there(_step: str) -> ResponseReturnValue:
    return redirect(url_for(".form"))


@announcing.post("/preview")
def preview() -> ResponseReturnValue:
    sent, there = _sent()
    if not sent.validate_on_submit():
        return _page(sent, there), 422
    asked = sent.fields()
    looked = look(sent, "notify", "preview_announcement", asked)
    if looked.answer is None:
        return _page(sent, there, looked.refusal, looked), looked.status
    return render_template(
        "announcements/preview.html", form=sent, asked=asked, preview=looked.answer, names=there.names
    )


@announcing.post("/send")
def send() -> ResponseReturnValue:
    sent, there = _sent()
    done = _("It is announced. Everybody whom it is for is told, some hundreds at a time.")
    return give(
        Command(sent, "notify", "announce", done, back=url_for("announcements.listing")),
        then=lambda receipt: url_for("announcements.one", announcement_id=receipt["id"]),
        again=lambda refusal: _page(sent, there, refusal),
    )


def _sent() -> tuple[AnnounceForm, Directory]:
    there = directory()
    return AnnounceForm().offer(there, signed_in_actor()), there


def _page(shown: AnnounceForm, there: Directory, refusal: Refusal | None = None, looked: Looked | None = None) -> str:
    return render_template(
        "announcements/write.html",
        form=shown,
        there=there,
        refusal=refusal,
        looked=looked,
        to_all=signed_in_actor().has(ADMINISTRATOR),
    )
