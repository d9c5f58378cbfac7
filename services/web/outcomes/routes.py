"""The list of outcomes, one outcome, and the commands that move it towards practice."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.asking import ask, now, panel
from services.web.command_ids import new_form_id
from services.web.commands import Command, give
from services.web.forms import ChangeForm, choices
from services.web.outcomes.forms import PIECES, AdoptionForm, GateForm, ReportForm
from services.web.outcomes.reading import STAGES, OutcomePage, outcome_page, steps
from services.web.refusals import Refusal
from services.web.words import named

outcomes = Blueprint("outcomes", __name__, template_folder="templates", url_prefix="/outcomes")


@outcomes.get("")
def listing() -> ResponseReturnValue:
    stage, after = request.args.get("stage") or None, request.args.get("after") or None
    found = ask("research", "outcomes", stage=stage, after=after, limit=25)
    sites = panel("exchange", "sites").content or {"items": []}
    names = {site["id"]: named(site["names"]) for site in sites["items"]}
    return render_template("outcomes/list.html", found=found, stage=stage, stages=STAGES, after=after, site_names=names)


@outcomes.get("/<id(out):outcome_id>")
def one(outcome_id: str) -> ResponseReturnValue:
    return _show(outcome_id)


@outcomes.get("/<id(out):outcome_id>/<any(report, gate, adoption):_act>")
def form_is_there(outcome_id: str, _act: str) -> ResponseReturnValue:
    """Where a reload or a language switch leads after a form came back."""
    return redirect(url_for(".one", outcome_id=outcome_id))


@outcomes.post("/<id(out):outcome_id>/report")
def report(outcome_id: str) -> ResponseReturnValue:
    return _move(outcome_id, ReportForm(key="report_outcome"), "report_outcome", _("The outcome is reported."))


@outcomes.post("/<id(out):outcome_id>/gate")
def decide(outcome_id: str) -> ResponseReturnValue:
    return _move(outcome_id, GateForm(key="decide_gate"), "decide_gate", _("The decision is recorded."))


@outcomes.post("/<id(out):outcome_id>/adoption")
def adopt(outcome_id: str) -> ResponseReturnValue:
    form = AdoptionForm(key="confirm_adoption")
    sites = ask("exchange", "sites")["items"]
    form.adopting_site.choices = choices((site["id"], named(site["names"])) for site in sites)
    return _move(outcome_id, form, "confirm_adoption", _("The adoption is confirmed."))


def _move(outcome_id: str, form: ChangeForm, method: str, done: str) -> ResponseReturnValue:
    back = url_for(".one", outcome_id=outcome_id)
    command = Command(form, "research", method, done, back, {"outcome_id": outcome_id})
    return give(command, then=lambda _receipt: back, again=lambda refusal: _show(outcome_id, form, refusal))


def _show(outcome_id: str, sent: ChangeForm | None = None, refusal: Refusal | None = None) -> str:
    page = outcome_page(outcome_id)
    forms = _forms(page)
    is_offered = sent is not None and sent.key in forms
    if sent is not None:
        sent.saw(page.outcome["version"])
        forms = {key: sent if key == sent.key else form for key, form in forms.items()}
    return render_template(
        "outcomes/one.html",
        page=page,
        outcome=page.outcome,
        forms=forms,
        steps=steps(page.outcome),
        refusal=refusal,
        sent=sent,
        typed=sent.typed() if sent and not is_offered else [],
    )


def _forms(page: OutcomePage) -> dict[str, ChangeForm]:
    """A fresh form for each thing that the person may do now."""
    outcome = page.outcome
    kinds: dict[str, tuple[type[ChangeForm], dict[str, Any]]] = {
        "report_outcome": (ReportForm, {}),
        "decide_gate": (GateForm, {"gate": outcome["next_gate"], **kinds_needed(outcome)}),
        "confirm_adoption": (AdoptionForm, {"adopted_on": now().date()}),
    }
    seen = {"command_id": new_form_id(now()), "expected_version": outcome["version"]}
    forms = {
        key: kind(formdata=None, data={**seen, **preset}, key=key)
        for key, (kind, preset) in kinds.items()
        if key in outcome["may"]
    }
    if isinstance(adoption := forms.get("confirm_adoption"), AdoptionForm):
        adoption.adopting_site.choices = choices((site["id"], named(site["names"])) for site in page.own_sites)
    return forms


def kinds_needed(outcome: Mapping[str, Any]) -> dict[str, str]:
    """The kinds of evidence that the next gate needs, one for each piece; minutes where it needs no more."""
    firsts = [any_of[0] for any_of in outcome["gate_needs"]]
    return {kind: first for (kind, *_), first in zip(PIECES, [*firsts, "minutes", "minutes"], strict=False)}
