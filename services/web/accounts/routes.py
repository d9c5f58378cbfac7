"""Signing in and out, the language of the pages, and one's own sessions."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from services.web.accounts.forms import SignInForm
from services.web.accounts.signing_in import accounts_port, begin, end, limiter, sessions_port
from services.web.accounts.store import normal
from services.web.asking import now
from services.web.directory import site_ends
from services.web.languages import NAMES
from services.web.security import local_address, public

accounts = Blueprint("accounts", __name__, template_folder="templates")


def _address_tried() -> str:
    return normal(request.form.get("email", ""))[:254]


@accounts.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(local_address(request.args.get("next")))
    form = SignInForm(data={"next": request.args.get("next", "")})
    return render_template("accounts/sign_in.html", form=form)


@accounts.post("/sign-in")
@public
@limiter.limit("20 per minute")
@limiter.limit("5 per minute; 30 per hour", key_func=_address_tried)
def try_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422
    account = accounts_port().verified(str(form.email.data), str(form.password.data))
    if account is None:
        refused = _("This address and password do not belong together.")
        return render_template("accounts/sign_in.html", form=form, refused=refused), 401
    language = session.get("language", account.language)
    session.clear()  # nothing of before the sign-in is carried over, but the language chosen
    session["language"] = language
    begin(account)
    return redirect(local_address(form.next.data), 303)


@accounts.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    end(current_user)
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


@accounts.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    if chosen in NAMES:
        session["language"] = chosen
    return redirect(local_address(request.form.get("next")), 303)


@accounts.get("/account")
def account() -> ResponseReturnValue:
    open_sessions = sessions_port().of(current_user.account.id, now())
    return render_template(
        "accounts/account.html", account=current_user.account, open_sessions=open_sessions, ends=site_ends()
    )


@accounts.post("/account/sessions/<string(length=64):session_id>/revoke")
def revoke(session_id: str) -> ResponseReturnValue:
    sessions_port().revoke(current_user.account.id, session_id)
    return redirect(url_for("accounts.account"), 303)


@accounts.post("/account/sessions/revoke-all")
def revoke_all() -> ResponseReturnValue:
    sessions_port().revoke_all(current_user.account.id)
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)
