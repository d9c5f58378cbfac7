"""The page of a link in a mail: it shows what is asked, and takes the answer. Opening it changes nothing.

Mail scanners open every link: only the form that the page shows answers, with a token of its own against forgery.
"""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.utils import redirect

from services.web.accounts.signing_in import limiter
from services.web.clients import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.forms import PlainForm
from services.web.languages import NAMES
from services.web.refusals import Known, Refusal, readable
from services.web.replies.giving import give
from services.web.replies.reading import Asked, asked_by
from services.web.security import csrf, hide_address, public
from services.web.times import End

replies = Blueprint("replies", __name__, template_folder="templates")

ANSWERS = ("accepted", "tentative", "declined", "acknowledged")


replies.after_request(hide_address)


@replies.get("/r/<token>")
@public
@limiter.limit("60 per minute")
def page(token: str) -> ResponseReturnValue:
    return _shown(asked_by(token))


@replies.post("/r/<token>")
@public
@limiter.limit("20 per minute")
# Its form's own token is checked below: the guard of all pages asks, over TLS, for the very Referer that is kept back.
@csrf.exempt
def answer(token: str) -> ResponseReturnValue:
    said = request.form.get("answer", "")
    asked = asked_by(token)
    if not PlainForm().validate_on_submit() or said not in ANSWERS:
        return _shown(asked, stale=True), 400
    try:
        give(asked, said)
    except Refused as refused:
        # As it stands after the refusal: what made it impossible shows.
        asked = asked_by(token)
        with force_locale(_language(asked)):
            refusal = readable(refused.name, refused.facts, _known(asked))
        return _shown(asked, refusal), refusal.status
    except (CallTimedOut, ServiceFailed) as failure:
        return _shown(asked, unknown=said), 504 if isinstance(failure, CallTimedOut) else 502
    except ServiceUnavailable:
        return _shown(asked, away=said), 503
    return redirect(url_for("replies.page", token=token, language=request.args.get("language")), 303)


@replies.errorhandler(Refused)
def _nothing(_refused: Refused) -> ResponseReturnValue:
    """The same whether there never was such a link, it is gone, or it is none at all."""
    return render_template("replies/nothing.html"), 404


def _shown(
    asked: Asked, refusal: Refusal | None = None, *, stale: bool = False, unknown: str = "", away: str = ""
) -> str:
    """The page in the language of the person who is asked, whoever may be signed in, or in one chosen on it.

    `unknown`, `away`: the answer of which nobody knows what became, or that could not be given.
    """
    form, wished = PlainForm(), request.args.get("answer", "")
    with force_locale(_language(asked)):
        return render_template(
            "replies/page.html",
            asked=asked,
            link=asked.link,
            subject=asked.subject,
            form=form,
            wished=wished if wished in asked.answers else "",
            refusal=refusal,
            stale=stale,
            unknown=unknown,
            away=away,
            answers=[unknown or away] if unknown or away else asked.answers,
            own_end=(End(_("your time"), "", str(asked.link["zone"])),),
            page_of=_page_of(str(asked.link["about"])),
        )


def _page_of(about: str) -> str | None:
    """Where what it is about stands for who signs in."""
    if about.startswith("vis_"):
        return url_for("visits.one", visit_id=about)
    return url_for("consultations.one", consultation_id=about) if about.startswith("con_") else None


def _language(asked: Asked) -> str:
    wished = request.args.get("language", "")
    return wished if wished in NAMES else str(asked.link["language"])


def _known(asked: Asked) -> Known:
    return Known(ends=asked.subject.ends) if asked.subject else Known()
