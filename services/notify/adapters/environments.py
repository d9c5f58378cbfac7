"""Jinja environments: one for each language and form, so that a template says the same in text and in HTML.

Every value goes through the form's `value` on its way into a sentence: on one line, and kept apart from the sentence's
own direction (a Latin name in an Urdu line would else scatter its words). HTML escapes it, too.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from babel.lists import format_list
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from services.notify.adapters import dates, words
from services.notify.adapters.languages import Language
from services.notify.adapters.plain_text import one_line, short

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
        extensions=["jinja2.ext.i18n"],
    )
    value = _in_html if form == HTML else partial(_in_text, isolating=language.direction == "rtl")
    made.globals |= {
        "_": partial(_said, language, Markup if form == HTML else str, value),
        "language": language,
        "form": form,
    }
    made.filters |= {
        "value": value,
        "short": short,
        "named": lambda names: names.get(language.code) or names["en"],
        "person": pass_context(partial(_name, language)),
        "people": pass_context(partial(_names, language)),
        "word": lambda code, group: language.say(words.english(code, group)),
        "day": lambda text: dates.day(text, language.locale),
        "days": lambda first, last: dates.days(first, last, language.locale),
        "moment": lambda instant, zone: dates.moment(instant, zone, language.locale),
    }
    made.tests["one_time_in"] = dates.same_time
    return made


def _said(language: Language, kind: type[str], value: Callable[[str], str], english: str, **values: str) -> str:
    """A sentence in the language, with its values in their places."""
    return kind(language.say(english)) % {name: value(given) for name, given in values.items()}


def _in_html(text: str) -> Markup:
    # Markup is a sentence of ours, its values in their places already.
    return text if isinstance(text, Markup) else Markup("<bdi>{}</bdi>").format(one_line(text))


def _in_text(text: str, *, isolating: bool) -> str:
    line = one_line(text)
    return f"\u2068{line}\u2069" if isolating and line else line


def _name(language: Language, context: Context, person_id: str | None) -> str:
    people: Mapping[str, Any] = context["people"]
    known = people.get(person_id) if person_id else None
    return known.name_for(language.code) if known else language.say(words.english("unknown", "person"))


def _names(language: Language, context: Context, person_ids: list[str]) -> str:
    return format_list([_name(language, context, each) for each in person_ids], locale=language.locale)
