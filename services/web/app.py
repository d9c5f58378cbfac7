"""The application: Flask with its guards, languages and features put together. Opens no connection."""

from flask import Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.middleware.proxy_fix import ProxyFix

from chassis.clock import Clock, SystemClock
from services.web.accounts.people import Accounts, Sessions
from services.web.accounts.routes import accounts as account_pages
from services.web.accounts.signing_in import add_sign_in
from services.web.agreements.routes import agreements
from services.web.announcements.routes import announcements
from services.web.announcements.writing import announcing
from services.web.asking import Pauses
from services.web.calendars.routes import calendars
from services.web.calendars.subscribing import calendar_addresses
from services.web.channels.routes import channels
from services.web.clients import Gateway
from services.web.consultations.calendar_replies import calendar_replies
from services.web.consultations.participants import consultation_participants
from services.web.consultations.proposing import consultation_proposals
from services.web.consultations.routes import consultations
from services.web.deliveries.routes import deliveries
from services.web.deliveries.why import explaining
from services.web.deputies.routes import deputies
from services.web.failures import add_failure_pages
from services.web.fhir.clients import clients_in
from services.web.fhir.routes import fhir
from services.web.inbox.routes import inbox
from services.web.languages import add_languages
from services.web.letters.routes import letters
from services.web.oai.routes import oai
from services.web.outcomes.routes import outcomes
from services.web.pacing.routes import pacing
from services.web.presentation import add_presentation
from services.web.replies.routes import replies
from services.web.reports.routes import reports
from services.web.security import configure_cookies, guard
from services.web.settings import WebSettings
from services.web.telling.reached import reached
from services.web.telling.routes import telling
from services.web.traced import traced
from services.web.visits import moving  # noqa: F401 (adds its routes to the blueprint)
from services.web.visits.proposing import proposals
from services.web.visits.routes import visits
from services.web.webhooks import keeping  # noqa: F401 (adds its routes to the blueprint)
from services.web.webhooks.routes import webhooks


def create_app(
    settings: WebSettings, gateway: Gateway, accounts: Accounts, sessions: Sessions, clock: Clock | None = None
) -> Flask:
    """The WSGI application that serves every page."""
    app = Flask(__name__)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions.update(
        gateway=gateway, accounts=accounts, sessions=sessions, clock=clock or SystemClock(), pauses=Pauses()
    )
    app.extensions["fhir_clients"] = clients_in(settings.fhir_tokens)
    app.config["WEB_URL"] = settings.web_url
    app.config.update(OAI_REPOSITORY=settings.oai_repository, OAI_ADMIN_EMAIL=settings.oai_admin_email)
    configure_cookies(app, settings)
    add_sign_in(app)
    add_languages(app)
    guard(app, settings)
    add_presentation(app)
    add_failure_pages(app)
    _add_pages(app)
    _add_message_pages(app)
    _wrap(app, settings.proxies)
    return app


def _wrap(app: Flask, proxies: int) -> None:
    """Puts what sees a request first around the application."""
    served = traced(app.wsgi_app)
    if proxies:
        served = ProxyFix(served, x_for=proxies, x_proto=proxies, x_host=proxies)
    app.wsgi_app = served  # type: ignore[method-assign, assignment]


def _add_message_pages(app: Flask) -> None:
    """The pages that stand on notify."""
    for feature in (
        inbox,
        replies,
        pacing,
        telling,
        reached,
        deputies,
        deliveries,
        announcements,
        announcing,
        webhooks,
        explaining,
        channels,
    ):
        app.register_blueprint(feature)


def _add_pages(app: Flask) -> None:
    for feature in (account_pages, proposals, visits, agreements, outcomes, letters, reports, fhir, calendars):
        app.register_blueprint(feature)
    for feature in (
        calendar_addresses,
        consultation_proposals,
        consultation_participants,
        calendar_replies,
        consultations,
        oai,
    ):
        app.register_blueprint(feature)

    @app.get("/")
    def start() -> ResponseReturnValue:
        return redirect(url_for("visits.listing"))
