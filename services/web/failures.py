"""The pages for when there is no page: refused, away, not found, too much, broken."""

import structlog
from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from pymongo.errors import PyMongoError
from werkzeug.exceptions import HTTPException

from services.web.clients import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.refusals import readable

log = structlog.get_logger(__name__)

TITLES = {
    400: _l("This cannot be understood"),
    403: _l("Not allowed"),
    404: _l("Not found"),
    405: _l("Not possible here"),
    409: _l("Not possible as things stand"),
    413: _l("Too large"),
    422: _l("Please check what you entered"),
    429: _l("Too many attempts"),
    500: _l("Something broke"),
    502: _l("Something broke"),
}

TEXTS = {
    400: _l("The address or the form is not complete. Go back, open the page anew and try once more."),
    404: _l("There is no such page, or what it showed is not for you to see."),
    405: _l("This address does not do that."),
    413: _l("What you sent is larger than any form here needs."),
    429: _l("Please wait a minute before you try again."),
    500: _l("This is our fault, not yours. Nothing is known to have changed; look before you try again."),
}


def add_failure_pages(app: Flask) -> None:
    """Gives every failure its page and its HTTP status."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CallTimedOut, _away)
    app.register_error_handler(ServiceUnavailable, _away)
    app.register_error_handler(ServiceFailed, _failed)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(PyMongoError, _accounts_away)
    app.register_error_handler(Exception, _broken)


def _refused(refused: Refused) -> ResponseReturnValue:
    refusal = readable(refused.name, refused.facts)
    return _page(refusal.status, refusal.message)


def _away(_error: Exception) -> ResponseReturnValue:
    return render_template("away.html", service=g.get("asked_service", "exchange")), 503


def _failed(failed: ServiceFailed) -> ResponseReturnValue:
    """Whoever runs the installation finds the incident in the service's log."""
    told = _(
        "The service met an error. Please tell your administrator this number: %(incident)s", incident=failed.incident
    )
    return _page(502, told)


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, _("For your safety a form works only in the browser that opened it. Please open the page anew."))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, TEXTS.get(error.code, TEXTS[400]))


def _accounts_away(_error: Exception) -> ResponseReturnValue:
    """Who is signed in is not known then: this page and that of 500 have a frame that does not ask."""
    message = _("Who you are cannot be looked up just now. Please try again in a moment.")
    return render_template("broken.html", title=_("Sign-in is away"), message=message), 503


def _broken(error: Exception) -> ResponseReturnValue:
    log.error("page broke", error=type(error).__name__, exc_info=error)
    return render_template("broken.html", title=TITLES[500], message=TEXTS[500]), 500


def _page(status: int, message: object) -> ResponseReturnValue:
    title = TITLES.get(status, TITLES[400])
    return render_template("failure.html", status=status, title=title, message=message), status
