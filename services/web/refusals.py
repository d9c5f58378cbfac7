"""What a refusal says to a person: its name and facts, turned into a sentence of the page's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from services.web.refusal_messages import MESSAGES
from services.web.times import UTC_END, End, clock, day, hour, moments
from services.web.words import WORDS, named, spoken, word

HTTP_STATUS = {"InvalidCommand": 422, "NotAllowed": 403, "Unknown": 404}
"""Every other refusal is a conflict with how things stand: 409."""


@dataclass(frozen=True)
class Refusal:
    """A refusal as a page shows it. `facts` are shown only where no sentence is known for `name`."""

    name: str
    message: str
    status: int = 409
    facts: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What a page knows that facts do not say: `names` by id, and the `ends` by whose clocks its moments are told."""

    names: Mapping[str, str] = field(default_factory=dict)
    ends: Sequence[End] = (UTC_END,)


NOTHING_KNOWN = Known()


def readable(name: str, facts: Mapping[str, Any], known: Known = NOTHING_KNOWN) -> Refusal:
    """The refusal for a page; for an unknown name, or facts that lack what its sentence needs, a general one."""
    shown = {key: _shown(key, value, known) for key, value in facts.items() if key != "problems"}
    _by_the_clock(shown, facts)
    status = HTTP_STATUS.get(name, 409)
    problems = _problems(facts)
    try:
        return Refusal(name, str(MESSAGES[name]) % shown, status, problems=problems)
    except KeyError:
        return Refusal(name, _("The rules do not allow this: %(rule)s.", rule=_spaced(name)), status, shown, problems)


def shown_fact(value: Any, known: Known = NOTHING_KNOWN) -> str:
    """A fact as people read it: a day or moment written out, a known code or id as its word or name, several joined."""
    if isinstance(value, Mapping):
        return named(value) or _(", ").join(f"{key} {shown_fact(part, known)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return str(_(", ").join(shown_fact(part, known) for part in value))
    text = str(value)
    return known.names.get(text) or _as_day(text) or _as_moment(text, known.ends) or _as_word(text) or text


def _shown(key: str, value: Any, known: Known) -> str:
    """`languages` are codes, and `local_…` is a moment by the clock of the site that the refusal is about.

    `because` is why an address is not allowed, where it is a word for that.
    """
    if key == "because" and value in WORDS["address-because"]:
        return word(str(value), "address-because")
    if key in ("languages", "speaks"):
        return str(_(", ").join(spoken(str(code)) for code in value))
    return clock(str(value)) if key.startswith("local_") else shown_fact(value, known)


def _by_the_clock(shown: dict[str, str], facts: Mapping[str, Any]) -> None:
    """Where something begins and ends on the same day of a site, the day is told once."""
    begins, ends = (str(facts.get(key, "")) for key in ("local_begins", "local_ends"))
    if begins and begins[:10] == ends[:10]:
        shown["local_ends"] = hour(ends)


def _as_day(text: str) -> str:
    try:
        return day(text) if len(text) == 10 and text[4] == "-" else ""
    except ValueError:
        return ""


def _as_moment(text: str, ends: Sequence[End]) -> str:
    try:
        is_moment = text[10:11] == "T" and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return ""
    return " · ".join(f"{at.text} {at.label}" for at in moments(text, ends)) if is_moment else ""


def _as_word(text: str) -> str:
    groups = (
        "state",
        "meeting",
        "party",
        "reply",
        "stage",
        "gate",
        "role",
        "field",
        "outcome",
        "identity",
        "kind",
        "law",
    )
    return next((str(WORDS[group][text]) for group in groups if text in WORDS[group]), "")


def _problems(facts: Mapping[str, Any]) -> dict[str, str]:
    listed = facts.get("problems", [])
    return {str(each["field"]): str(each["problem"]) for each in listed}


def _spaced(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
