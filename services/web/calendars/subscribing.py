"""The addresses under which somebody's calendar programs read bookings: those that are open, and opening another."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.asking import ask, now, signed_in_actor
from services.web.calendars.forms import SubscribeForm
from services.web.calendars.subjects import Subjects, subjects
from services.web.command_ids import new_form_id
from services.web.commands import Command, give, give_and_show
from services.web.directory import ends_of
from services.web.forms import ChangeForm
from services.web.languages import current_language
from services.web.refusals import Known, Refusal

calendar_addresses = Blueprint("calendar_addresses", __name__, template_folder="templates", url_prefix="/calendars")
MOST = 200
"""Addresses that are read for one page: revoked ones are among them, and are not shown."""


@calendar_addresses.get("")
def listing() -> str:
    return _page(subjects())


@calendar_addresses.post("")
def subscribe() -> ResponseReturnValue:
    # All that the answer needs is asked for before: once the address is told, nothing may come between.
    sent, whose = SubscribeForm(), subjects()
    sent.offer(whose)
    command = Command(sent, "exchange", "open_calendar_address", done="", back=url_for(".listing"))
    return give_and_show(
        command,
        shown=lambda told: _opened(told, sent),
        again=lambda refusal: _page(whose, sent=sent, refusal=refusal),
    )


@calendar_addresses.get("/<id(cal):_address_id>/revoke")
def form_is_there(_address_id: str) -> ResponseReturnValue:
    return redirect(url_for(".listing"))


@calendar_addresses.post("/<id(cal):address_id>/revoke")
def revoke(address_id: str) -> ResponseReturnValue:
    sent, back = ChangeForm(), url_for(".listing")
    done = _("The address is revoked. Programs that read it find nothing there any more.")
    fields = {"address_id": address_id}
    command = Command(sent, "exchange", "revoke_calendar_address", done, back, fields, known=_known)
    return give(
        command,
        then=lambda _receipt: back,
        again=lambda refusal: _page(subjects(), refusal=refusal, is_wrong=bool(sent.errors)),
    )


def _known() -> Known:
    """How an address can stand, in words."""
    return Known({"open": _("still read"), "revoked": _("revoked already")})


def _opened(told: dict[str, Any], sent: SubscribeForm) -> str:
    """The only page that shows an address; it is told once, and a repeat tells none."""
    address = told["address"]
    return render_template(
        "calendars/opened.html",
        address=address,
        webcal=f"webcal:{address.partition(':')[2]}" if address else None,
        address_id=told["id"],
        typed=sent.typed(),
    )


def _page(
    whose: Subjects, *, sent: SubscribeForm | None = None, refusal: Refusal | None = None, is_wrong: bool = False
) -> str:
    """`sent`: the form to subscribe as it came back, with what was chosen in it."""
    me, after = signed_in_actor().person, request.args.get("after") or None
    found = ask("exchange", "calendar_addresses", after=after, limit=MOST)
    open_now = [each for each in found["items"] if each["state"] == "open"]
    return render_template(
        "calendars/list.html",
        # An administrator is told of everybody's; one's own come first.
        addresses=sorted(open_now, key=lambda each: each["owner"] != me),
        me=me,
        names=whose.names,
        ends=ends_of(whose.sites),
        form=sent or _fresh(whose),
        revoking={each["id"]: _revoking(each["version"]) for each in open_now},
        refusal=refusal,
        is_wrong=is_wrong or bool(sent and sent.errors),
        after=after,
        further=found["items"][-1]["id"] if found["more"] else None,
    )


def _fresh(whose: Subjects) -> SubscribeForm:
    data = {"command_id": new_form_id(now()), "language": current_language()}
    form = SubscribeForm(formdata=None, data=data)
    form.offer(whose)
    return form


def _revoking(version: int) -> ChangeForm:
    return ChangeForm(formdata=None, data={"command_id": new_form_id(now()), "expected_version": version})
