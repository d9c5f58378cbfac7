"""Why somebody was told of a thing, or was not."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.web.asking import ask
from services.web.clients import Refused
from services.web.deliveries.forms import WhyForm
from services.web.directory import people_names, site_ends
from services.web.forms import asked_for
from services.web.refusals import Refusal

explaining = Blueprint("explaining", __name__, template_folder="templates", url_prefix="/deliveries/why")


@explaining.get("")
def page() -> ResponseReturnValue:
    form = WhyForm.asked()
    given = form.given()
    if not given:
        return _shown(form)
    if asked_for(each for each in form if each.name not in given):
        return _shown(form), 422
    try:
        return _shown(form, ask("notify", "explain", **given))
    except Refused as refused:
        refusal = form.complaint(refused)
        return _shown(form, refusal=refusal), refusal.status


def _shown(form: WhyForm, told: Mapping[str, Any] | None = None, refusal: Refusal | None = None) -> str:
    """`told`: the answer of notify, where it was asked."""
    return render_template(
        "deliveries/why.html", form=form, told=told, refusal=refusal, names=people_names(), ends=site_ends()
    )
