"""What templates may use beside what Flask gives them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.routing import BaseConverter, Map

from services.web.asking import now, panel
from services.web.security import local_address
from services.web.times import End, day, days, duration, hours, length, moments, offset, weekday
from services.web.words import WORDS, add_words, each_time, word

FOLDERS = {
    "vis": "visits",
    "con": "consultations",
    "agr": "agreements",
    "out": "outcomes",
    "whk": "webhooks",
}
"""Where things lie, by what their ids begin with."""


class IdConverter(BaseConverter):
    """`<id(vis):visit_id>` in a route: an id with its prefix; anything else is not found."""

    def __init__(self, url_map: Map, prefix: str) -> None:
        super().__init__(url_map)
        self.regex = rf"{prefix}_[0-9a-z-]{{1,60}}"


def did(what: str) -> str:
    """What somebody did, from a line of a history: `booked`, `accepted by host-department`, `ethics expiring`."""
    act, by, party = what.partition(" by ")
    if by:
        return str(_("%(did)s for: %(party)s", did=word(act, "did"), party=word(party, "party")))
    clearances, _space, ending = what.rpartition(" ")
    if clearances and ending in ("expiring", "expired"):
        return word(f"clearance-{ending}", "did")
    return word(what.replace(" ", "-"), "did")


def why(reason: str) -> tuple[str, str]:
    """The reason in a line of a history: the word of the transfer stage that it begins with, if any, and the rest."""
    stage, _colon, rest = reason.partition(": ")
    return (word(stage, "stage"), rest) if stage in WORDS["stage"] else ("", reason)


def legend(ends: Sequence[End]) -> list[tuple[End, str]]:
    """Each end with how far it is from UTC now."""
    return [(end, offset(end.zone, now())) for end in ends]


def placed(steps: Sequence[str], at: int) -> list[tuple[str, str]]:
    """Each step with `done`, `current` or `ahead`, when things stand at the step numbered `at`."""
    return [(step, "done" if place < at else "current" if place == at else "ahead") for place, step in enumerate(steps)]


def unread() -> int:
    """How many messages wait in the inbox; none when that cannot be said now."""
    box = panel("notify", "inbox", limit=1).content
    return int(box["unread"]) if box else 0


def page_here() -> str:
    """The address to come back to after a choice that holds for every page: only a page that was got by GET."""
    return request.full_path.rstrip("?") if request.method == "GET" else ""


def subject_path(about: str) -> str | None:
    """Where the thing lies that has this id (see `FOLDERS`), if it has a page."""
    folder = FOLDERS.get(about[:3])
    return f"/{folder}/{about}" if folder else None


def runs_the_programme() -> bool:
    """Whether the offer to propose a visit makes sense; whether it is allowed the service decides."""
    roles: frozenset[str] = current_user.account.roles
    return bool(roles & {"programme-manager", "coordinator"})


def looks_after_messages() -> bool:
    """Whether offers to look into messages and webhooks, and to announce, make sense; what is allowed notify says."""
    roles: frozenset[str] = current_user.account.roles
    return bool(roles & {"administrator", "programme-manager"})


def administers() -> bool:
    """Whether the offer of what concerns everybody makes sense; whether it is allowed the service decides."""
    return "administrator" in current_user.account.roles


def add_presentation(app: Flask) -> None:
    """Adds filters, globals and the route converter for ids."""
    add_words(app)
    app.url_map.converters["id"] = IdConverter
    said = each_time(day=day, did=did, duration=duration, moments=moments, why=why)
    app.jinja_env.filters.update(said, local_address=local_address, subject_path=subject_path)
    helpers: Mapping[str, Any] = {
        "days": days,
        "hours": hours,
        "weekday": weekday,
        "length": length,
        "legend": legend,
        "unread": unread,
        "page_here": page_here,
        "runs_the_programme": runs_the_programme,
        "looks_after_messages": looks_after_messages,
        "administers": administers,
    }
    app.jinja_env.globals.update(helpers)
