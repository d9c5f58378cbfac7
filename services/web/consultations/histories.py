"""What was done with a consultation, line by line of its history, as a sentence."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.web.refusals import Known, shown_fact

TOLD: tuple[tuple[str, Any], ...] = (
    ("proposed", _l("proposed the consultation")),
    ("put on the waiting list", _l("put the consultation on the waiting list")),
    ("off the waiting list", _l("took the consultation off the waiting list: the time is free")),
    (r"accepted by (?P<who>\S+?)", _l("accepted for %(who)s")),
    (r"tentative by (?P<who>\S+?)", _l("replied “tentative” for %(who)s")),
    (r"declined by (?P<who>\S+?)", _l("declined for %(who)s")),
    (r"other time of (?P<who>\S+) declined", _l("declined the other time that %(who)s asked for")),
    ("rescheduled", _l("moved the consultation to another time")),
    (r"session of (?P<slot>\S+) moved to (?P<to>\S+)", _l("moved the session of %(slot)s to %(to)s")),
    (r"session of (?P<slot>\S+) cancelled", _l("called off the session of %(slot)s")),
    (r"session of (?P<held>\S+) missed", _l("recorded that nobody came to the session of %(held)s")),
    (r"session of (?P<held>\S+) closed", _l("closed the session of %(held)s")),
    (r"attendance of the session of (?P<held>\S+) recorded", _l("recorded who was there at %(held)s")),
    ("cancelled", _l("called off the consultation")),
    ("lapsed", _l("let the consultation lapse unanswered")),
    ("the rest lapsed", _l("let the other sessions lapse unanswered")),
    ("entered in error", _l("marked the consultation as entered in error")),
    ("participants changed", _l("changed who takes part")),
    (r"case (?P<case>.+) brought", _l("brought the case “%(case)s”")),
    (r"case (?P<case>.+) withdrawn", _l("withdrew the case “%(case)s”")),
    (r"action (?P<what>.+) done", _l("recorded as done: %(what)s")),
    (r"action (?P<what>.+) dropped", _l("dropped the task: %(what)s")),
    ("actions chased", _l("reminded of tasks that are due")),
    ("note added", _l("added a note")),
    ("reminded", _l("reminded everybody of the session")),
    ("asked to close", _l("asked for the session to be closed")),
)
"""A line as the service writes it, and what is said of it; the first that fits holds.

A session is named by its `slot`, when it was first to begin; where it was `held`, it is told when that was.
"""
IN_ONES_OWN_NAME: Mapping[str, Any] = {
    "accepted": _l("accepted"),
    "tentative": _l("replied “tentative”"),
    "declined": _l("declined"),
}
OF_ONE = r"(?: for the session of (?P<slot>\S+))?"
"""A reply may be about one session alone."""


def told(line: Mapping[str, Any], known: Known, sessions: Iterable[Mapping[str, Any]]) -> str:
    """What the line tells; one that nobody knows yet is shown as it is written. `sessions`: as they stand."""
    begins = {each["slot"]: each["begins"] for each in sessions}
    for pattern, sentence in TOLD:
        whole = pattern + OF_ONE if pattern.endswith("?)") else pattern
        if found := re.fullmatch(whole, line["what"]):
            if found.groupdict().get("who") == line["by"] and line["by"]:
                sentence = IN_ONES_OWN_NAME.get(pattern.split()[0], sentence)
            named = {name: _plain(text) for name, text in found.groupdict().items() if text}
            if "held" in named:
                named["held"] = begins.get(named["held"], named["held"])
            facts = {name: shown_fact(text, known) for name, text in named.items()}
            about = _(" (session of %(slot)s)", slot=facts["slot"]) if "slot" in facts and "who" in facts else ""
            return str(sentence) % facts + about
    return str(line["what"])


def _plain(text: str) -> str:
    """A task is written between quotes."""
    return text[1:-1] if text[:1] in ("'", '"') and text[-1:] == text[:1] else text
