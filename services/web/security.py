"""What guards every page: headers, cookies, CSRF tokens, and that nobody gets in without signing in."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import secure
from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import CSRFProtect

from services.web.settings import WebSettings

_NOTHING, _SELF = "'none'", "'self'"
View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()
MOST_SENT = 256 * 1024
"""Bytes of a form."""


def public(view: View) -> View:
    """Marks a view that needs no sign-in; every other one does."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def hide_address(response: Response) -> Response:
    """Where the address is a secret: no page that is gone to from there hears of it, and no search engine keeps it."""
    g.referrer_policy = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def takes(most: int) -> Callable[[View], View]:
    """Marks a view that is sent up to so many bytes, where every other one takes at most `MOST_SENT`."""

    def marked(view: View) -> View:
        view.most_sent = most  # type: ignore[attr-defined]
        return view

    return marked


def configure_cookies(app: Flask, settings: WebSettings) -> None:
    """Session cookie out of reach of scripts and other sites; over TLS also bound to this host."""
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SESSION_COOKIE_NAME="__Host-khunjerab" if settings.is_https else "khunjerab",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a long form is not lost to a clock
        WTF_CSRF_SSL_STRICT=settings.is_https,
        MAX_CONTENT_LENGTH=MOST_SENT,
        MAX_FORM_PARTS=200,
    )


def guard(app: Flask, settings: WebSettings) -> None:
    """Puts the guards around every view of the app."""
    headers = _headers(settings.is_https)

    @app.before_request
    def bound_what_is_sent() -> None:
        """Before anything reads the form, as the guard against forged ones does."""
        request.max_content_length = getattr(_view(app), "most_sent", MOST_SENT)

    csrf.init_app(app)

    @app.before_request
    def demand_sign_in() -> ResponseReturnValue | None:
        if request.endpoint in (None, "static") or _is_public(app) or current_user.is_authenticated:
            return None
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=wanted), 303)

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers.set_headers(response)
        response.headers.update(_of_this_answer())
        return response


def _of_this_answer() -> dict[str, str]:
    """Where an answer's headers differ from everybody's: a view says so in `g`."""
    caches = "public, max-age=3600" if request.endpoint == "static" else g.get("cache_control")
    special = {"Cache-Control": caches, "Referrer-Policy": g.get("referrer_policy")}
    return {name: value for name, value in special.items() if value}


def _is_public(app: Flask) -> bool:
    return getattr(_view(app), "is_public", False)


def _view(app: Flask) -> Callable[..., Any] | None:
    return app.view_functions.get(request.endpoint or "")


def _headers(is_https: bool) -> secure.Secure:
    """No script at all, nothing from elsewhere, no frame around, nothing remembered by caches."""
    policy = secure.ContentSecurityPolicy()
    for directive in ("default-src", "script-src", "base-uri", "frame-ancestors", "object-src"):
        policy = policy.custom_directive(directive, _NOTHING)
    for directive in ("style-src", "img-src", "font-src", "form-action", "manifest-src"):
        policy = policy.custom_directive(directive, _SELF)
    return secure.Secure(
        csp=policy,
        hsts=secure.StrictTransportSecurity().max_age(31_536_000).include_subdomains() if is_https else None,
        xfo=secure.XFrameOptions().deny(),
        xcto=secure.XContentTypeOptions().nosniff(),
        referrer=secure.ReferrerPolicy().same_origin(),
        permissions=secure.PermissionsPolicy().geolocation().camera().microphone(),
        coop=secure.CrossOriginOpenerPolicy().same_origin(),
        corp=secure.CrossOriginResourcePolicy().same_origin(),
        cache=secure.CacheControl().no_store(),
    )


def local_address(wanted: str | None) -> str:
    """Where to go on to: `wanted` when it is a path of this site, else the start page. Open redirects end here."""
    start = url_for("start")
    if not wanted or not wanted.startswith("/") or any(ord(letter) <= 0x20 or letter == "\\" for letter in wanted):
        return start
    parts = urlsplit(wanted)
    return start if wanted.startswith("//") or parts.scheme or parts.netloc else wanted


def remote_address() -> str:
    """Whose attempts are counted together: one address. `proxies` in the settings says whom to believe."""
    return request.remote_addr or current_app.name
