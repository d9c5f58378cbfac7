"""One webhook: how it stands, what became of its events, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from services.web.asking import now
from services.web.command_ids import new_form_id
from services.web.commands import Command, give, give_and_show
from services.web.forms import ChangeForm, CommandForm
from services.web.refusals import Refusal
from services.web.webhooks.forms import ChangeWebhookForm, DisableForm, RotateForm, Wanting, grouped
from services.web.webhooks.reading import STATES, OneWebhook, one_webhook, owners
from services.web.webhooks.routes import secret_page, webhooks

ONE = "/<id(whk):webhook_id>"


@dataclass(frozen=True)
class Move:
    """What can be done with a webhook: its form, notify's command, and what is said when it is done."""

    form: type[CommandForm]
    method: str
    done: Any


MOVES = {
    "change": Move(ChangeWebhookForm, "change_webhook", _l("This is how it is from now on.")),
    "test": Move(CommandForm, "send_test_to_webhook", _l("A test is on its way. Open this page anew to see it.")),
    "disable": Move(DisableForm, "disable_webhook", _l("It is disabled, and told of nothing.")),
    "enable": Move(ChangeForm, "enable_webhook", _l("It is enabled, and told of what happens from now on.")),
    "remove": Move(ChangeForm, "remove_webhook", _l("The webhook is removed.")),
}
ROTATE = "rotate"
FORMS: dict[str, type[CommandForm]] = {**{act: move.form for act, move in MOVES.items()}, ROTATE: RotateForm}
ACT = f"<any({', '.join(MOVES)}):act>"
NOT_OFFERED = {"enabled": {"enable"}, "disabled": {"disable", "test"}}
"""What makes no sense as a webhook stands."""


@webhooks.get(ONE)
def one(webhook_id: str) -> str:
    return _shown(webhook_id, None, None)


@webhooks.get(f"{ONE}/<any({', '.join(FORMS)}):act>")
def form_is_there(webhook_id: str, act: str) -> ResponseReturnValue:
    return redirect(url_for(".one", webhook_id=webhook_id, _anchor=act))


@webhooks.post(f"{ONE}/{ACT}")
def act_on(webhook_id: str, act: str) -> ResponseReturnValue:
    move, back = MOVES[act], url_for(".one", webhook_id=webhook_id)
    form = _sent(webhook_id, act)
    command = Command(form, "notify", move.method, str(move.done), back, {"webhook_id": webhook_id})
    on = url_for(".listing") if act == "remove" else back
    return give(command, then=lambda _receipt: on, again=lambda refusal: _shown(webhook_id, form, refusal))


@webhooks.post(f"{ONE}/{ROTATE}")
def rotate(webhook_id: str) -> ResponseReturnValue:
    form, back = _sent(webhook_id, ROTATE), url_for(".one", webhook_id=webhook_id)
    command = Command(form, "notify", "rotate_webhook_secret", "", back, {"webhook_id": webhook_id})
    return give_and_show(
        command,
        shown=lambda told: secret_page(told, form),
        again=lambda refusal: _shown(webhook_id, form, refusal),
    )


def _sent(webhook_id: str, act: str) -> CommandForm:
    form = FORMS[act](key=act)
    if isinstance(form, Wanting):
        _offer(form, one_webhook(webhook_id, None, None))
    return form


def _offer(form: Wanting, page: OneWebhook) -> None:
    form.offer(grouped(page.offered, page.webhook["event_types"]))


def _shown(webhook_id: str, sent: CommandForm | None, refusal: Refusal | None) -> str:
    """The page of one; `sent` is a form that came back, with what was typed in it, and `refusal` why."""
    state, after = request.args.get("state") or None, request.args.get("after") or None
    page, whose = one_webhook(webhook_id, state, after), owners()
    forms = _forms(page)
    is_offered = sent is not None and sent.key in forms
    if sent is not None and is_offered:
        if isinstance(sent, ChangeForm):
            sent.saw(page.webhook["version"])
        forms[sent.key] = sent
    return render_template(
        "webhooks/one.html",
        webhook=page.webhook,
        deliveries=page.deliveries,
        states=STATES,
        state=state,
        after=after,
        forms=forms,
        whose=whose,
        refusal=refusal,
        sent=sent,
        typed=sent.typed() if sent and not is_offered else [],
    )


def _forms(page: OneWebhook) -> dict[str, CommandForm]:
    """A fresh form for each thing that can be done with it now."""
    webhook = page.webhook
    left_out = NOT_OFFERED[webhook["state"]]
    forms = {act: _fresh(kind, act, webhook) for act, kind in FORMS.items() if act not in left_out}
    for form in forms.values():
        if isinstance(form, Wanting):
            _offer(form, page)
    return forms


def _fresh(kind: type[CommandForm], act: str, webhook: Mapping[str, Any]) -> CommandForm:
    seen = {"command_id": new_form_id(now()), "expected_version": webhook["version"]}
    as_it_is = {each: webhook[each] for each in ("url", "event_types", "description")}
    return kind(formdata=None, data=seen | as_it_is, key=act)
