"""OAI-PMH over HTTP: what a catalogue asks is handed on to research, and its answer back, whatever it says."""

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException

from chassis.kernel.actor import OBSERVER, Actor
from services.web.accounts.signing_in import limiter
from services.web.asking import gateway
from services.web.clients import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.security import csrf, public

oai = Blueprint("oai", __name__)
# Harvesters post their arguments where those are long, and have no token of ours.
csrf.exempt(oai)

ANYBODY = Actor("sys_anybody", frozenset({OBSERVER}))
PATH = "/oai"
LATER = {"Retry-After": "60"}
"""Seconds. A busy repository answers 503 with it. Source: OAI-PMH 2.0, 3.1.2.2."""
_TOO_MANY = 429
_TIMEOUT = 20.0


@oai.route(PATH, methods=["GET", "POST"], provide_automatic_options=False)
@public
@limiter.limit("60 per minute")
def answer() -> Response:
    """404 where this installation serves nothing here."""
    repository = current_app.config["OAI_REPOSITORY"]
    if not repository:
        return _told("Nothing is harvested here.", 404)
    given = request.form if request.method == "POST" else request.args
    fields = {
        "arguments": list(given.items(multi=True)),
        "repository": repository,
        "address": current_app.config["WEB_URL"].rstrip("/") + PATH,
        "admin_email": current_app.config["OAI_ADMIN_EMAIL"],
    }
    told = gateway().call("research", "harvest", fields, actor=ANYBODY, timeout=_TIMEOUT)
    return Response(told["xml"], content_type="text/xml; charset=utf-8", headers={"X-Robots-Tag": "noindex"})


@oai.errorhandler(CallTimedOut)
@oai.errorhandler(ServiceUnavailable)
@oai.errorhandler(ServiceFailed)
@oai.errorhandler(Refused)
def _away(_error: Exception) -> Response:
    """No rule refuses a harvester: what is refused is this installation's settings, and not the request."""
    return _told("The catalogue is away. Please ask again later.", 503, LATER)


@oai.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    if error.code == _TOO_MANY:
        return _told("Please ask again later.", 503, LATER)
    return _told(error.name, error.code or 500)


def _told(words: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(
        f"{words}\n", status=status, mimetype="text/plain", headers={"X-Robots-Tag": "noindex", **(headers or {})}
    )
