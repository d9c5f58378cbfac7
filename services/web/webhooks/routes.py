"""The webhooks that somebody looks after, and registering one: its secret is shown once."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from services.web.asking import ask, now
from services.web.command_ids import new_form_id
from services.web.commands import Command, give_and_show
from services.web.forms import CommandForm
from services.web.refusals import Refusal
from services.web.webhooks.forms import RegisterForm, grouped
from services.web.webhooks.reading import owners

webhooks = Blueprint("webhooks", __name__, template_folder="templates", url_prefix="/webhooks")


@webhooks.get("")
def listing() -> str:
    found, whose = ask("notify", "webhooks")["items"], owners()
    return render_template("webhooks/list.html", webhooks=found, whose=whose)


@webhooks.get("/register")
def register() -> str:
    form = RegisterForm(formdata=None, data={"command_id": new_form_id(now())})
    return _asking(_offered(form), None)


@webhooks.post("/register")
def register_it() -> ResponseReturnValue:
    form = _offered(RegisterForm())
    command = Command(form, "notify", "register_webhook", done="", back=url_for(".listing"))
    return give_and_show(
        command, shown=lambda told: secret_page(told, form), again=lambda refusal: _asking(form, refusal)
    )


def secret_page(told: dict[str, Any], sent: CommandForm) -> str:
    """The only page that shows a secret. Nothing is asked for it: once it is told, nothing may come between."""
    return render_template("webhooks/secret.html", secret=told["secret"], webhook_id=told["id"], typed=sent.typed())


def _offered(form: RegisterForm) -> RegisterForm:
    form.offer(grouped(ask("notify", "webhooks")["offered"]))
    form.belong(owners().offered())
    return form


def _asking(form: RegisterForm, refusal: Refusal | None) -> str:
    return render_template("webhooks/register.html", form=form, refusal=refusal)
