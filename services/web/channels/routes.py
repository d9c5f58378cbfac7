"""How the channels stand by which messages leave: which are paused and why, which server is away, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.web.asking import ask
from services.web.channels.forms import ReasonForm
from services.web.commands import Command, give
from services.web.directory import site_ends
from services.web.message_words import MESSAGE_WORDS
from services.web.refusals import Refusal

channels = Blueprint("channels", __name__, template_folder="templates", url_prefix="/channels")

CHANNEL = f"/<any({', '.join(MESSAGE_WORDS['channel'])}):channel>"


@dataclass(frozen=True)
class Sent:
    """A form as it came back: about which channel, what it was to do (`pause`, `resume`), and why it was refused."""

    channel: str
    act: str
    form: ReasonForm
    refusal: Refusal | None

    def fits(self, standing: Mapping[str, Any]) -> bool:
        """Whether the page still offers what was asked for."""
        return standing["channel"] == self.channel and offered(standing) == self.act


@channels.get("")
def page() -> str:
    return _shown(None)


@channels.get(f"{CHANNEL}/<any(pause, resume):_act>")
def form_is_there(channel: str, _act: str) -> ResponseReturnValue:
    return redirect(url_for(".page", _anchor=channel))


@channels.post(f"{CHANNEL}/pause")
def pause(channel: str) -> ResponseReturnValue:
    return _say(channel, "pause", _("The channel is paused: what is queued waits."))


@channels.post(f"{CHANNEL}/resume")
def resume(channel: str) -> ResponseReturnValue:
    return _say(channel, "resume", _("The channel goes on: what waited goes out."))


def offered(standing: Mapping[str, Any]) -> str:
    """What can be done about a channel as it stands."""
    return "resume" if standing["state"] == "paused" else "pause"


def _say(channel: str, act: str, done: str) -> ResponseReturnValue:
    form, back = ReasonForm(), url_for(".page", _anchor=channel)
    command = Command(form, "notify", f"{act}_channel", done, back, {"channel": channel})
    return give(command, then=lambda _receipt: back, again=lambda refusal: _shown(Sent(channel, act, form, refusal)))


def _shown(sent: Sent | None) -> str:
    standing = ask("notify", "channels")["items"]
    shown_again = [each["channel"] for each in standing if sent and sent.fits(each)]
    forms = {each["channel"]: ReasonForm.fresh() for each in standing}
    if sent and shown_again:
        forms[sent.channel] = sent.form
    return render_template(
        "channels/page.html",
        rows=[(each, offered(each), forms[each["channel"]]) for each in standing],
        shown_again=shown_again,
        sent=sent,
        ends=site_ends(),
    )
