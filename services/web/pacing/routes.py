"""The page of the link at the foot of each mail. Opening it changes nothing: mail scanners open every link.

Mail programs may also post to it by themselves when their reader presses "unsubscribe" (RFC 8058): then mails of that
kind stop. The token is the whole authority either way, so a forged form could do no more than who has it anyway.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from werkzeug.utils import redirect

from services.web.accounts.signing_in import limiter
from services.web.asking import gateway
from services.web.clients import Refused
from services.web.languages import NAMES
from services.web.replies.acting import ANYBODY
from services.web.security import csrf, hide_address, public

pacing = Blueprint("pacing", __name__, template_folder="templates")

PACES = ("at-once", "daily", "weekly", "never")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


pacing.after_request(hide_address)


@pacing.get("/pace/<token>")
@public
@limiter.limit("60 per minute")
def page(token: str) -> ResponseReturnValue:
    return _shown(token)


@pacing.post("/pace/<token>")
@public
@limiter.limit("20 per minute")
@csrf.exempt
def choose(token: str) -> ResponseReturnValue:
    pressed = dict(request.form) == ONE_CLICK
    pace = "never" if pressed else request.form.get("pace", "")
    if pace not in PACES:
        return _shown(token), 400
    gateway().call("notify", "set_pace_by_link", {"token": token, "pace": pace}, actor=ANYBODY)
    if pressed:
        return "", 204
    return redirect(url_for("pacing.page", token=token, chosen="1", language=request.args.get("language")), 303)


@pacing.errorhandler(Refused)
def _nothing(_refused: Refused) -> ResponseReturnValue:
    """The same whether the link lost its end or was made up."""
    return render_template("replies/nothing.html"), 404


def _shown(token: str) -> str:
    """The page in the language of the person whose link it is, or in one chosen on it."""
    link: Mapping[str, Any] = gateway().call("notify", "pace_link", {"token": token}, actor=ANYBODY)
    wished = request.args.get("language", "")
    with force_locale(wished if wished in NAMES else str(link["language"])):
        return render_template("pacing/page.html", link=link, token=token, paces=PACES, chosen="chosen" in request.args)
