"""The commands that move one visit on: reply, cancel, record its arrival, fulfil it."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.commands import Command, give
from services.web.forms import ChangeForm
from services.web.visits.forms import ArrivalForm, CancelForm, FulfilForm, ReplyForm
from services.web.visits.routes import show, visits


@visits.post("/visits/<id(vis):visit_id>/reply/<string(maxlength=40):party>")
def reply(visit_id: str, party: str) -> ResponseReturnValue:
    form = ReplyForm(key=f"reply_to_visit:{party}")
    return _move(visit_id, form, "reply_to_visit", _("The reply is recorded."), party=party)


@visits.post("/visits/<id(vis):visit_id>/cancel")
def cancel(visit_id: str) -> ResponseReturnValue:
    return _move(visit_id, CancelForm(key="cancel_visit"), "cancel_visit", _("The visit is cancelled."))


@visits.post("/visits/<id(vis):visit_id>/arrival")
def arrival(visit_id: str) -> ResponseReturnValue:
    return _move(visit_id, ArrivalForm(key="record_arrival"), "record_arrival", _("The arrival is recorded."))


@visits.post("/visits/<id(vis):visit_id>/fulfil")
def fulfil(visit_id: str) -> ResponseReturnValue:
    return _move(visit_id, FulfilForm(key="fulfil_visit"), "fulfil_visit", _("The visit is fulfilled."))


@visits.get("/visits/<id(vis):visit_id>/<any(cancel, arrival, fulfil):_act>")
@visits.get("/visits/<id(vis):visit_id>/reply/<string(maxlength=40):_act>")
def form_is_there(visit_id: str, _act: str) -> ResponseReturnValue:
    """Where a reload or a language switch leads after a form came back: the forms are on the visit's page."""
    return redirect(url_for("visits.one", visit_id=visit_id))


def _move(visit_id: str, form: ChangeForm, method: str, done: str, **fields: str) -> ResponseReturnValue:
    back = url_for("visits.one", visit_id=visit_id)
    command = Command(form, "exchange", method, done, back, {"visit_id": visit_id, **fields})
    return give(command, then=lambda _receipt: back, again=lambda refusal: show(visit_id, form, refusal))
