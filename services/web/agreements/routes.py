"""The agreements, and one with its balance and approvals."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.agreements.forms import ApproveForm
from services.web.asking import ask, now
from services.web.command_ids import new_form_id
from services.web.commands import Command, give
from services.web.directory import ends_of
from services.web.refusals import Refusal
from services.web.words import named

agreements = Blueprint("agreements", __name__, template_folder="templates", url_prefix="/agreements")


@agreements.get("")
def listing() -> ResponseReturnValue:
    return render_template("agreements/list.html", found=ask("exchange", "agreements")["items"])


@agreements.get("/<id(agr):agreement_id>")
def one(agreement_id: str) -> ResponseReturnValue:
    return _page(agreement_id, None, None)


@agreements.get("/<id(agr):agreement_id>/approve")
def form_is_there(agreement_id: str) -> ResponseReturnValue:
    return _page(agreement_id, None, None)


@agreements.post("/<id(agr):agreement_id>/approve")
def approve(agreement_id: str) -> ResponseReturnValue:
    form = ApproveForm(key="approve_agreement")
    back = url_for(".one", agreement_id=agreement_id)
    done = _("Your approval is recorded.")
    command = Command(form, "exchange", "approve_agreement", done, back, {"agreement_id": agreement_id})
    return give(command, then=lambda _receipt: back, again=lambda refusal: _page(agreement_id, form, refusal))


def _page(agreement_id: str, sent: ApproveForm | None, refusal: Refusal | None) -> str:
    agreement = ask("exchange", "agreement", agreement_id=agreement_id)
    sites = {site["id"]: site for site in ask("exchange", "sites")["items"]}
    # A fresh form each time: what is approved is the text on this page, not the one on the page before.
    form = ApproveForm(formdata=None, data=_seen(agreement)) if "approve_agreement" in agreement["may"] else None
    return render_template(
        "agreements/one.html",
        agreement=agreement,
        sites=sites,
        form=form,
        refusal=refusal,
        sent=sent,
        names={site["id"]: named(site["names"]) for site in sites.values()},
        ends=ends_of(sites[partner["id"]] for partner in agreement["partners"] if partner["id"] in sites),
        year=now().year,
    )


def _seen(agreement: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "command_id": new_form_id(now()),
        "expected_version": agreement["version"],
        "text_hash": agreement["text_hash"],
    }
