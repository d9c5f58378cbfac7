"""Proposing a consultation: under which promise, who, when and over what; and looking for a time on the way."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.asking import now
from services.web.command_ids import new_form_id
from services.web.commands import Command, give
from services.web.consultations import finding
from services.web.consultations.offering import Offer, offer
from services.web.consultations.proposal_form import CASES, ROWS
from services.web.consultations.wishes import ProposalFields
from services.web.looking import Looked
from services.web.refusals import Refusal

consultation_proposals = Blueprint("consultation_proposals", __name__, template_folder="templates")


@consultation_proposals.get("/consultations/propose")
def form() -> ResponseReturnValue:
    offered = offer()
    fresh = ProposalFields(formdata=None, data={"command_id": new_form_id(now()), **finding.window()})
    offered.fill(fresh)
    return _page(fresh, offered)


@consultation_proposals.post("/consultations/propose")
def propose() -> ResponseReturnValue:
    """Proposes; or, by its other buttons, looks for a time, or takes one that was found."""
    offered = offer()
    sent = ProposalFields()
    offered.fill(sent)
    if "find" in request.form:
        return _look(sent, offered)
    if taken := request.form.get("take"):
        finding.take(sent, taken)
        return _page(sent, offered)
    command = Command(
        sent,
        "exchange",
        "propose_consultation",
        done=_("The consultation is proposed. Everybody who takes part hears of it."),
        back=url_for(".form"),
        known=lambda: offered.known,
    )
    return give(
        command,
        then=lambda receipt: url_for("consultations.one", consultation_id=receipt["id"]),
        again=lambda refusal: _page(sent, offered, refusal),
    )


def _look(sent: ProposalFields, offered: Offer) -> ResponseReturnValue:
    if not sent.validate_window():
        return _page(sent, offered), 422
    looked = finding.found(sent, offered.known)
    return _page(sent, offered, looked.refusal, looked), looked.status


def _page(shown: ProposalFields, offered: Offer, refusal: Refusal | None = None, looked: Looked | None = None) -> str:
    return render_template(
        "consultations/propose.html",
        form=shown,
        offered=offered,
        known=offered.known,
        refusal=refusal,
        looked=looked,
        finding=finding,
        rows=range(1, ROWS + 1),
        cases=range(1, CASES + 1),
    )
