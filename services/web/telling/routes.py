"""How the person signed in wants to be told: by which channel, how soon, at which hours."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.asking import ask
from services.web.commands import Command, give
from services.web.refusals import Refusal
from services.web.telling.forms import Said, TellingForm

telling = Blueprint("telling", __name__, template_folder="templates", url_prefix="/account/messages")


@telling.get("")
def page() -> str:
    return _shown(TellingForm.fresh(_said()), None)


@telling.post("")
def keep() -> ResponseReturnValue:
    form, back = TellingForm.sent(_said()), url_for(".page")
    command = Command(form, "notify", "set_preferences", _("This is how it is from now on."), back)
    return give(command, then=lambda _receipt: back, again=lambda refusal: _shown(form, refusal))


def _said() -> Said:
    addresses = ask("notify", "addresses")["items"]
    confirmed = tuple(each["channel"] for each in addresses if each["state"] == "confirmed")
    return Said(ask("notify", "preferences"), confirmed)


def _shown(form: TellingForm, refusal: Refusal | None) -> str:
    return render_template("telling/page.html", form=form, refusal=refusal)
