"""What a refusal says to a person: its name and facts, turned into a sentence of the page's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from services.web.refusal_messages import MESSAGES
from services.web.times import day
from services.web.words import WORDS, named

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


def readable(name: str, facts: Mapping[str, Any]) -> Refusal:
    """The refusal for a page; for an unknown name, or facts that lack what its sentence needs, a general one."""
    shown = {key: shown_fact(value) for key, value in facts.items() if key != "problems"}
    status = HTTP_STATUS.get(name, 409)
    problems = _problems(facts)
    try:
        return Refusal(name, str(MESSAGES[name]) % shown, status, problems=problems)
    except KeyError:
        return Refusal(name, _("The rules do not allow this: %(rule)s.", rule=_spaced(name)), status, shown, problems)


def shown_fact(value: Any) -> str:
    """A fact as people read it: a day written out, a known code as its word, several joined."""
    if isinstance(value, Mapping):
        return named(value) or _(", ").join(f"{key} {shown_fact(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return str(_(", ").join(shown_fact(part) for part in value))
    text = str(value)
    return _as_day(text) or _as_word(text) or text


def _as_day(text: str) -> str:
    try:
        return day(text) if len(text) == 10 and text[4] == "-" else ""
    except ValueError:
        return ""


def _as_word(text: str) -> str:
    groups = ("state", "party", "reply", "stage", "gate", "role", "field", "outcome")
    return next((str(WORDS[group][text]) for group in groups if text in WORDS[group]), "")


def _problems(facts: Mapping[str, Any]) -> dict[str, str]:
    listed = facts.get("problems", [])
    return {str(each["field"]): str(each["problem"]) for each in listed}


def _spaced(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
