"""Where the person signed in is reached beside mail: ways that are added, confirmed by a code, and removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.asking import ask
from services.web.commands import Command, give
from services.web.directory import site_ends
from services.web.refusals import Refusal
from services.web.telling.reached_forms import FORMS, ConfirmForm, ReachedForm

reached = Blueprint("reached", __name__, template_folder="templates", url_prefix="/account/reached")

WAY = f"/<any({', '.join(FORMS)}):channel>"


@dataclass
class Forms:
    """A form for each way and act; `sent` is the one that came back, if any."""

    sent: ReachedForm | None = None

    def of(self, kind: type[ReachedForm], channel: str) -> ReachedForm:
        if self.sent and type(self.sent) is kind and self.sent.channel == channel:
            return self.sent
        return kind.fresh(channel)

    def add(self, channel: str) -> ReachedForm:
        return self.of(FORMS[channel], channel)

    def confirm(self, channel: str) -> ReachedForm:
        return self.of(ConfirmForm, channel)

    def remove(self, channel: str) -> ReachedForm:
        return self.of(ReachedForm, channel)


@reached.get("")
def page() -> str:
    return _shown(Forms(), None)


@reached.get(f"{WAY}/<any(add, confirm, remove):_act>")
def form_is_there(channel: str, _act: str) -> ResponseReturnValue:
    return redirect(url_for(".page", _anchor=channel))


@reached.post(f"{WAY}/add")
def add(channel: str) -> ResponseReturnValue:
    return _say(FORMS[channel]().about(channel), "add_address", _("A code is on its way there. Enter it here."))


@reached.post(f"{WAY}/confirm")
def confirm(channel: str) -> ResponseReturnValue:
    done = _("It is confirmed. Now choose of what you are told that way.")
    return _say(ConfirmForm().about(channel), "confirm_address", done)


@reached.post(f"{WAY}/remove")
def remove(channel: str) -> ResponseReturnValue:
    return _say(ReachedForm().about(channel), "remove_address", _("It is removed, and nothing of it is kept."))


def _say(form: ReachedForm, method: str, done: str) -> ResponseReturnValue:
    back = url_for(".page", _anchor=form.channel)
    command = Command(form, "notify", method, done, back)
    return give(command, then=lambda _receipt: back, again=lambda refusal: _shown(Forms(form), refusal))


def _shown(forms: Forms, refusal: Refusal | None) -> str:
    known: Mapping[str, Any] = ask("notify", "addresses")
    standing = {each["channel"]: each for each in known["items"]}
    ways = [each for each in FORMS if each in known["offered"] or each in standing]
    return render_template(
        "telling/reached.html",
        ways=[(each, standing.get(each)) for each in ways],
        offered=known["offered"],
        forms=forms,
        refusal=refusal,
        ends=site_ends(),
    )
