"""Jinja environments: one for each language and form, so that one template says the same in text and in HTML."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from babel.lists import format_list
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from services.notify.adapters import dates, words
from services.notify.adapters.forms import Form, Html, Text
from services.notify.adapters.languages import Language
from services.notify.adapters.plain_text import short

TEMPLATES = Path(__file__).parents[1] / "templates"
TEXT, HTML = "txt", "html"


def environment(language: Language, form: str) -> Environment:
    """The environment of one language in one form, `txt` or `html`."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=form == HTML,  # noqa: S701 (text is text; what is HTML is escaped)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    how = Html() if form == HTML else Text(isolating=language.direction == "rtl")
    made.globals |= {"_": partial(_said, language, how), "language": language}
    made.filters |= {
        "value": how.value,
        "short": short,
        "named": lambda names: names.get(language.code) or names["en"],
        "person": pass_context(partial(_name, language)),
        "people": pass_context(partial(_names, language, how)),
        "word": lambda code, group: language.say(words.english(code, group)),
        "day": lambda text: dates.day(text, language.locale),
        "days": lambda first, last: dates.days(first, last, language.locale),
        "moment": lambda instant, zone: dates.moment(instant, zone, language.locale),
    }
    made.tests |= {"latin": str.isascii, "one_time_in": dates.same_time}
    return made


def _said(language: Language, form: Form, english: str, **values: str) -> str:
    """A sentence in the language, with its values in their places."""
    return form.filled(language.say(english), values)


def _name(language: Language, context: Context, person_id: str | None) -> str:
    people: Mapping[str, Any] = context["people"]
    known = people.get(person_id) if person_id else None
    return known.name_for(language.code) if known else language.say(words.english("unknown", "person"))


def _names(language: Language, form: Form, context: Context, person_ids: list[str]) -> str:
    names = {f"person{number}": _name(language, context, each) for number, each in enumerate(person_ids)}
    return form.filled(format_list([f"%({place})s" for place in names], locale=language.locale), names)
