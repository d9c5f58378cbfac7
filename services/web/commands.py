"""Giving a command from a form: what becomes of it, and what the page then says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.web.asking import gateway, now, signed_in_actor
from services.web.clients import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.command_ids import command_id, new_form_id
from services.web.forms import CommandForm
from services.web.refusals import NOTHING_KNOWN, Known, Refusal, readable


@dataclass(frozen=True)
class Command:
    """What a form asks of a service. `fields` are those that the page knows beside those that were typed.

    `done` is said when it worked; `back` is where the form is. `known`: what a refusal is told with.
    """

    form: CommandForm
    service: str
    method: str
    done: str
    back: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    known: Callable[[], Known] = lambda: NOTHING_KNOWN


def give(
    command: Command, then: Callable[[dict[str, Any]], str], again: Callable[[Refusal | None], str]
) -> ResponseReturnValue:
    """Gives the command and answers the browser.

    Done: on to the address that `then` makes of the receipt. Refused, or not filled in well: the page that `again`
    renders, with everything typed kept. No answer: a page that says so and offers to ask again with the same command.
    """

    def go_on(receipt: dict[str, Any]) -> ResponseReturnValue:
        flash(command.done)
        return redirect(then(receipt), 303)

    return give_and_show(command, go_on, again)


def give_and_show(
    command: Command,
    shown: Callable[[dict[str, Any]], ResponseReturnValue],
    again: Callable[[Refusal | None], str],
) -> ResponseReturnValue:
    """As `give`, but what `shown` makes of the receipt is the answer itself: for what is told once and kept nowhere."""
    form = command.form
    if not form.validate_on_submit():
        return again(None), 422
    try:
        receipt = _sent(command)
    except Refused as refused:
        return _refused(form, refused, readable(refused.name, refused.facts, command.known()), again)
    except CallTimedOut:
        return _unanswered(command, "unknown"), 504
    except ServiceFailed:
        return _unanswered(command, "unknown"), 502
    except ServiceUnavailable:
        return _unanswered(command, "away"), 503
    return shown(receipt)


def _sent(command: Command) -> dict[str, Any]:
    fields = {**command.form.fields(), **command.fields}
    identity = command_id(str(command.form.command_id.data), command.method, fields)
    receipt: dict[str, Any] = gateway().call(
        command.service, command.method, fields, actor=signed_in_actor(), command_id=identity
    )
    return receipt


def _refused(
    form: CommandForm, refused: Refused, refusal: Refusal, again: Callable[[Refusal | None], str]
) -> ResponseReturnValue:
    """A refusal is a definite answer: what is sent next is another command, under an id of its own."""
    form.command_id.data = new_form_id(now())
    form.mark(dict(refusal.problems))
    form.mark_refused(refused.name, refused.facts, refusal.message)
    return again(refusal), refusal.status


def _unanswered(command: Command, what: str) -> str:
    return render_template("unanswered.html", command=command, what=what, address=request.path)
