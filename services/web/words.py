"""The field's words as people read them, in the page's language."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from jinja2 import pass_context
from jinja2.runtime import Context

from services.web.consultation_words import CONSULTATION_WORDS
from services.web.gate_words import GATE_WORDS
from services.web.history_words import HISTORY_WORDS
from services.web.languages import current_language, format_locale
from services.web.law_words import LAW_WORDS
from services.web.message_words import MESSAGE_WORDS
from services.web.webhook_words import WEBHOOK_WORDS

WORDS: dict[str, dict[str, Any]] = {
    **CONSULTATION_WORDS,
    **GATE_WORDS,
    **HISTORY_WORDS,
    **LAW_WORDS,
    **MESSAGE_WORDS,
    **WEBHOOK_WORDS,
    "state": {
        "proposed": _l("Proposed"),
        "pending": _l("Awaiting replies"),
        "booked": _l("Booked"),
        "arrived": _l("Arrived"),
        "fulfilled": _l("Fulfilled"),
        "cancelled": _l("Cancelled"),
        "noshow": _l("Did not arrive"),
        "entered-in-error": _l("Entered in error"),
        "draft": _l("Draft"),
        "in-effect": _l("In effect"),
        "expected": _l("Expected"),
        "reported": _l("Reported"),
        "adopted": _l("Adopted"),
        "waived": _l("Waived"),
        "withdrawn": _l("Withdrawn"),
        "unclaimed": _l("Not claimed yet"),
        "rejected": _l("Rejected"),
        "merged": _l("Merged"),
    },
    "kind": {
        "teaching": _l("Teaching"),
        "training": _l("Training"),
        "clinical-work": _l("Clinical work"),
        "research": _l("Research"),
        "consultation": _l("Consultations"),
        "joint-outcome": _l("Joint outcomes"),
    },
    "party": {
        "proposer": _l("Proposer"),
        "visitors": _l("Visitors"),
        "sending-site": _l("Sending site"),
        "host-department": _l("Host department"),
        "international-office": _l("International office"),
        "authority": _l("Authority"),
    },
    "calendar": {
        "person": _l("Person"),
        "site": _l("Site"),
        "department": _l("Department"),
        "agreement": _l("Agreement"),
    },
    "reply": {
        "needs-action": _l("No reply yet"),
        "accepted": _l("Accepted"),
        "tentative": _l("Tentative"),
        "declined": _l("Declined"),
    },
    "outcome": {
        "publication": _l("Publication"),
        "collaboration": _l("Collaboration"),
        "further-funding": _l("Further funding"),
        "engagement": _l("Engagement"),
        "influence-on-policy-or-practice": _l("Influence on policy or practice"),
        "research-tool": _l("Research tool or method"),
        "dataset-or-model": _l("Dataset or model"),
        "intellectual-property": _l("Intellectual property"),
        "medical-product-or-trial": _l("Medical product or clinical trial"),
        "software": _l("Software"),
        "spin-out": _l("Spin-out company"),
        "award": _l("Award"),
        "facility-use": _l("Use of facilities"),
        "skills-and-people": _l("Skills and people"),
        "creative-work": _l("Creative work"),
        "other": _l("Other"),
    },
    "field": {
        "liver echinococcosis": _l("Liver echinococcosis"),
        "medical imaging": _l("Medical imaging"),
        "infectious disease control": _l("Infectious disease control"),
        "international medicine": _l("International medicine"),
        "telemedicine": _l("Telemedicine"),
        "artificial intelligence": _l("Artificial intelligence"),
        "big data": _l("Big data"),
        "traditional chinese medicine": _l("Traditional Chinese medicine"),
    },
    "service": {
        "exchange": _l("Visits, consultations and agreements"),
        "research": _l("Research outcomes"),
        "notify": _l("Notifications"),
    },
    "role": {
        "programme-manager": _l("Programme manager"),
        "coordinator": _l("Coordinator"),
        "visitor": _l("Visitor"),
        "observer": _l("Observer"),
        "administrator": _l("Administrator"),
    },
}


def word(code: str | None, group: str) -> str:
    """The word for a code of a group; a code nobody knows yet is shown as it is, hyphens as spaces."""
    if not code:
        return ""
    known = WORDS[group].get(code) or WORDS[group].get(code.lower().replace("-", " "))
    return str(known) if known else code.replace("-", " ")


def named(names: Mapping[str, str] | None) -> str:
    """The name in the page's language, else in English."""
    names = names or {}
    return names.get(current_language()) or names.get("en", "")


def spoken(code: str) -> str:
    """A language's name by its ISO 639 code."""
    return str(format_locale().languages.get(code, code))


def country(code: str) -> str:
    """A country's name by its ISO 3166 code."""
    return str(format_locale().territories.get(code, code))


def add_words(app: Flask) -> None:
    """Lets templates write `{{ visit.state | word('state') }}` and `{{ site.names | named }}`."""
    app.jinja_env.filters.update(each_time(word=word, named=named, country=country, spoken=spoken))


def each_time(**filters: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Filters by their names, as those that look at the page's language have to be registered.

    One that asks for the context is run for each page. Of any other, what it makes of a constant is worked out when the
    template is compiled, and stays in the language of whoever came first.
    """
    return {name: _run_for_each_page(made) for name, made in filters.items()}


def _run_for_each_page(made: Callable[..., Any]) -> Callable[..., Any]:
    @pass_context
    @wraps(made)
    def in_a_page(_context: Context, *given: Any, **named: Any) -> Any:
        return made(*given, **named)

    return in_a_page
