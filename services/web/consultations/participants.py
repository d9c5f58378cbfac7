"""Changing who takes part in a consultation, on a page of its own."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.commands import Command, give
from services.web.consultations.participants_form import ParticipantsForm
from services.web.consultations.reading import ConsultationPage, consultation_page
from services.web.consultations.roster import Roster, roster
from services.web.refusals import Known, Refusal

consultation_participants = Blueprint("consultation_participants", __name__, template_folder="templates")
METHOD = "change_participants"


@consultation_participants.get("/consultations/<id(con):consultation_id>/participants")
def form(consultation_id: str) -> ResponseReturnValue:
    page = consultation_page(consultation_id)
    if METHOD not in page.may:
        return redirect(_back(consultation_id))
    fresh = ParticipantsForm.fresh(page)
    roster(page).fill_rows(fresh)
    return _page(page, fresh)


@consultation_participants.post("/consultations/<id(con):consultation_id>/participants")
def change(consultation_id: str) -> ResponseReturnValue:
    page, back = consultation_page(consultation_id), _back(consultation_id)
    sent, everybody = ParticipantsForm.sent(page), roster(page)
    everybody.fill_rows(sent)
    command = Command(
        sent,
        "exchange",
        METHOD,
        done=_("It is changed who takes part. Whoever is new is asked."),
        back=back,
        fields={"consultation_id": consultation_id},
        known=lambda: _known(page, everybody),
    )
    return give(
        command,
        then=lambda _receipt: back,
        again=lambda refusal: _page(consultation_page(consultation_id), sent, refusal),
    )


def _page(page: ConsultationPage, shown: ParticipantsForm, refusal: Refusal | None = None) -> str:
    """`shown` is fresh, or came back with what was typed in it; then `refusal` says why."""
    shown.saw(page.consultation["version"])
    is_offered = METHOD in page.may
    return render_template(
        "consultations/participants.html",
        page=page,
        consultation=page.consultation,
        form=shown if is_offered else None,
        refusal=refusal,
        is_wrong=bool(shown.errors),
        typed=[] if is_offered else shown.typed(),
    )


def _known(page: ConsultationPage, everybody: Roster) -> Known:
    return Known({**everybody.names, **page.known.names}, page.ends)


def _back(consultation_id: str) -> str:
    return url_for("consultations.one", consultation_id=consultation_id)
