"""Proposing a visit: first under which promise, then who, where and when."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.asking import ask, now
from services.web.command_ids import new_form_id
from services.web.commands import Command, give
from services.web.forms import choices
from services.web.refusals import Refusal
from services.web.visits.forms import ProposeForm
from services.web.words import named

proposals = Blueprint("proposals", __name__, template_folder="templates")


@proposals.get("/visits/propose")
def choose() -> ResponseReturnValue:
    """Every cooperation condition of the agreements in effect, to choose one from."""
    listed = ask("exchange", "agreements")["items"]
    in_effect = [item["id"] for item in listed if item["state"] == "in-effect"]
    found = [ask("exchange", "agreement", agreement_id=identity) for identity in in_effect]
    return render_template("visits/choose.html", agreements=found, sites=_sites(), year=now().year)


@proposals.get("/agreements/<id(agr):agreement_id>/<id(cnd):condition_id>/propose")
def form(agreement_id: str, condition_id: str) -> ResponseReturnValue:
    return _page(agreement_id, condition_id, ProposeForm(data={"command_id": new_form_id(now())}), None)


@proposals.post("/agreements/<id(agr):agreement_id>/<id(cnd):condition_id>/propose")
def propose(agreement_id: str, condition_id: str) -> ResponseReturnValue:
    sent = ProposeForm()
    _offer(sent, _condition(agreement_id, condition_id)[1])
    command = Command(
        sent,
        "exchange",
        "propose_visit",
        done=_("The visit is proposed. Those who are to reply hear of it."),
        back=url_for(".form", agreement_id=agreement_id, condition_id=condition_id),
        fields={"agreement_id": agreement_id, "condition_id": condition_id},
    )
    return give(
        command,
        then=lambda receipt: url_for("visits.one", visit_id=receipt["id"]),
        again=lambda refusal: _page(agreement_id, condition_id, sent, refusal),
    )


def _page(agreement_id: str, condition_id: str, shown: ProposeForm, refusal: Refusal | None) -> str:
    agreement, condition = _condition(agreement_id, condition_id)
    sites = _offer(shown, condition)
    return render_template(
        "visits/propose.html",
        form=shown,
        agreement=agreement,
        condition=condition,
        sites=sites,
        refusal=refusal,
        year=now().year,
    )


def _condition(agreement_id: str, condition_id: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    agreement = ask("exchange", "agreement", agreement_id=agreement_id)
    found = next((each for each in agreement["conditions"] if each["id"] == condition_id), None)
    return (agreement, found) if found else abort(404)


def _sites() -> dict[str, Mapping[str, Any]]:
    return {site["id"]: site for site in ask("exchange", "sites")["items"]}


def _offer(form: ProposeForm, condition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Fills in what may be chosen: the host's departments, the sending site's people. Returns the sites."""
    sites = _sites()
    departments = sites[condition["host_site"]]["departments"]
    people = [
        (person["id"], f"{person['passport_name']} · {person['local_name']}")
        for person in ask("exchange", "people")["items"]
        if condition["sending_site"] in person["sites"]
    ]
    form.host_department.choices = choices((each["id"], named(each["names"])) for each in departments)
    form.visitors.choices = choices(people)
    form.leader.choices = choices([("", _("Choose …")), *people])
    return sites
