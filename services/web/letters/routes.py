"""The PDF of a letter, and whether a letter stands."""

import base64

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from chassis.kernel.actor import Actor
from services.web.accounts.signing_in import limiter
from services.web.asking import ask, gateway
from services.web.clients import Refused
from services.web.security import public

letters = Blueprint("letters", __name__, template_folder="templates")

ANYBODY = Actor(None)


@letters.get("/letters/<id(ltr):letter_id>.pdf")
def pdf(letter_id: str) -> ResponseReturnValue:
    found = ask("exchange", "letter_pdf", letter_id=letter_id)
    response = Response(base64.b64decode(found["pdf"]), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=found["name"])
    return response


@letters.get("/check")
@public
@limiter.limit("30 per minute")
def check() -> ResponseReturnValue:
    code = request.args.get("code", "").strip()[:40]
    try:
        found = gateway().call("exchange", "check_letter", {"code": code}, actor=ANYBODY) if code else None
    except Refused as refused:
        if refused.name != "Unknown":
            raise
        return render_template("letters/check.html", code=code, found=None, unknown=True), 404
    return render_template("letters/check.html", code=code, found=found, unknown=False)
