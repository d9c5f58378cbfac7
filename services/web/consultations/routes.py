"""The list of consultations, what is still to be done, and one consultation with what may be done with it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.web.asking import ask, now
from services.web.commands import Command, give
from services.web.consultations.forms import ConsultationForm
from services.web.consultations.histories import told
from services.web.consultations.moves import MOVES, Move
from services.web.consultations.reading import STATES, ConsultationPage, clocks, consultation_page, steps
from services.web.refusals import Refusal

consultations = Blueprint("consultations", __name__, template_folder="templates", url_prefix="/consultations")
consultations.add_app_template_filter(clocks)
ACT = "<any(" + ", ".join(f'"{each}"' for each in MOVES) + "):act>"
ABOUT = "<string(maxlength=64):about>"


@consultations.get("")
def listing() -> ResponseReturnValue:
    state, after = request.args.get("state") or None, request.args.get("after") or None
    found = ask("exchange", "consultations", state=state, after=after, limit=25)
    return render_template("consultations/list.html", found=found, state=state, states=STATES, after=after)


@consultations.get("/tasks")
def tasks() -> ResponseReturnValue:
    """What is still to be done after sessions, and by whom."""
    after = request.args.get("after") or None
    found = ask("exchange", "open_actions", after=after, limit=50)
    return render_template("consultations/tasks.html", found=found, after=after, today=now().date().isoformat())


@consultations.get("/<id(con):consultation_id>")
def one(consultation_id: str) -> ResponseReturnValue:
    return _show(consultation_page(consultation_id))


@consultations.get(f"/<id(con):consultation_id>/{ACT}")
@consultations.get(f"/<id(con):consultation_id>/{ACT}/{ABOUT}")
def form_is_there(consultation_id: str, act: str, about: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Where a reload or a language switch leads after a form came back: the forms are on the consultation's page."""
    return redirect(url_for(".one", consultation_id=consultation_id))


@consultations.post(f"/<id(con):consultation_id>/{ACT}")
@consultations.post(f"/<id(con):consultation_id>/{ACT}/{ABOUT}")
def act_on(consultation_id: str, act: str, about: str = "") -> ResponseReturnValue:
    """Gives the command; what may be chosen in its form is what the consultation says now."""
    move, page = MOVES[act], consultation_page(consultation_id)
    form = move.form.sent(page, about, _key(move, about))
    back = url_for(".one", consultation_id=consultation_id)
    fields = {"consultation_id": consultation_id, **({move.about: about} if move.about else {})}
    command = Command(form, "exchange", move.method, str(move.done), back, fields, known=lambda: page.known)
    return give(
        command,
        then=lambda _receipt: back,
        again=lambda refusal: _show(consultation_page(consultation_id), form, refusal),
    )


def _show(page: ConsultationPage, sent: ConsultationForm | None = None, refusal: Refusal | None = None) -> str:
    """The page of one consultation; `sent` is a form that came back, with what was typed in it, and `refusal` why."""
    forms, lines, sessions = _forms(page), page.consultation["history"], page.consultation["sessions"]
    is_offered = sent is not None and sent.key in forms
    if sent is not None:
        sent.saw(page.consultation["version"])
        forms = {key: sent if key == sent.key else form for key, form in forms.items()}
    return render_template(
        "consultations/one.html",
        page=page,
        consultation=page.consultation,
        forms=forms,
        history=[{**line, "did": told(line, page.known, sessions)} for line in lines],
        steps=steps(page.consultation["state"]),
        refusal=refusal,
        sent=sent,
        typed=sent.typed() if sent and not is_offered else [],
    )


def _forms(page: ConsultationPage) -> dict[str, ConsultationForm]:
    """A fresh form for each thing that the person may do now, in the order in which the page shows them."""
    return {
        key: move.form.fresh(page, key.partition(":")[2], key)
        for move in MOVES.values()
        for key in page.may
        if key.partition(":")[0] == move.method
    }


def _key(move: Move, about: str) -> str:
    return f"{move.method}:{about}" if about else move.method
