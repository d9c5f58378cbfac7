"""The list of visits and one visit."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.web.asking import ask, now, today_at
from services.web.command_ids import new_form_id
from services.web.forms import ChangeForm
from services.web.refusals import Refusal
from services.web.visits.forms import ArrivalForm, CancelForm, FulfilForm, ReplyForm
from services.web.visits.reading import STATES, VisitPage, steps, visit_page

visits = Blueprint("visits", __name__, template_folder="templates")


@visits.get("/visits")
def listing() -> ResponseReturnValue:
    state, after = request.args.get("state") or None, request.args.get("after") or None
    found = ask("exchange", "visits", state=state, after=after, limit=25)
    return render_template("visits/list.html", found=found, state=state, states=STATES, after=after)


@visits.get("/visits/<id(vis):visit_id>")
def one(visit_id: str) -> ResponseReturnValue:
    return show(visit_id)


def show(visit_id: str, sent: ChangeForm | None = None, refusal: Refusal | None = None) -> str:
    """The page of one visit; `sent` is a form that came back, with what was typed in it, and `refusal` why."""
    page = visit_page(visit_id)
    forms = _forms(page)
    if sent is not None:
        sent.saw(page.visit["version"])
        forms = {key: sent if key == sent.key else form for key, form in forms.items()}
    is_offered = sent is not None and sent.key in forms
    return render_template(
        "visits/one.html",
        page=page,
        visit=page.visit,
        forms=forms,
        steps=steps(page.visit["state"]),
        refusal=refusal,
        sent=sent,
        typed=sent.typed() if sent and not is_offered else [],
    )


def _forms(page: VisitPage) -> dict[str, ChangeForm]:
    """A fresh form for each thing that the person may do now."""
    today = today_at(page.visit["host_site"]["zone"])
    kinds: dict[str, tuple[type[ChangeForm], dict[str, object]]] = {
        **{f"reply_to_visit:{party}": (ReplyForm, {}) for party in page.parties},
        "record_arrival": (ArrivalForm, {"arrived_on": today}),
        "fulfil_visit": (FulfilForm, {"departed_on": today}),
        "cancel_visit": (CancelForm, {}),
    }
    seen = {"command_id": new_form_id(now()), "expected_version": page.visit["version"]}
    return {
        key: kind(formdata=None, data={**seen, **preset}, key=key)
        for key, (kind, preset) in kinds.items()
        if key in page.may
    }
