"""Who stands in for the person signed in: naming a deputy, and withdrawing one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from services.web.asking import Panel, ask, now, panel, signed_in_actor
from services.web.command_ids import new_form_id
from services.web.commands import Command, give
from services.web.deputies.forms import NameForm, WithdrawForm
from services.web.forms import choices
from services.web.refusals import Refusal

deputies = Blueprint("deputies", __name__, template_folder="templates", url_prefix="/account/deputy")

View = Mapping[str, Any]


@deputies.get("")
def page() -> str:
    return _shown(_people())


@deputies.get("/withdraw")
def form_is_there() -> ResponseReturnValue:
    return redirect(url_for(".page"))


@deputies.post("")
def name() -> ResponseReturnValue:
    people, back = _people(), url_for(".page")
    form = NameForm().offer(_colleagues(people))
    command = Command(form, "notify", "name_deputy", _("From now on they are told in your place."), back)
    return give(command, then=lambda _receipt: back, again=lambda refusal: _shown(people, naming=form, refusal=refusal))


@deputies.post("/withdraw")
def withdraw() -> ResponseReturnValue:
    form, back = WithdrawForm(), url_for(".page")
    command = Command(form, "notify", "withdraw_deputy", _("From now on you alone are told."), back)
    return give(
        command, then=lambda _receipt: back, again=lambda refusal: _shown(_people(), withdrawing=form, refusal=refusal)
    )


def _shown(
    people: Panel,
    *,
    naming: NameForm | None = None,
    withdrawing: WithdrawForm | None = None,
    refusal: Refusal | None = None,
) -> str:
    """The forms as they came back, or fresh ones."""
    stands = ask("notify", "deputy")
    if withdrawing and stands["version"]:
        withdrawing.saw(stands["version"])
    return render_template(
        "deputies/page.html",
        stands=stands,
        names={each["id"]: each["passport_name"] for each in _listed(people)},
        people=people,
        naming=naming or _naming(stands, people),
        withdrawing=withdrawing or _withdrawing(stands),
        refusal=refusal,
        failed=bool((naming and naming.errors) or (withdrawing and withdrawing.errors)),
    )


def _naming(stands: View, people: Panel) -> NameForm:
    days = {each: date.fromisoformat(stands[each]) if stands[each] else None for each in ("first", "last")}
    data = {"command_id": new_form_id(now()), "deputy_id": stands["deputy"] or "", **days}
    return NameForm(formdata=None, data=data).offer(_colleagues(people))


def _withdrawing(stands: View) -> WithdrawForm:
    return WithdrawForm(
        formdata=None, data={"command_id": new_form_id(now()), "expected_version": stands["version"] or 0}
    )


def _people() -> Panel:
    """The directory. Who has no role in the programme looks nobody up."""
    return panel("exchange", "people")


def _listed(people: Panel) -> Sequence[View]:
    return people.content["items"] if people.content else ()


def _colleagues(people: Panel) -> list[SelectChoice]:
    """Everybody else of the person's own sites, as far as they may look them up."""
    me = signed_in_actor().person
    own = {site for each in _listed(people) if each["id"] == me for site in each["sites"]}
    others = (each for each in _listed(people) if each["id"] != me and own & set(each["sites"]))
    return choices((each["id"], each["passport_name"]) for each in others)
